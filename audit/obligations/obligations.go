// Package obligations says what the licences of a model ask of whoever uses it, and
// whether a use that a company has in mind is one that they allow.
//
// What comes in is a model's observations and the documents that were read; what
// comes out are duties and answers, each with the licence, the clause and the
// sentence that decides. All licences down the lineage bind: those of the weights
// and those of every model that they were made from. Nothing is taken to be allowed
// because nobody said otherwise: a licence that was not read, terms that are not
// known and statements that contradict each other leave an answer undetermined.
//
// It is a reading of texts by rule and no legal advice.
package obligations

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/license"
)

// The components that a licence can be of.
const (
	Weights = "weights"
	Base    = "base"
	Code    = "code"
	Data    = "data"
)

// A Licence is one that binds whoever uses the model.
type Licence struct {
	ID        string        `json:"id"`        // SPDX id or LicenseRef-
	Name      string        `json:"name"`      // as people say it
	Component string        `json:"component"` // weights, base, code or data
	Of        string        `json:"of"`        // whose: the model, a model that it was made from, a repository
	URL       string        `json:"url"`       // where the text stands
	Evidence  Evidence      `json:"evidence"`  // what says that this is the licence
	Terms     license.Terms `json:"-"`
	// Notices are what has to go along word by word: the copyright lines of its text, where that may
	// be passed on freely with them, and the NOTICE that lies beside it.
	Notices []Notice `json:"-"`
	known   bool
	text    *textOf // its text, where it was read
	one     string  // of an expression the licence that is asked; else empty
}

// part is the licence that is asked: what a changed text was made from, and of an
// expression one of its licences.
func (l Licence) part() string { return cmp.Or(l.one, parts(l.ID)[0]) }

// Evidence is a place in a stored document.
type Evidence struct {
	URL    string `json:"url"`
	SHA256 string `json:"sha256"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Quote  string `json:"quote"`
}

// A Bound is a model with all licences that bind who uses it.
type Bound struct {
	Model    string
	Licences []Licence
	// Unsettled are the reasons for which the list may not be all, or not right.
	Unsettled []Unsettled
	Stale     string // what to say of sources that fail now, for which earlier looks stand in
	facts     map[string][]audit.Observation
	places    map[string]string // the place of each document, by its address
}

// An Unsettled is a question that what was read leaves open.
type Unsettled struct {
	Component string   `json:"component"`
	Reason    string   `json:"reason"`
	LookUp    string   `json:"look_up"` // what to look at
	Evidence  Evidence `json:"evidence"`
}

// Gather collects the licences that bind. body gives the bytes of a stored
// document, nil where they are not here.
func Gather(s audit.Subject, observations []audit.Observation, documents []audit.Document,
	body func(sha256 string) []byte) Bound {
	b := Bound{Model: s.ID, facts: make(map[string][]audit.Observation),
		places: make(map[string]string)}
	for _, d := range documents {
		b.places[d.URL] = d.PlaceID
	}
	for _, o := range observations {
		b.facts[o.Fact] = append(b.facts[o.Fact], o)
	}
	texts := legalTexts(documents, body)
	b.component(Weights, s.ID, texts)
	b.lineage(s, texts)
	b.component(Code, s.ID, texts)
	b.component(Data, s.ID, texts)
	b.shareTexts()
	b.contradictions()
	return b
}

// legalTexts are the licence files that were read, by the place that served them, and the
// cards, which may hold a licence's text.
func legalTexts(documents []audit.Document, body func(string) []byte) map[string][]textOf {
	texts := make(map[string][]textOf)
	for _, d := range documents {
		if d.Kind != audit.DocLicense && d.Kind != audit.DocModelCard || d.SHA256 == "" {
			continue
		}
		if text := body(d.SHA256); len(text) > 0 {
			key := strings.ToLower(d.PlaceID)
			texts[key] = append(texts[key], textOf{doc: d, body: text})
		}
	}
	return texts
}

// component adds the licence of one component, as the facts name it.
func (b *Bound) component(component, of string, texts map[string][]textOf) {
	fact := "license." + component + ".id"
	for _, o := range b.facts[fact] {
		if o.Finding == audit.Present && o.Value != "" {
			whose := of
			if o.Role == audit.RoleData {
				whose = b.placeOf(o, of) // a data set has a licence of its own
			}
			if !slices.ContainsFunc(b.Licences, func(l Licence) bool {
				return l.Component == component && l.ID == o.Value && l.Of == whose
			}) {
				b.Licences = append(b.Licences, b.made(o.Value, component, whose, o, texts))
			}
			if component != Data {
				return // the strongest goes first; data sets have one each
			}
		}
	}
	if component != Weights {
		return // what has no licence of its own is not looked for further
	}
	why := "no statement of a licence of the weights was found"
	var at Evidence
	for _, o := range b.facts[fact] {
		if o.Note != "" {
			why, at = o.Note, evidence(o)
			break
		}
	}
	b.Unsettled = append(b.Unsettled, Unsettled{component, why, "the page and the licence file of " + of, at})
}

// lineage adds the licences of what the model was made from.
func (b *Bound) lineage(s audit.Subject, texts map[string][]textOf) {
	told := make(map[string]bool)
	for _, o := range b.facts["license.lineage"] {
		of, id, _ := strings.Cut(o.Value, " ")
		if o.Finding == audit.Present {
			told[strings.ToLower(of)] = true
			b.Licences = append(b.Licences, b.made(id, Base, of, o, texts))
			continue
		}
		b.Unsettled = append(b.Unsettled, Unsettled{Base, o.Note, o.URL, evidence(o)})
		of, _, _ = strings.Cut(o.Note, " ")
		told[strings.ToLower(of)] = true
	}
	for _, p := range s.Places {
		parent := p.Role == audit.RoleBase && p.Kind == audit.HubModel || p.UnreadBase()
		if parent && !told[strings.ToLower(p.ID)] && !strings.EqualFold(p.ID, s.ID) {
			b.Unsettled = append(b.Unsettled, Unsettled{Base, p.ID + ": its licence was not looked at", p.URL,
				Evidence{URL: p.URL}})
		}
	}
	if s.Base != "" || len(told) > 0 || b.present("weights.base.own") || b.present("weights.base.published") {
		return
	}
	b.Unsettled = append(b.Unsettled, Unsettled{Base, "what the model was made from is not known",
		"the page of " + s.ID, Evidence{}})
}

func (b *Bound) present(fact string) bool {
	return slices.ContainsFunc(b.facts[fact], func(o audit.Observation) bool { return o.Finding == audit.Present })
}

// undone are the conflicts that leave a duty undone: they put no term in doubt.
var undone = map[string]bool{"naming": true, "attribution": true, "missing_text": true}

// contradictions adds the statements that cannot both hold.
func (b *Bound) contradictions() {
	seen := make(map[string]bool)
	for _, fact := range slices.Sorted(maps.Keys(b.facts)) {
		kind, ok := strings.CutPrefix(fact, "license.conflict.")
		if !ok || undone[kind] {
			continue
		}
		for _, o := range b.facts[fact] {
			component, _, _ := strings.Cut(o.Value, ":")
			if o.Finding != audit.Present || seen[o.Value] {
				continue
			}
			seen[o.Value] = true
			if component == "lineage" {
				component = Weights
			}
			b.Unsettled = append(b.Unsettled, Unsettled{component, "two statements contradict each other: " + o.Value,
				o.URL, evidence(o)})
		}
	}
	slices.SortStableFunc(b.Unsettled, func(a, c Unsettled) int {
		return strings.Compare(a.Component+a.Reason, c.Component+c.Reason)
	})
}

func evidence(o audit.Observation) Evidence {
	return Evidence{o.URL, o.SHA256, o.Start, o.End, o.Quote}
}

// made is a licence with its terms and, where it was read, its text.
func (b *Bound) made(id, component, of string, o audit.Observation, texts map[string][]textOf) Licence {
	l := Licence{ID: id, Name: id, Component: component, Of: of, Evidence: evidence(o)}
	l.Terms, l.known = license.Read(id)
	if l.known && l.Terms.Name != "" {
		l.Name = l.Terms.Name
	}
	original, _ := license.Original(id)
	place := strings.ToLower(b.placeOf(o, of))
	if texts[place] == nil {
		place = strings.ToLower(placeID(of)) // it was read in a paper or on a vendor's page: no licence file lies there
	}
	for _, t := range texts[place] {
		if t.doc.Kind == audit.DocModelCard {
			if l.text == nil && heldIn(t.doc, t.body, original) {
				l.text, l.URL = &t, t.doc.URL
			}
			continue
		}
		found := license.Identify(t.body)
		if found.License == original || slices.ContainsFunc(found.Matches, func(m license.Match) bool {
			return m.License == original
		}) ||
			t.doc.SHA256 == o.SHA256 {
			l.text = &t
			l.URL = t.doc.URL
			if own, ok := found.Terms(); ok && found.License == original {
				l.Terms, l.known = own, true // figures and territory of the text at hand
			}
			l.Notices = append(l.Notices, l.copyrights()...)
			break
		}
	}
	for _, t := range texts[place] {
		if ownNotice(t.doc) {
			l.Notices = append(l.Notices, noticeOf(t))
		}
	}
	if l.URL == "" {
		l.URL = cmp.Or(address(original, l.Terms), o.URL) // else the page that names it
	}
	return l
}

// placeOf is the place that an observation was read at: a licence file lies there.
func (b *Bound) placeOf(o audit.Observation, of string) string {
	return cmp.Or(b.places[o.URL], placeID(of))
}

// placeID is the id of a place by what names a model.
func placeID(of string) string { return strings.TrimPrefix(of, "github:") }

// address is where a licence's text stands in public.
func address(id string, t license.Terms) string {
	switch {
	case len(t.URLs) > 0:
		return "https://" + t.URLs[0]
	case !strings.HasPrefix(id, "LicenseRef-") && !strings.Contains(id, " "):
		return fmt.Sprintf("https://spdx.org/licenses/%s.html", id)
	}
	return ""
}
