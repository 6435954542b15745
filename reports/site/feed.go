package site

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"openness/audit"
	"openness/reports"
	"openness/reports/internal/svg"
	"openness/reports/ranking"
)

// A site tells what changed (an Atom feed), and a model's own page can show its
// figure (a badge, as SVG and as the endpoint of shields.io).

// mostEntries bounds the feed: readers come back before so much changes.
const mostEntries = 100

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr,omitempty"`
}

type atomEntry struct {
	Title   string   `xml:"title"`
	ID      string   `xml:"id"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

// writeFeed writes the changes of the site's models, the latest first, as Atom
// (RFC 4287). Addresses are relative to the feed.
func (b *Book) writeFeed(w io.Writer) error {
	rows := slices.Clone(b.rows)
	ranking.SortRows(rows, func(a, c *ranking.Row) int { return c.ChangedAt.Compare(a.ChangedAt) })
	f := atomFeed{Title: "Openness of AI models, " + b.Rubric.ID, ID: urn(b.Rubric.ID), Updated: reports.TimeText(b.At),
		Author: "openness " + b.Tool,
		Links:  []atomLink{{Href: "feed.xml", Rel: "self"}, {Href: "index.html"}}}
	for _, row := range rows[:min(len(rows), mostEntries)] {
		at := row.ChangedAt
		if at.IsZero() {
			at = b.At
		}
		f.Entries = append(f.Entries, atomEntry{Title: reports.Label(row.Name) + ": " + row.Changed,
			ID: urn(b.Rubric.ID, row.ID, row.Label, reports.TimeText(at)), Updated: reports.TimeText(at),
			Link: atomLink{Href: b.ModelPage(row.ID, row.Label)}, Summary: row.Changed + ". " + badgeMessage(row) +
				"."})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", " ")
	if err := e.Encode(f); err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// urn names something by what identifies it: the same parts, the same name.
func urn(parts ...string) string {
	h := audit.Hash([]byte(strings.Join(parts, "\x00") + "\x00"))
	return fmt.Sprintf("urn:uuid:%s-%s-8%s-8%s-%s", h[:8], h[8:12], h[13:16], h[17:20], h[20:32])
}

// badgeMessage is a model's figure in a few words.
func badgeMessage(row ranking.Row) string {
	if !row.Score.Ranked {
		return "not ranked"
	}
	return reports.Share(row.Score.Share()) + ", rank " + row.Band()
}

// badgeLabel stands before it.
const badgeLabel = "openness"

// badgeColors are a badge's ground and ink: those of the class that the share
// is nearest to.
func badgeColors(row ranking.Row) (ground, ink string) {
	switch known := row.Score.Share(); {
	case !row.Score.Ranked:
		return svg.UndeterminedColor, svg.InkColor
	case known >= 0.75:
		return svg.OpenColor, "#ffffff"
	case known >= 0.25:
		return svg.PartialColor, svg.InkColor
	}
	return svg.ClosedColor, svg.InkColor
}

// writeBadge draws a model's badge.
func writeBadge(w io.Writer, row ranking.Row) error {
	message := badgeMessage(row)
	ground, ink := badgeColors(row)
	left, right := svg.TextWidth(badgeLabel, 11)+14, svg.TextWidth(message, 11)+14
	_, err := fmt.Fprintf(w,
		`<svg xmlns="http://www.w3.org/2000/svg" width="%[1]s" height="20" role="img" aria-label="%[2]s: %[3]s" font-family="Verdana, DejaVu Sans, sans-serif" font-size="11">`+
			`<title>%[4]s, %[2]s: %[3]s</title><rect width="%[5]s" height="20" fill="#3a4347"/><rect x="%[5]s" width="%[6]s" height="20" fill="%[7]s"/>`+
			`<text x="%[8]s" y="14" text-anchor="middle" fill="#fff">%[2]s</text><text x="%[9]s" y="14" text-anchor="middle" fill="%[10]s">%[3]s</text></svg>`+"\n",
		svg.Px(left+right), badgeLabel, svg.Escaped(message), svg.Escaped(reports.Label(row.Name)), svg.Px(left),
		svg.Px(right), ground, svg.Px(left/2), svg.Px(left+right/2), ink)
	return err
}

// writeShield writes a model's badge as the endpoint that shields.io reads.
func writeShield(w io.Writer, row ranking.Row) error {
	ground, _ := badgeColors(row)
	text, err := json.Marshal(map[string]any{"schemaVersion": 1, "label": badgeLabel, "message": badgeMessage(row),
		"color": ground[1:]})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", text)
	return err
}

// badges are the badges of all models, by path.
func (b *Book) badges() map[string]func(io.Writer) error {
	pages := make(map[string]func(io.Writer) error, 2*len(b.rows))
	for i := range b.rows {
		row := &b.rows[i]
		base := b.badgePath(row.ID, row.Label)
		pages[base+".svg"] = func(w io.Writer) error { return writeBadge(w, *row) }
		pages[base+".json"] = func(w io.Writer) error { return writeShield(w, *row) }
	}
	return pages
}

// badgePath is a badge's path without its ending.
func (b *Book) badgePath(id, label string) string {
	return "badges/" + b.slugs[reports.SubjectKey(id, label)]
}

// BadgePath is badgePath of a subject, for a page.
func (b *Book) BadgePath(s audit.Subject) string { return b.badgePath(s.ID, s.Label) }

// favicon is the site's mark: a square half open.
const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="` + svg.OpenColor +
	`"/><path d="M22 11a8 8 0 1 0 0 10" fill="none" stroke="` + svg.PartialColor +
	`" stroke-width="4" stroke-linecap="round"/></svg>` + "\n"

func writeFavicon(w io.Writer) error {
	_, err := io.WriteString(w, favicon)
	return err
}
