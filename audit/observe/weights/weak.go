package weights

import (
	"cmp"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Some passages lead to a fact and do not say it: a model's id among the settings of a
// program, a tag for the hub's search, a bare link. Where nothing better was found, the
// fact stays unknown: who reads such a quote alone is not convinced, and is right.

// nameOnly is the note of weights of which the pages give a name and no more.
const nameOnly = "a page gives its name on the hub, and none that was read says that its files can be had there"

// Unproven takes back what of weights only such passages show.
func (in *Reader) Unproven(found []audit.Observation) []audit.Observation {
	for _, s := range []Slot{EndSlot, BaseSlot} {
		d := in.onlyNamed(found, s)
		if d == nil {
			continue
		}
		of := s.Role == audit.RoleEnd || d.Role == audit.RoleBase ||
			// else the page gives out another than the base
			strings.HasPrefix(firstOf(found, s.Published).Note, ownNote)
		if said := in.saysGiven(d, s); said != nil && of {
			found = slices.DeleteFunc(found, func(o audit.Observation) bool {
				return o.Fact == s.Published && o.Finding == audit.Present &&
					loadsAnother(o.Quote, in.OfferedID(o.Fact))
			})
			found = append(found, *said)
			continue
		}
		for i := range found {
			if o := &found[i]; o.Finding == audit.Present && (o.Fact == s.Published || o.Fact == s.Gate) {
				*o = audit.From(d, o.Fact, audit.NotFetched, nameOnly)
			}
		}
	}
	return found
}

// onlyNamed gives the page that names a model's files where no text says, shows or loads
// more, and nothing is asked for before a download.
func (in *Reader) onlyNamed(found []audit.Observation, s Slot) (named *audit.Document) {
	for i := range found {
		o := &found[i]
		switch {
		case o.Finding != audit.Present:
		case o.Fact == s.Gate && o.Value != "none", o.Fact == s.Delta:
			return nil
		case o.Fact == s.Published:
			if named = in.Document(o); named == nil || !document.ProsePage(named) || !in.onlyMentions(named, o) {
				return nil
			}
		}
	}
	return named
}

// maxTableRows bounds how far above a row the head of its table is looked for.
const maxTableRows = 40

// tableHead is the first row of the table that a row stands in.
func tableHead(body []byte, row int) string {
	head := page.Line(body, row)
	for range maxTableRows {
		above := page.Line(body, max(0, page.BeginOfLine(body, head.Start)-1))
		if above == head || above.Start >= above.End || body[above.Start] != '|' {
			break // it is the first line of the page, or that above it is no row
		}
		head = above
	}
	return string(body[head.Start:head.End])
}

// toGet matches words by which a page tells where something is to be had.
var toGet = pattern.MustCompile(`(?i)\baccess\b|\bhub\b|访问`)

// onlyMentions reports whether a text names or links a model and has no word on its
// files, on how they are had, or of a program that loads them.
func (in *Reader) onlyMentions(d *audit.Document, o *audit.Observation) bool {
	body := in.ServedBody(d)
	plain := WithoutLinks(string(body[in.Introduced(d, body, audit.Span{Start: o.Start, End: o.End}, o.Fact):o.End]))
	switch {
	case document.Assigns.MatchString(o.Quote), declaresLoader.MatchString(o.Quote),
		loadsAnother(o.Quote, in.OfferedID(o.Fact)):
		return true
	case document.CallsModel.MatchString(o.Quote), weightsAddress.MatchString(o.Quote), SaysGiven(plain),
		namesFiles.MatchString(plain):
		return false
	case strings.HasPrefix(o.Quote, "|"):
		row := plain + tableHead(body, o.Start)
		return !downloads.MatchString(row) && !toGet.MatchString(row)
	}
	if len(strings.Fields(plain)) >= 2*document.TitleWords && linksModel(o.Quote, in.OfferedID(o.Fact)) &&
		!tellsOrigin(plain) {
		return false // a sentence on this very model, with its address
	}
	return tellsOrigin(plain) || !downloads.MatchString(plain) && !toGet.MatchString(plain)
}

// loadsAnother reports whether a program loads a model from another account than a
// model's, of the same name: a copied card shows the files of the original.
func loadsAnother(program, id string) bool {
	if !document.CallsModel.MatchString(program) || !strings.Contains(id, "/") {
		return false
	}
	other := false
	for _, m := range quotedID.FindAllStringSubmatch(program, MaxTitles) {
		if strings.EqualFold(m[1], id) {
			return false
		}
		other = other || identity.SameWork(m[1], id)
	}
	return other
}

// loadsOriginal reports whether the card of a copy in another format loads the original: it was
// taken over with that one's, and what it says is given out is the original.
func (in *Reader) loadsOriginal(d *audit.Document) bool {
	return d.Kind == audit.DocModelCard && d.Role == audit.RoleEnd && in.IsCopy() &&
		slices.ContainsFunc(in.Card(d).Code, func(c page.CodeBlock) bool {
			return loadsAnother(string(d.Body[c.Body.Start:c.Body.End]), d.PlaceID)
		})
}

// quotedID matches an id of a hub in a program.
var quotedID = pattern.MustCompile(`["']([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*)["']`)

// weightsAddress matches the address of a file of weights on a hub.
var weightsAddress = phrases.ExpressionOf("weights.weights-address")

// declaresLoader matches front matter that says with what a model is loaded.
var declaresLoader = pattern.MustCompile(`^library_name\s*:`)

// saysGiven is a statement of a page that names the model's files by which they, the
// model or its family are given out, or nil.
func (in *Reader) saysGiven(d *audit.Document, s Slot) *audit.Observation {
	for _, p := range in.Prose(d) {
		text := WithoutLinks(string(p.Raw()))
		if p.Kind == page.Row || !SaysGiven(text) || UnderLicence.MatchString(text) ||
			notYet.MatchString(text) ||
			!namesFiles.MatchString(text) && !thisModel.MatchString(text) && !in.FamilyWord.MatchString(text) ||
			in.OtherNumber(text) || in.Elsewhere(d, p.Raw()) || tellsOrigin(text) || notWeights.MatchString(text) {
			continue
		}
		if mode := whose.ModeOf(text); mode == audit.Done || mode == audit.Advice {
			note := offerNote(text, in.OfferedID(s.Published))
			said := []audit.Observation{audit.Observe(d, s.Published, "true", p.Span, note)}
			in.Requote(said)
			return &said[0]
		}
	}
	return nil
}

// OfferedID is the model whose files a fact is on: the audited one, or what it goes
// back to.
func (in *Reader) OfferedID(fact string) string {
	if strings.HasPrefix(fact, "weights.base.") && in.Subject.Base != "" {
		return in.RootBase(in.Subject.Base)
	}
	return cmp.Or(sources.HubID(in.Set, audit.RoleEnd), in.ID())
}

// MaxTitles bounds the places that are tried.
const MaxTitles = 8
