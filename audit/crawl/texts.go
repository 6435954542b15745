package crawl

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"openness/audit"
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
	body, _, err := text.Extract(ctx, d.Body, text.KindPDF)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	g.docs = append(g.docs, textOf(d, body, err))
	return nil
}

// textOf is the document that holds the text of a PDF, or why there is none. Its
// status is 0, for no server answered with it.
func textOf(d audit.Document, body []byte, err error) audit.Document {
	address, _, _ := strings.Cut(d.URL, "#")
	made := audit.Document{URL: address + TextFragment, Kind: audit.DocProse,
		Place: d.Place, PlaceID: d.PlaceID, Role: d.Role, Revision: d.Revision, RetrievedAt: d.RetrievedAt,
		StaleSince: d.StaleSince, StaleWhy: d.StaleWhy}
	made.Detail = fmt.Sprintf("the text of the PDF with SHA-256 %s (reader version %s)", d.SHA256, text.Version)
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
