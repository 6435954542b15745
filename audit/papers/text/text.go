// Package text turns a paper in any of its forms into one text with headings,
// pages and passages.
//
// In: the bytes of a PDF, of arXiv's HTML edition, or of a LaTeX source. Out:
// Markdown (package markdown) that is the same for the same bytes, so that it
// can be kept as a document of its own beside the original: a quote of a paper
// is bytes start..end of this text. PageOf and SectionOf tell where in the paper
// an offset stands; Passages cuts the text.
//
// What a paper says, and whose model it speaks of, is not decided here. Text
// that was left out is named, never passed over in silence: see ErrPartial.
package text

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/url"
	"path"
	"strings"

	"openness/audit/papers/text/latex"
	"openness/audit/papers/text/latexml"
	"openness/audit/papers/text/markdown"
	"openness/audit/papers/text/pdf"
)

// Why a paper gave no text, or not all of it. The first four come without text.
var (
	// ErrScanned: the PDF has pictures of pages. There is a paper; it is unreadable.
	ErrScanned = pdf.ErrScanned
	// ErrEncrypted: the PDF asks for a password. The same.
	ErrEncrypted = pdf.ErrEncrypted
	// ErrNotPaper: the bytes are of another kind, or broken beyond reading.
	ErrNotPaper = errors.New("no paper in a form that is read")
	// ErrLimit: nothing was read, for the paper goes beyond what is.
	ErrLimit = pdf.ErrLimit
	// ErrPartial comes with the text that was read; the error names the rest.
	ErrPartial = errors.New("paper not read in full")
)

// Kind is the form of a paper.
type Kind string

// The forms that are read. KindUnknown asks Extract to look for itself.
const (
	KindUnknown Kind = ""
	KindPDF     Kind = "pdf"
	KindHTML    Kind = "html"  // arXiv's HTML edition, made by LaTeXML
	KindLaTeX   Kind = "latex" // the source: a gzipped tar, or one file
)

// Version is part of what makes a text: the same bytes give the same text as
// long as it stays. It grows with every change that alters what is written.
const Version = "2"

// Info is what is known of a paper beside its text.
type Info struct {
	Kind   Kind
	Title  string
	Pages  int      // of a PDF, else 0
	Links  []string // web addresses that the paper links, in order, each once
	Unread []string // what was left out, in words
}

// Detect tells the form of a paper by its bytes, KindUnknown when it is none.
// What a server says of them is often wrong, so it is not asked.
func Detect(body []byte) Kind {
	switch {
	case pdf.Is(body):
		return KindPDF
	case latexml.Is(body):
		return KindHTML
	case latex.Is(body):
		return KindLaTeX
	}
	return KindUnknown
}

// Hint tells the form that a media type or an address promises, before the
// bytes are there.
func Hint(contentType, address string) Kind {
	media, _, _ := mime.ParseMediaType(contentType)
	switch media {
	case "application/pdf", "application/x-pdf":
		return KindPDF
	case "application/gzip", "application/x-gzip", "application/x-eprint-tar", "application/x-eprint",
		"application/x-tar", "application/x-tex", "text/x-tex":
		return KindLaTeX
	}
	u, err := url.Parse(address)
	if err != nil {
		return KindUnknown
	}
	switch ext := strings.ToLower(path.Ext(u.Path)); {
	case ext == ".pdf", strings.HasPrefix(u.Path, "/pdf/"):
		return KindPDF
	case ext == ".tex", strings.HasSuffix(u.Path, ".tar.gz"), strings.HasPrefix(u.Path, "/e-print/"),
		strings.HasPrefix(u.Path, "/src/"):
		return KindLaTeX
	case strings.HasPrefix(u.Path, "/html/"):
		return KindHTML
	}
	return KindUnknown
}

// Extract gives the text of a paper. The bytes decide what they are; kind, where
// it is known, must agree with them. With ErrPartial the text is what could be
// read within the bounds.
func Extract(ctx context.Context, body []byte, kind Kind) (text []byte, info Info, err error) {
	// One paper that a reader stumbles over must not end an audit of thousands.
	defer func() {
		if p := recover(); p != nil {
			text, err = nil, fmt.Errorf("%w: the reader failed: %v", ErrNotPaper, p)
		}
	}()
	found := Detect(body)
	info = Info{Kind: found}
	if found == KindUnknown || kind != KindUnknown && kind != found {
		return nil, info, fmt.Errorf("%w: asked for %q, found %q in %d bytes", ErrNotPaper, kind, found, len(body))
	}
	if err := ctx.Err(); err != nil {
		return nil, info, err
	}
	switch found {
	case KindPDF:
		var i pdf.Info
		text, i, err = pdf.Read(ctx, body)
		info.Title, info.Pages, info.Links, info.Unread = i.Title, i.Pages, i.Links, i.Unread
		if errors.Is(err, pdf.ErrBroken) {
			err = fmt.Errorf("%w: %w", ErrNotPaper, err)
		}
	case KindHTML:
		var i latexml.Info
		text, i, err = latexml.Read(body)
		info.Title, info.Links, info.Unread = i.Title, i.Links, i.Unread
		if err != nil {
			err = fmt.Errorf("%w: %w", ErrNotPaper, err)
		}
	case KindLaTeX:
		var i latex.Info
		text, i, err = latex.Read(body)
		info.Title, info.Links, info.Unread = i.Title, i.Links, i.Unread
		if err != nil {
			err = fmt.Errorf("%w: %w", ErrNotPaper, err)
		}
	}
	if err != nil {
		return nil, info, err
	}
	text = bytes.ToValidUTF8(text, []byte("\ufffd"))
	if len(info.Unread) > 0 {
		return text, info, fmt.Errorf("%w: %s", ErrPartial, strings.Join(info.Unread, "; "))
	}
	return text, info, nil
}

// A Passage is one block of a paper's text.
type Passage = markdown.Passage

// PageOf is the page on which the byte at offset stands, 0 without pages.
func PageOf(text []byte, offset int) int { return markdown.PageOf(text, offset) }

// SectionOf is the number and title of the innermost section around offset.
func SectionOf(text []byte, offset int) (number, title string) {
	return markdown.SectionOf(text, offset)
}
