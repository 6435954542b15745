package crawl

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"openness/audit"
	"openness/audit/crawl/fetch"
	"openness/audit/papers/text"
)

// TextFragment marks the address of the text that was made of a PDF: no server
// gave it, so it needs an address of its own beside the PDF's.
const TextFragment = "#text"

// reportLimit is the most that is fetched of a PDF, in bytes: reports with many
// figures are larger than any page.
const reportLimit = 32 << 20

// readText keeps the text of a document that is a PDF as a document of its own,
// so that a quote of the report is bytes of something stored. A PDF that gives
// no text leaves a document that says why: it was not looked at, and says
// nothing by its silence.
func (g *gathering) readText(ctx context.Context, d audit.Document) error {
	if !bytes.HasPrefix(d.Body, []byte("%PDF-")) {
		return nil
	}
	made, err := g.c.textOf(ctx, d)
	if err != nil {
		return err
	}
	g.docs = append(g.docs, made)
	return nil
}

// textOf is the document that holds the text of a paper, or why there is none.
// A text is made once for the same bytes and the same reader: what the cache has
// is used again.
func (c *Crawler) textOf(ctx context.Context, d audit.Document) (audit.Document, error) {
	if kept, ok := c.keptText(ctx, d); ok {
		return kept, nil
	}
	made, err, _ := c.texts.Do(d.SHA256, func() (any, error) {
		body, info, err := text.Extract(ctx, d.Body, text.KindUnknown)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return textDocument(d, body, info.Kind, err), nil
	})
	if ctx.Err() != nil {
		return audit.Document{}, ctx.Err()
	}
	if err != nil { // the one who read it was cancelled, we were not
		return c.textOf(ctx, d)
	}
	doc := dressText(made.(audit.Document), d)
	if c.opts.Cache != nil && doc.SHA256 != "" {
		if err := c.opts.Cache.Keep(ctx, doc); err != nil && ctx.Err() == nil {
			c.opts.Progress(Event{Kind: fetch.Trouble, URL: doc.URL,
				Message: fmt.Sprintf("the text cannot be stored: %v", err)})
		}
	}
	return doc, nil
}

// keptText is the text of a paper that an earlier run or another subject stored.
// A partial one is made again: it may be the machine that was too slow.
func (c *Crawler) keptText(ctx context.Context, d audit.Document) (audit.Document, bool) {
	if c.opts.Cache == nil {
		return audit.Document{}, false
	}
	kept, ok, err := c.opts.Cache.Lookup(ctx, textURL(d))
	if err != nil || !ok || kept.Partial || kept.SHA256 == "" || !strings.Contains(kept.Detail, provenance(d)) ||
		audit.Hash(kept.Body) != kept.SHA256 {
		return audit.Document{}, false
	}
	return dressText(kept, d), true
}

// dressText gives a text the place, role and time of the original that it was made of.
func dressText(made, d audit.Document) audit.Document {
	made.URL, made.Place, made.PlaceID, made.Role = textURL(d), d.Place, d.PlaceID, d.Role
	if made.Kind = audit.DocProse; d.Kind == audit.DocLicense {
		made.Kind = d.Kind
	}
	made.Path, made.Revision, made.RetrievedAt = d.Path, d.Revision, d.RetrievedAt
	made.StaleSince, made.StaleWhy = d.StaleSince, d.StaleWhy
	return made
}

// textURL is the address of the text of a paper: that of the paper, with a mark.
func textURL(d audit.Document) string {
	address, _, _ := strings.Cut(d.URL, "#")
	return address + TextFragment
}

// provenance says of which bytes a text was made, and by which reader.
func provenance(d audit.Document) string {
	return fmt.Sprintf("with SHA-256 %s (reader version %s)", d.SHA256, text.Version)
}

// formNames are the forms of a paper in words.
var formNames = map[text.Kind]string{text.KindPDF: "PDF", text.KindHTML: "HTML edition", text.KindLaTeX: "LaTeX source"}

// textDocument is the document that holds the text of a paper, or why there is
// none. Its status is 0, for no server answered with it.
func textDocument(d audit.Document, body []byte, kind text.Kind, err error) audit.Document {
	var made audit.Document
	made.Detail = fmt.Sprintf("the text of the %s %s", cmp.Or(formNames[kind], "file"), provenance(d))
	switch {
	case errors.Is(err, text.ErrLimit):
		made.Outcome = audit.Skipped
	case err != nil && !errors.Is(err, text.ErrPartial), len(body) == 0:
		made.Outcome = audit.Failed
	default:
		made.Outcome, made.Partial = audit.Fetched, err != nil
		made.ContentType, made.Body, made.SHA256 = "text/markdown; charset=utf-8", body, audit.Hash(body)
	}
	if err != nil {
		made.Detail += ": " + err.Error()
	}
	return made
}
