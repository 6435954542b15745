package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// A document is what PDFium gave of a PDF.
type document struct {
	pages  []page
	count  int // pages in the PDF
	chars  int
	links  []string
	unread []string
}

// load reads the pages of a PDF. A page that kills the sandbox is left out, and
// the rest is read in a new one.
func load(caller context.Context, body []byte, limit time.Duration) (*document, error) {
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-caller.Done():
		return nil, caller.Err()
	}
	if err := warmUp(caller); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(caller, limit)
	defer cancel()
	doc := &document{}
	next := 0
	for traps := 0; ; traps++ {
		at, err := doc.read(ctx, body, next)
		switch {
		case err == nil:
			return doc, nil
		case caller.Err() != nil:
			return nil, caller.Err()
		case errors.Is(err, ErrBroken), errors.Is(err, ErrEncrypted), errors.Is(err, ErrLimit):
			return nil, err
		case ctx.Err() != nil && doc.count == 0:
			return nil, fmt.Errorf("%w: not opened in time: %w", ErrLimit, ctx.Err())
		case ctx.Err() != nil:
			doc.leave(at, "time ran out")
			return doc, nil
		case doc.count == 0: // PDFium never came to the first page
			return nil, fmt.Errorf("%w: %w", ErrBroken, err)
		case traps == maxTraps:
			doc.leave(at, "too many pages cannot be read")
			return doc, nil
		}
		doc.unread = append(doc.unread, fmt.Sprintf("page %d of %d: it cannot be read", at+1, doc.count))
		next = at + 1
	}
}

// leave notes that the pages from index at on were not read.
func (d *document) leave(at int, why string) {
	d.unread = append(d.unread, fmt.Sprintf("pages %d to %d of %d: %s", at+1, d.count, d.count, why))
}

// read opens the PDF in a sandbox of its own and reads its pages from one on.
// It returns the page at which it ended.
func (d *document) read(ctx context.Context, body []byte, from int) (at int, err error) {
	defer func() { // the binding panics on some answers of a broken sandbox
		if p := recover(); p != nil {
			err = fmt.Errorf("reading page %d: %v", at+1, p)
		}
	}()
	pool, in, err := open(ctx)
	if err != nil {
		return from, fmt.Errorf("starting PDFium: %w", err)
	}
	defer pool.Close() //nolint:errcheck // a sandbox that trapped cannot be closed in order
	handle, err := opened(in, body)
	if err != nil {
		return from, err
	}
	n, err := in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: handle})
	if err != nil {
		return from, fmt.Errorf("counting pages: %w", err)
	}
	if d.count = n.PageCount; d.count <= 0 {
		return from, fmt.Errorf("%w: it has no pages", ErrBroken)
	}
	for at = from; at < min(d.count, MaxPages); at++ {
		if d.chars > maxDocChars {
			d.leave(at, fmt.Sprintf("more than %d letters before", maxDocChars))
			return at, nil
		}
		if err := d.readPage(in, handle, at); err != nil {
			return at, err
		}
	}
	if d.count > MaxPages {
		d.leave(MaxPages, fmt.Sprintf("no more than %d are read", MaxPages))
	}
	return at, nil
}

// opened opens the PDF by a reader: its bytes stay outside of the sandbox, whose
// memory a long report would fill.
func opened(in pdfium.Pdfium, body []byte) (references.FPDF_DOCUMENT, error) {
	doc, err := in.OpenDocument(&requests.OpenDocument{FileReader: bytes.NewReader(body),
		FileReaderSize: int64(len(body))})
	switch {
	case err == nil:
		return doc.Document, nil
	case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
		return "", fmt.Errorf("%w: %w", ErrEncrypted, err)
	case errors.Is(err, pdferrors.ErrFormat), errors.Is(err, pdferrors.ErrFile):
		return "", fmt.Errorf("%w: %w", ErrBroken, err)
	}
	return "", err
}
