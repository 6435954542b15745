package text

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"openness/audit/papers/text/markdown"
)

func TestExtractRefuses(t *testing.T) {
	pdf, page, source := form(t, "heron", KindPDF), form(t, "heron", KindHTML), form(t, "heron", KindLaTeX)
	for name, c := range map[string]struct {
		body []byte
		kind Kind
		want error
	}{
		"nothing":                {nil, KindUnknown, ErrNotPaper},
		"a web page":             {[]byte("<html><body>Sign in to go on</body></html>"), KindHTML, ErrNotPaper},
		"a page for a PDF":       {page, KindPDF, ErrNotPaper},
		"a PDF for the source":   {pdf, KindLaTeX, ErrNotPaper},
		"a source for the page":  {source, KindHTML, ErrNotPaper},
		"half a PDF":             {[]byte("%PDF-1.7\nand nothing more"), KindPDF, ErrNotPaper},
		"an archive of nothing":  {[]byte{0x1f, 0x8b, 8, 0}, KindUnknown, ErrNotPaper},
		"JSON that says so":      {[]byte(`{"error": "no such paper"}`), KindUnknown, ErrNotPaper},
		"a picture with its tag": {append([]byte("\x89PNG\r\n"), make([]byte, 100)...), KindUnknown, ErrNotPaper},
	} {
		if text, _, err := Extract(t.Context(), c.body, c.kind); !errors.Is(err, c.want) || text != nil {
			t.Errorf("%s: %d bytes, %v", name, len(text), err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := Extract(ctx, page, KindHTML); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// A paper that was cut off is read as far as it goes, and the error says so.
func TestPartial(t *testing.T) {
	whole := form(t, "plover", KindPDF)
	cut := bytes.TrimRight(whole, "\n")
	cut = cut[:len(cut)-len("%%EOF")]
	text, info, err := Extract(t.Context(), cut, KindPDF)
	if !errors.Is(err, ErrPartial) || len(text) == 0 || len(info.Unread) != 1 || !strings.Contains(err.Error(),
		info.Unread[0]) {
		t.Errorf("%d bytes, %q, %v", len(text), info.Unread, err)
	}
}

// Offsets into the text lead back to page and section from anywhere in it.
func TestEveryOffsetHasItsPlace(t *testing.T) {
	text, info, err := Extract(t.Context(), form(t, "knot", KindPDF), KindPDF)
	if err != nil {
		t.Fatal(err)
	}
	last := 0
	for p := range markdown.Passages(text) {
		page := PageOf(text, p.Start)
		if page != p.Page || page < last || page > info.Pages {
			t.Errorf("passage at %d: page %d, then %d of %d", p.Start, last, page, info.Pages)
		}
		last = page
		if _, title := SectionOf(text, p.Start); len(p.Path) > 0 && !strings.HasSuffix(p.Path[len(p.Path)-1], title) {
			t.Errorf("passage at %d: in %q, SectionOf says %q", p.Start, p.Path, title)
		}
	}
	if last != info.Pages {
		t.Errorf("the last passage is on page %d of %d", last, info.Pages)
	}
}
