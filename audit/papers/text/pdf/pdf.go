// Package pdf turns a PDF into Markdown: headings, paragraphs on one line,
// table rows, captions, footnotes and a mark for each page.
//
// In: the bytes of a PDF. Out: its text in reading order (package markdown), the
// same for the same bytes. Characters and their places come from PDFium, which
// runs as WebAssembly in this process: a sandbox with memory of its own, no
// files, no network, and an end at a deadline. Everything that makes text of
// characters (lines, columns, headings, hyphens, running heads, footnotes) is
// ours and is told by place, size and font, never by what a paper is about.
//
// Not promised: that a table's cells are told apart where nothing but a line
// parts them, formulas, right-to-left scripts, the text of figures (left out),
// or any text at all of a scan, which is an error of its own.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Why a PDF gave no text.
var (
	ErrBroken    = errors.New("not a readable PDF")
	ErrEncrypted = errors.New("PDF asks for a password")
	ErrScanned   = errors.New("PDF holds pictures of pages, no text")
	ErrLimit     = errors.New("PDF goes beyond what is read")
)

// Bounds. A technical report of 100 pages has 3 to 20 MB and takes 3 s.
const (
	MaxBytes     = 200 << 20
	MaxPages     = 500
	MaxTime      = 60 * time.Second // of reading, not of waiting or of starting PDFium
	maxPageChars = 60_000           // a dense page of two columns has 8,000
	maxPageRuns  = 20_000
	maxTraps     = 3       // pages that may kill the sandbox before we stop
	memoryPages  = 1024    // of 64 KiB: 64 MiB for PDFium
	maxDocChars  = 6 << 20 // letters of all pages
)

// minLetters is how many letters a page must hold in the mean to be text: a
// scan with a stamp or a running head has fewer.
const minLetters = 40

// Info is what is known of a PDF beside its text.
type Info struct {
	Pages  int      // in the document
	Title  string   // as set on the first page; empty when none stands out
	Links  []string // addresses that the pages link, in order, each once
	Unread []string // what was left out, in words; empty when all was read
}

// Read gives the text of a PDF. Where a bound ends the reading, what was read
// is returned and Info.Unread says what was not.
func Read(ctx context.Context, body []byte) (text []byte, info Info, err error) {
	if len(body) > MaxBytes {
		return nil, info, fmt.Errorf("%w: %d bytes, read are %d", ErrLimit, len(body), MaxBytes)
	}
	if !Is(body) {
		return nil, info, fmt.Errorf("%w: no PDF header", ErrBroken)
	}
	doc, err := load(ctx, body, MaxTime)
	if err != nil {
		return nil, info, err
	}
	if !bytes.Contains(body[max(0, len(body)-endWindow):], []byte("%%EOF")) {
		doc.unread = append(doc.unread, "what stood behind the place where the file was cut off")
	}
	info.Pages, info.Unread, info.Links = doc.count, doc.unread, doc.links
	letters := 0
	var bare []string
	for _, p := range doc.pages {
		n := p.letters()
		if letters += n; n == 0 {
			bare = append(bare, strconv.Itoa(p.number))
		}
	}
	if letters < minLetters*max(1, len(doc.pages)) {
		if len(doc.unread) > 0 {
			return nil, info, fmt.Errorf("%w: no text in what was read; %s", ErrLimit, strings.Join(doc.unread, "; "))
		}
		return nil, info, fmt.Errorf("%w: %d letters on %d pages", ErrScanned, letters, len(doc.pages))
	}
	if len(bare) > 1 && len(bare) > len(doc.pages)/bareShare {
		info.Unread = append(info.Unread, fmt.Sprintf("pages without text, as scans are: %s", strings.Join(bare, ", ")))
	}
	w, title := write(doc.pages)
	info.Title = title
	if w.Full() {
		info.Unread = append(info.Unread, "the text beyond its greatest length")
	}
	return w.Bytes(), info, nil
}

// bareShare: more than one page in so many without a letter are no blank pages
// or plots.
const bareShare = 10

// endWindow is where the mark of a PDF's end stands; a few bytes may follow it.
const endWindow = 8192

// headerWindow is where readers look for the header: some writers put a few
// bytes before it.
const headerWindow = 1024

// Is reports whether bytes begin as a PDF does.
func Is(body []byte) bool {
	return bytes.Contains(body[:min(len(body), headerWindow)], []byte("%PDF-"))
}
