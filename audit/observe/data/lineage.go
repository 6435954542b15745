package data

import (
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/phrases"
)

// throughTuned lowers what is known of the data of later training where the model
// was tuned from one of other makers that was itself tuned and whose page does not
// give the data of that: then not all of what the model learnt there is known.
// Where that page could not be looked at, and the name does not say that the base
// was not tuned, it stays open.
func (r *dataReader) throughTuned(found []audit.Observation) []audit.Observation {
	base := r.Subject.Base
	if !r.BaseOfOthers() || r.IsCopy() {
		return found
	}
	card := r.BaseCard(base)
	tuned := identity.Tuned(base) || card != nil && r.TunedItself(card) || !strings.EqualFold(r.RootBase(base), base)
	if lost := r.lostBase(base); !tuned && card == nil && lost != nil && !identity.NamedBase(base) {
		return r.untoldBase(found, lost)
	}
	if !tuned || r.Given(base) || card != nil && r.givesData(card) {
		return found
	}
	if onlyListed(found, FineData, "Data is linked; the model was tuned from "+base+
		", which was itself tuned, and the data of that is not given.") && card == nil {
		if d := r.baseDocument(base); d != nil {
			found = append(found, audit.From(d, FineData, audit.NotFetched, "The model was tuned from "+base+
				", which was itself tuned, and its page was not read."))
		}
	}
	return found
}

// untoldBase leaves open what is known of the data of later training where a base's
// page was not looked at: it may tell that the base was tuned on other data.
func (r *dataReader) untoldBase(found []audit.Observation, lost *audit.Document) []audit.Observation {
	if onlyListed(found, FineData, "Data is linked; whether the base was itself tuned on other data is not known.") {
		finding, _ := document.Unseen(lost)
		found = append(found, audit.From(lost, FineData, finding, "It may tell that "+r.Subject.Base+
			" was itself tuned."))
	}
	return found
}

// lostBase is an attempt to look at a base that gave nothing to read, or nil.
func (in *Reader) lostBase(base string) *audit.Document {
	for _, d := range in.LooksAtBase(base, audit.DocModelAPI, audit.DocModelCard) {
		if _, missing := document.Unseen(d); missing {
			return d
		}
	}
	return nil
}

// baseDocument is any attempt to look at a base, or the first of the makers' pages.
func (in *Reader) baseDocument(base string) *audit.Document {
	pages := append(in.LooksAtBase(base, audit.DocModelCard, audit.DocModelAPI), in.Makers()...)
	if len(pages) == 0 {
		return nil
	}
	return pages[0]
}

// givesData reports whether a card lists or links data as what its model was
// trained on.
func (r *dataReader) givesData(d *audit.Document) bool {
	for _, f := range r.Card(d).Front.All("datasets") {
		if strings.TrimSpace(f.Value) != "" && !unfindable.MatchString(f.Value) {
			return true
		}
	}
	return slices.ContainsFunc(r.Prose(d), func(p page.Passage) bool {
		return document.HubDataset.Match(p.Raw()) && r.onTraining(p) &&
			!evalStage.MatchString(p.Heading) && !evalStage.MatchString(p.Text)
	})
}

// unfindable matches an entry of front matter that is no dataset's name: it tells
// that the data is the makers' own.
var unfindable = phrases.ExpressionOf("data.unfindable")

// silentOnBase gives the first of the makers' pages where the model was tuned, no
// base is named, and none of the pages tells of a training from the beginning.
// Such a model may be named after its base, unless its makers or their
// repository bear the name too: then the base is unknown.
func (r *dataReader) silentOnBase() *audit.Document {
	pages := r.Makers()
	if r.Subject.Base != "" || !r.tunesOthers(pages) || len(pages) == 0 || len(r.BasePages()) > 0 {
		return nil
	}
	if slices.ContainsFunc(pages, func(d *audit.Document) bool { return kin.WasMade.Match(r.Affirmed(d)) }) {
		return nil
	}
	return pages[0]
}

// tunesOthers reports whether what is audited may have been made from somebody
// else's model: a model with a tuned name that its makers do not bear, or a
// repository without a model of its own whose front page is about tuning.
func (r *dataReader) tunesOthers(pages []*audit.Document) bool {
	if sources.HubID(r.Reader.Set, audit.RoleEnd) != "" {
		return identity.Tuned(r.ID()) && !r.MakersBearName()
	}
	return slices.ContainsFunc(pages, func(d *audit.Document) bool {
		return document.MainPage(d) && len(kin.Tuning.FindAllIndex(d.Body, kin.MinTuning)) >= kin.MinTuning
	})
}
