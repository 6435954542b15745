package code

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/phrases"
)

// codeTold are the facts on code that a paper's sentence on its release shows, by
// its words; those on training are the phrase book's.
var codeTold = phrases.TableOf("code.told", "code.evaluation", "code.data_processing")

// paperCode reads what the model's own papers say of code: that it was given out,
// at an address that leads to a repository of the makers' that was read, or that
// it is withheld.
func (in *Reader) paperCode(own map[string]bool) []audit.Observation {
	book := phrases.Default().Of(codeFactsSaid...)
	var out []audit.Observation
	for _, d := range in.OwnTexts() {
		w := in.WholeText(d)
		out = append(out, in.FromBook([]*audit.Document{w}, "code.training.denied")...)
		for _, t := range in.Announcements(d) {
			if !in.leadsToOwn(t.Links, own) {
				continue
			}
			note := "The paper says that it is out, at an address that leads to the makers' repository."
			for _, m := range book.Find(w.Body[t.Span.Start:t.Span.End]) {
				if m.Phrase.Fact != "code.training.denied" {
					fact := supported(m.Phrase.Fact, w.Body[t.Span.Start:t.Span.End])
					out = append(out, audit.Observe(w, fact, "true", t.Span, note))
				}
			}
			for _, c := range codeTold {
				if c.MatchString(t.Text) {
					out = append(out, audit.Observe(w, c.Label, "true", t.Span, note))
				}
			}
		}
	}
	return out
}

// leadsToOwn reports whether one of some addresses is that of a repository which was
// read and is the model's own or its makers'.
func (in *Reader) leadsToOwn(links []string, own map[string]bool) bool {
	linked := document.RepositoriesIn([]byte(strings.Join(links, "\n")), -1)
	return slices.ContainsFunc(linked, func(id string) bool {
		return in.RepositoryRead(id) && (own[id] || identity.SameMaker(path.Dir(id), identity.Owner(in.Subject.ID)))
	})
}
