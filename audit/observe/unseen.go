package observe

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"openness/audit"
)

// An absence needs every place that would have spoken. The themes say what is
// in the documents that were read; here is said what may be in those that were
// not: for each fact that is absent, or found at less than its highest value,
// the documents that could have said more and could not be looked at.

// An unread is a document that could not be looked at, why, and whose it is.
type unread struct {
	*audit.Document
	finding   audit.Finding
	why       string
	own, base bool
}

// doubts lists these documents, fact by fact.
func (in *input) doubts(found []audit.Observation) []audit.Observation {
	var lost []unread
	for i := range in.docs {
		d := &in.docs[i]
		if finding, why, missing := unlooked(in, d); missing {
			lost = append(lost, unread{d, finding, why,
				d.Role == audit.RoleEnd || d.Place == audit.GitHubRepo && in.mayBeOwn(d.PlaceID),
				d.Role == audit.RoleBase || d.Place == audit.GitHubRepo && in.baseRepository(d.PlaceID)})
		}
	}
	if len(lost) == 0 {
		return nil
	}
	var out []audit.Observation
	for _, f := range audit.Facts() {
		if narrows[f.Name] || !mayRise(f, found) {
			continue
		}
		for _, d := range lost {
			if in.couldSay(f, d) {
				out = append(out, audit.From(d.Document, f.Name, d.finding, "It may say more: "+d.why))
			}
		}
	}
	return out
}

// narrows are facts that say that less is open where they hold: missing them
// closes nothing.
var narrows = map[string]bool{"weights.end.delta": true, "data.pretraining.denied": true, "data.finetuning.denied": true,
	"code.training.denied": true, "license.tag_conflict": true, "model.closed": true}

// mayRise reports whether something was observed of a fact, and another
// document could say more of it.
func mayRise(f audit.Fact, found []audit.Observation) bool {
	observed := false
	for _, o := range found {
		if o.Fact != f.Name {
			continue
		}
		observed = true
		if o.Finding != audit.Present {
			continue
		}
		switch f.Type {
		case audit.BoolFact:
			if o.Value == "true" {
				return false
			}
		case audit.EnumFact:
			if o.Value == f.Values[len(f.Values)-1] {
				return false
			}
		case audit.FloatFact:
		default:
			return false // a name or a number is what it is
		}
	}
	return observed
}

// unlooked says why a document, or a part of it, could not be looked at.
func unlooked(in *input, d *audit.Document) (f audit.Finding, why string, missing bool) {
	if f, missing = unseen(d); missing {
		return f, fmt.Sprintf("it could not be looked at (%s).", d.Detail), true
	}
	if !readable(d) {
		return "", "", false
	}
	if len(d.Body) > maxRead && prosePage(d) {
		return audit.NotFetched, fmt.Sprintf("only its first %d bytes were read.", maxRead), true
	}
	switch d.Kind {
	case audit.DocTree:
		tree := in.tree(d)
		if !tree.listed {
			return audit.Unreadable, "the answer holds no tree of files.", true
		}
		if tree.cut {
			return audit.NotFetched, "the tree of files is cut.", true
		}
	case audit.DocModelCard, audit.DocDataCard:
		if front := &in.card(d).Front; front.Broken() {
			return audit.Unreadable, "its front matter could not be read: " + front.Errors[0] + ".", true
		}
	case audit.DocPaper, audit.DocVenue:
		if err := unreadRecord(d); err != nil {
			return audit.Unreadable, "the archive's answer could not be read: " + err.Error() + ".", true
		}
	}
	return "", "", false
}

// couldSay reports whether a document is one that the fact may be read from.
func (in *input) couldSay(f audit.Fact, d unread) bool {
	if d.Kind == audit.DocWeb {
		return !hasHubModel(in.subject) && slices.Contains(vendorFacts, f.Name)
	}
	prose := speaks(d.Document) && (d.own || d.base)
	if d.Kind == audit.DocPaper || d.Kind == audit.DocVenue {
		// That it is archived is known from whoever names it.
		return strings.HasPrefix(f.Name, "paper.reviewed") && !in.readInstead(d.Document)
	}
	if readable(d.Document) && d.Kind != audit.DocTree && len(d.Body) <= maxRead { // only its front matter is missing
		return f.Observer == "licences" && in.states(f, d.Document) || f.Observer == "data" && (d.own || d.base)
	}
	switch f.Observer {
	case "weights":
		ofIt := d.base && strings.HasPrefix(f.Name, "weights.base.") || d.own && strings.HasPrefix(f.Name, "weights.end.")
		return prose || ofIt && d.Kind == audit.DocModelAPI
	case "data", "docs":
		return prose
	case "papers":
		return prose
	case "code":
		return d.own && (prose || d.Kind == audit.DocTree || d.Kind == audit.DocRepoAPI)
	case "access":
		return d.own && (mainPage(d.Document) || d.Kind == audit.DocTree)
	case "cards":
		return d.own && cardLike(d.Document)
	case "datasheets":
		return d.Kind == audit.DocDataCard || prose
	case "licences":
		return in.states(f, d.Document)
	}
	return false
}

// speaks reports whether a document is a page that speaks for the whole
// project. Pages further down speak of parts, and a crawl takes only some of
// them anyway; but a data sheet or model card counts wherever it lies.
func speaks(d *audit.Document) bool {
	switch d.Kind {
	case audit.DocModelCard, audit.DocReadme, audit.DocProse:
		return background(d) && (strings.Count(d.Path, "/") <= maxPageDepth || sheetFile.MatchString(d.Path) || cardFile.MatchString(d.Path))
	}
	return false
}

// states reports whether a document may state the licence that a fact is about.
func (in *input) states(f audit.Fact, d *audit.Document) bool {
	for _, c := range components {
		if f.Name != "license."+c+".id" && f.Name != "license."+c+".openness" {
			continue
		}
		if d.Kind == audit.DocModelAPI {
			return false // a hub's tag repeats the card or a text, and decides over neither
		}
		if slices.Contains(licenceSources(in, c), d) {
			return true
		}
		of := d.Role == audit.RoleEnd || in.ownRepository(d.PlaceID)
		if c == "base" {
			of = d.Role == audit.RoleBase
		}
		if c == "code" && d.Kind == audit.DocRepoAPI {
			return of
		}
		if c == "code" && d.Place != audit.GitHubRepo && len(in.ownRepositories()) > 0 {
			return false
		}
		return of && c != "data" && c != "docs" && d.Kind == audit.DocLicense && (d.Place != audit.GitHubRepo || !strings.Contains(d.Path, "/"))
	}
	return false
}

// mayBeOwn reports whether a repository is the model's own, or could turn out
// to be if its front page could be read.
func (in *input) mayBeOwn(id string) bool {
	if in.ownRepository(id) {
		return true
	}
	if in.baseRepository(id) {
		return false
	}
	return slices.ContainsFunc(in.of(audit.DocReadme), func(d *audit.Document) bool {
		_, missing := unseen(d)
		return missing && d.PlaceID == id && mainPage(d)
	})
}

// qualify adds to what pages of a repository do not say that the model's page
// on the hub, which might have said it, could not be looked at. The silence of
// its makers' repository still counts, so a reader must see what it rests on.
func (in *input) qualify(found []audit.Observation) {
	own, base := in.lostPage(audit.RoleEnd), in.lostPage(audit.RoleBase)
	for i := range found {
		o := &found[i]
		if o.Finding != audit.NotThere || o.Role != audit.RoleCode {
			continue
		}
		page := own
		if strings.HasPrefix(o.Fact, "weights.base.") || strings.HasPrefix(o.Fact, "data.pretraining.") {
			page = cmp.Or(base, own)
		}
		if page != nil {
			o.Note = fmt.Sprintf("%s. The page of %s on the hub, which might, could not be looked at (%s).", strings.TrimSuffix(o.Note, "."), page.PlaceID, page.Outcome)
		}
	}
}

// lostPage is the attempt to read a model's page on a hub where none in that
// role was read, or nil.
func (in *input) lostPage(role audit.Role) (lost *audit.Document) {
	for _, d := range in.of(audit.DocModelAPI, audit.DocModelCard) {
		if d.Role != role {
			continue
		}
		if d.Kind == audit.DocModelCard && readable(d) {
			return nil
		}
		if _, missing := unseen(d); missing && lost == nil {
			lost = d
		}
	}
	return lost
}
