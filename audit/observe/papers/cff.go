package papers

import (
	"path"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Repositories keep what to cite in files of their own: BibTeX, or the Citation
// File Format (citation-file-format.github.io, version 1.2.0), whose key
// "preferred-citation" names a paper in the place of the software itself.

// citationFiles reads the citation files of the model's own repositories.
func (r *paperReader) citationFiles() {
	own := r.OwnRepositories()
	for _, d := range r.Of(audit.DocCitation) {
		if !document.Readable(d) || !own[d.PlaceID] || strings.Contains(d.Path, "/") || !r.Names(d.PlaceID) {
			continue
		}
		entries := page.ParseBibTeX(d.Body)
		if strings.HasSuffix(strings.ToLower(path.Base(d.Path)), ".cff") {
			entries = preferredCitation(d.Body)
		}
		for _, e := range entries {
			if r.ownEntry(d, e) || len(entries) == 1 {
				r.entry(d, e, r.scopeOf(d, e.Fields["title"], "own"))
			}
		}
	}
}

var (
	preferred = pattern.MustCompile(`(?m)^preferred-citation:[ \t]*\r?$`)
	// topKey is a key of the file itself, which ends the block.
	topKey = pattern.MustCompile(`(?m)^[A-Za-z]`)
	// cffField is a key of the citation itself: two spaces deep, with its value on
	// the line. Names of authors lie deeper.
	cffField = phrases.ExpressionOf("papers.cff-field")
	// cffConference is the name below the key "conference".
	cffConference = phrases.ExpressionOf("papers.cff-conference")
)

// preferredCitation reads the paper that a CITATION.cff asks to cite, as the
// BibTeX entry that it would be, and nothing where it asks for none.
func preferredCitation(body []byte) []page.Entry {
	at := preferred.FindIndex(body)
	if at == nil {
		return nil
	}
	end := len(body)
	if next := topKey.FindIndex(body[at[1]:]); next != nil {
		end = at[1] + next[0]
	}
	block := string(body[at[0]:end])
	e := page.Entry{Type: "misc", Fields: map[string]string{},
		Span: audit.Span{Start: at[0], End: at[0] + len(strings.TrimRight(block, " \t\r\n"))}}
	for _, m := range cffField.FindAllStringSubmatch(block, -1) {
		e.Fields[m[1]] = m[2]
	}
	if m := cffConference.FindStringSubmatch(block); m != nil {
		e.Fields["booktitle"] = m[1]
	} else if kind := e.Fields["type"]; strings.HasPrefix(kind, "conference") || kind == "proceedings" {
		e.Fields["booktitle"] = e.Fields["collection-title"]
	}
	e.Fields["note"] = e.Fields["notes"]
	return []page.Entry{e}
}
