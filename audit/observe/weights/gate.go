package weights

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What pages ask for before the download of a model's files.

// A gatePattern recognises one way in which a page asks for something before
// the download.
type gatePattern struct {
	value   string
	pattern *pattern.Regexp
}

// gates go from the strongest to the weakest. A person decides where a request
// is approved or a form is read; an agreement alone is granted at once.
var gates = []gatePattern{
	{"manual", phrases.ExpressionOf("weights.gate-granted")},
	{"manual", phrases.ExpressionOf("weights.gate-access")},
	{"manual", phrases.ExpressionOf("weights.gate-by-form")},
	{"manual", phrases.ExpressionOf("weights.gate-form-first")},
	{"automatic", phrases.ExpressionOf("weights.gate-terms")},
	{"automatic", phrases.ExpressionOf("weights.gate-must-accept")},
	{"manual", pattern.MustCompile(`(?:申请|填写)[^\n。]{0,30}(?:下载|权重)|(?:下载|权重)[^\n。]{0,30}(?:申请表|填写)`)},
	{"automatic", phrases.ExpressionOf("weights.gate-log-in")},
	{"automatic", pattern.MustCompile(`(?i)\bgated (?:repos?|model|repositor\w+|access)\b`)},
}

// notOwnGate matches a line that speaks of leave for commercial use, of use in
// general or of reading, not of this model's download.
var notOwnGate = phrases.ExpressionOf("weights.not-own-gate")

// decided matches what the text of a hub's form says of requests where somebody decides
// on them. Alone it shows no gate, for the text stays where the gate is taken away.
var decided = phrases.ExpressionOf("weights.decided")

// gateSentence finds the line of a page that asks for something before the
// download. Base and end model are looked for on the same pages, so what was
// found is kept.
func (in *Reader) gateSentence(d *audit.Document) (document.Reading, bool) {
	found := in.asks.Of(d, in.readGate)
	return found, found.Value != ""
}

func (in *Reader) readGate(d *audit.Document) document.Reading {
	front := in.Card(d).Body.Start // there stands the text of a form, which may be there no more
	end := in.pastedFrom(d)
	for _, g := range gates {
		for _, at := range g.pattern.FindAllIndex(d.Body[front:end], 20) {
			at[0] += front
			span := in.Said(d, at[0])
			if text := d.Body[span.Start:span.End]; !notOwnGate.Match(text) && !in.Elsewhere(d, text) &&
				!kin.InParts(in.BaseParts(d), span.Start) {
				if at := decided.FindIndex(d.Body[:front]); at != nil {
					return document.Reading{Value: "manual", Span: audit.Span{Start: at[0], End: at[1]}}
				}
				return document.Reading{Value: g.value, Span: span}
			}
		}
	}
	return document.Reading{}
}

// pastedFrom is where the card of the original is pasted into a copy's, as it was: what
// stands before that download stands not before the copy's. It is the end of the page
// where nothing was.
func (in *Reader) pastedFrom(d *audit.Document) int {
	if in.repeatsTwin(d) {
		return in.Card(d).Body.Start
	}
	if d.Role == audit.RoleEnd && in.IsCopy() {
		c := in.Card(d)
		for i := 1; i < len(c.Sections); i++ {
			if heading := strings.ToLower(c.Sections[i].Heading); kin.Original.MatchString(heading) &&
				kin.BaseHeading.MatchString(heading) {
				return max(c.Sections[i].Title.Start, c.Body.Start)
			}
		}
	}
	return len(d.Body)
}

// repeatsTwin reports whether a card loads or links a model that bears the whole name of its
// own and is another account's: it was taken over with that one's, and so is what it asks for.
func (in *Reader) repeatsTwin(d *audit.Document) bool {
	return d.Kind == audit.DocModelCard && d.Role == audit.RoleEnd && slices.ContainsFunc(
		document.Mentions(d.Body, path.Base(d.PlaceID)), func(at audit.Span) bool {
			owner := ownerBefore.FindSubmatch(d.Body[max(0, at.Start-maxOwner):at.Start])
			return owner != nil && !identity.SameMaker(string(owner[1]), identity.Owner(d.PlaceID))
		})
}

// ownerBefore matches the owner of an id before its name, in an address or within quotes.
var ownerBefore = pattern.MustCompile(`(?:["'\x60]|(?:huggingface\.co|hf\.co)/)([A-Za-z0-9][\w.-]*)/$`)

// maxOwner is how far back that is looked for.
const maxOwner = 80

// othersDownload reports whether a page is of a repository of other makers that does not name the model's
// page on the hub: what stands before their own download does not stand before that of a copy or a tune.
func (in *Reader) othersDownload(d *audit.Document, s Slot) bool {
	id := sources.HubID(in.Set, s.Role)
	return d.Place == audit.GitHubRepo && id != "" && !identity.SameMaker(identity.Owner(d.PlaceID), identity.Owner(id)) &&
		len(document.Mentions(d.Body, id)) == 0
}

// gateInProse finds pages that ask for something before the download, where the
// hub's own answer did not settle it.
func (in *Reader) gateInProse(pages []*audit.Document, s Slot, known []audit.Observation) []audit.Observation {
	if sources.Found(known, s.Gate) {
		return nil
	}
	for _, d := range pages {
		if in.othersDownload(d, s) {
			continue
		}
		if g, ok := in.gateSentence(d); ok {
			out := []audit.Observation{audit.Observe(d, s.Gate, g.Value, g.Span,
				"the page asks for this before the download")}
			if !sources.Found(known, s.Published) && !in.hubHoldsNone(known, s) {
				out = append(out, audit.Observe(d, s.Published, "true", g.Span, "the page says how to get the weights"))
			}
			return out
		}
	}
	return nil
}
