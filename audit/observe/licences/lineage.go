package licences

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/identity"
	"openness/audit/license"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// A pedigree is the audited model's page on the hub against one base.
type pedigree struct {
	in   *Reader
	base licence  // the base's licence, of its tag or text
	own  *licence // the model's, of its tag or text; nil where it states none
	card *audit.Document
	api  *audit.Document
}

// inherited reports where a model that was made from another's does not keep to
// the licence of that other: it claims more, drops what is to be passed on, or
// leaves undone what is to be shown or sent along. The makers of the base are
// bound by none of it.
func (in *Reader) inherited(all []licence) []conflict {
	p := pedigree{in: in, card: in.ownDocument(audit.DocModelCard), api: in.ownDocument(audit.DocModelAPI)}
	weights := ofComponent(all, "weights")
	for i, l := range weights {
		if l.source >= fromTag && !l.general && fromHub(l) && understood(l.id) {
			p.own = &weights[i]
			break
		}
	}
	var found []conflict
	declared := in.declaredBases()
	for _, base := range in.bases(all) {
		if !declared[strings.ToLower(base.doc.PlaceID)] ||
			identity.SameMaker(path.Dir(base.doc.PlaceID), path.Dir(in.ID())) ||
			strings.EqualFold(base.doc.PlaceID, in.ID()) {
			continue
		}
		p.base = base
		for _, check := range []func() (conflict, bool){p.claims, p.naming, p.display, p.missingText} {
			c, ok := check()
			if ok && !slices.ContainsFunc(found, func(f conflict) bool { return f.kind == c.kind }) {
				found = append(found, c)
			}
		}
	}
	return found
}

// declaredBases are the models, in small letters, that this one is declared to
// be made from: by the field or tag for it, of the model or of a base so
// declared, by a recipe for merging, a sentence or table of its card, or by the
// user. A base that was inferred from names will do to find documents, not to
// hold somebody to another's licence.
func (in *Reader) declaredBases() map[string]bool {
	declared := make(map[string]bool)
	for _, p := range in.Subject.Places {
		if p.Role == audit.RoleBase && (p.Given || in.saidToBeBase(p.ID) ||
			p.Stated() && strings.Contains(p.Reason, strconv.Quote(in.ID()))) {
			declared[strings.ToLower(p.ID)] = true
		}
	}
	from := func(d *audit.Document) {
		if d.Kind == audit.DocModelCard {
			for _, f := range in.Card(d).Front.All("base_model") {
				declared[strings.ToLower(f.Value)] = true
			}
			return
		}
		if m, err := hub.ParseModel(d.Body); err == nil {
			for _, id := range m.BaseModels {
				declared[strings.ToLower(id)] = true
			}
		}
	}
	docs := in.Of(audit.DocModelAPI, audit.DocModelCard)
	for range docs { // each round reaches one generation further, at least
		known := len(declared)
		for _, p := range in.Subject.Places {
			if p.Role == audit.RoleBase && p.Stated() && slices.ContainsFunc(in.Subject.Places, func(of audit.Place) bool {
				return declared[strings.ToLower(of.ID)] && strings.Contains(p.Reason, strconv.Quote(of.ID))
			}) {
				declared[strings.ToLower(p.ID)] = true
			}
		}
		for _, d := range docs {
			if document.Readable(d) && d.Place == audit.HubModel && (d.Role == audit.RoleEnd ||
				declared[strings.ToLower(d.PlaceID)]) {
				from(d)
			}
		}
		if len(declared) == known {
			break
		}
	}
	return declared
}

// saidMadeFrom matches words that say what a model was made from, in small letters.
var saidMadeFrom = phrases.ExpressionOf("licence.said-made-from")

// saidToBeBase reports whether the model's own card says in words, or in a table
// whose row or head does, that it was made from another.
func (in *Reader) saidToBeBase(id string) bool {
	own := in.ownDocument(audit.DocModelCard)
	if own == nil || len(identity.Squash(path.Base(id))) < identity.MinFamily {
		return false
	}
	name := strings.ToLower(path.Base(id))
	plain := strings.NewReplacer("-", " ", "_", " ")
	tabled := false
	for _, p := range in.Prose(own) {
		says := saidMadeFrom.MatchString(p.Text)
		if p.Kind == page.Row && strings.Contains(p.Text, "base model") {
			tabled = true // the head of a table of bases
		}
		here := strings.Contains(p.Text, name) || strings.Contains(plain.Replace(p.Text), plain.Replace(name)) ||
			len(document.Mentions(p.Raw(), id)) > 0
		if here && (says || tabled && p.Kind == page.Row &&
			strings.Contains(p.Text, strings.ToLower(path.Base(in.ID())))) {
			return true
		}
	}
	return false
}

// ownDocument is the audited model's own document of a kind on the hub, nil
// where it was not read.
func (in *Reader) ownDocument(kind audit.DocKind) *audit.Document {
	for _, d := range in.Of(kind) {
		if d.Role == audit.RoleEnd && d.Place == audit.HubModel && document.Readable(d) {
			return d
		}
	}
	return nil
}

// bases gives the licence of each base model on the hub, nearest first: the
// one of its text, or of its tag. What its prose says is not enough to hold
// another to it.
func (in *Reader) bases(all []licence) []licence {
	var found []licence
	for _, l := range ofComponent(all, "base") {
		if l.source < fromTag || !fromHub(l) || !understood(l.id) {
			continue
		}
		if !slices.ContainsFunc(found, func(f licence) bool { return f.doc.PlaceID == l.doc.PlaceID }) {
			found = append(found, l)
		}
	}
	slices.SortStableFunc(found, func(a, b licence) int {
		switch near := in.Subject.Base; {
		case strings.EqualFold(a.doc.PlaceID, near):
			return -1
		case strings.EqualFold(b.doc.PlaceID, near):
			return 1
		}
		return 0
	})
	return found
}

// conflict makes a finding about this base; done is what the model does, or
// does not.
func (p *pedigree) conflict(kind, done, asked string, at side) (conflict, bool) {
	sentence := fmt.Sprintf("lineage: %s; the base %s is under %s, which %s", done, p.base.doc.PlaceID, p.base.id,
		asked)
	return conflict{kind, sentence, at, p.base.side()}, true
}

// claims compares what the two licences grant.
func (p *pedigree) claims() (conflict, bool) {
	if p.own == nil || p.acknowledged() {
		return conflict{}, false
	}
	offered := "the weights are offered under " + p.own.id
	lifted, lifts := license.Lifts(p.base.id, p.own.id)
	if excess := license.Exceeds(p.base.id, p.own.id); len(excess) > 0 {
		if lifts {
			excess = append(excess, lifted)
		}
		var clauses []string
		for _, e := range excess {
			clauses = append(clauses, e.String())
		}
		return p.conflict("claims_more", offered, strings.Join(clauses, ", "), p.own.side())
	}
	duties, _ := license.DutiesOf(p.base.id)
	switch {
	case lifts && duties.PassOn != nil:
		return p.conflict("restrictions_dropped", offered+", without use restrictions",
			lifted.Clause+inSection(duties.PassOn)+" and asks that this is passed on", p.own.side())
	case !license.Accepts(p.base.id, p.own.id):
		return p.conflict("share_alike", offered, "asks for itself on what is derived"+inSection(duties.SameLicense),
			p.own.side())
	}
	return conflict{}, false
}

// former matches words that tell of a licence as one of the past.
var former = phrases.ExpressionOf("licence.former")

// acknowledged reports whether the model's page names the base's licence, if
// only in prose: then it does not hide it.
func (p *pedigree) acknowledged() bool {
	for _, l := range p.in.licences {
		if former.MatchString(quoted(l)) {
			continue // what it once was under is not what it is offered under
		}
		if l.component == "weights" && l.limit == nil && !l.vague && !l.unread && (sameLicence(l.id, p.base.id) ||
			license.FamilyOf(l.id) != "" && license.FamilyOf(l.id) == license.FamilyOf(p.base.id)) {
			return true
		}
	}
	return false
}

func inSection(d *license.Duty) string {
	if d == nil || d.Section == "" {
		return ""
	}
	return " (section " + d.Section + ")"
}

// converted matches names of copies in another format or precision, which are
// passed on rather than made anew.
var converted = pattern.MustCompile(`(?i)[-_.](gguf|ggml|gptq|awq|exl2|mlx|onnx|openvino|fp8|fp16|bf16|nf4` +
	`|(?:bnb[-_])?[2-8]bit|int[48]|q[2-8](?:_\w+)?|quantized|w[48]a(?:8|16))\b`)

// naming checks the name that the base's licence asks for.
func (p *pedigree) naming() (conflict, bool) {
	duties, _ := license.DutiesOf(p.base.id)
	name := path.Base(p.in.ID())
	if duties.Name == nil || converted.MatchString(name) || p.quantized() || fulfils(*duties.Name, name) {
		return conflict{}, false
	}
	at, ok := p.nameSide()
	if !ok {
		return conflict{}, false
	}
	where := "begin with"
	if duties.Name.Anywhere {
		where = "hold"
	}
	return p.conflict("naming", fmt.Sprintf("the model is named %q", name),
		fmt.Sprintf("asks that the name of what is made from it %s %q%s", where, duties.Name.Words[0],
			inSection(duties.Name)), at)
}

func fulfils(d license.Duty, name string) bool {
	return slices.ContainsFunc(d.Words, func(w string) bool {
		if d.Anywhere {
			return strings.Contains(identity.Squash(name), identity.Squash(w))
		}
		return strings.HasPrefix(identity.Squash(name), identity.Squash(w))
	})
}

// quantized reports whether the hub files the model as a quantised copy.
func (p *pedigree) quantized() bool {
	if p.api != nil && bytes.Contains(p.api.Body, []byte(`"base_model:quantized:`)) {
		return true
	}
	if p.card == nil {
		return false
	}
	relation, _ := p.in.Card(p.card).Front.First("base_model_relation")
	return relation.Value == "quantized"
}

// nameSide quotes the model's id in the hub's answer.
func (p *pedigree) nameSide() (side, bool) {
	if p.api == nil {
		return side{}, false
	}
	span, ok := document.JSONFields(p.api.Body)["id"]
	return side{p.api, span, "the model's name"}, ok
}

// display checks the phrase that the base's licence asks to be shown.
func (p *pedigree) display() (conflict, bool) {
	duties, _ := license.DutiesOf(p.base.id)
	if duties.Display == nil || p.card == nil {
		return conflict{}, false
	}
	shown := identity.Squash(string(p.card.Body))
	for _, phrase := range duties.Display.Words {
		if strings.Contains(shown, identity.Squash(phrase)) {
			return conflict{}, false
		}
	}
	at := side{p.card, p.titleOf(p.card), "the card, read to its end, does not show it"}
	return p.conflict("attribution", "the card does not show the phrase that is asked for",
		fmt.Sprintf("asks for %q on the page, the documentation or the like%s", duties.Display.Words[0],
			inSection(duties.Display)), at)
}

// TitleOf is the first heading of a page, or its first line.
func (p *pedigree) titleOf(d *audit.Document) audit.Span {
	for _, s := range p.in.Card(d).Sections {
		if s.Level > 0 && s.Title.End > s.Title.Start {
			return page.Clip(d.Body, s.Title, s.Title.Start)
		}
	}
	return page.Line(d.Body, firstText(d.Body))
}

// missingText looks for the copy of the licence that has to go along.
func (p *pedigree) missingText() (conflict, bool) {
	duties, _ := license.DutiesOf(p.base.id)
	if duties.Copy == nil || p.api == nil {
		return conflict{}, false
	}
	span, ok := document.JSONFields(p.api.Body)["siblings"]
	if !ok {
		return conflict{}, false // the list of files is not known
	}
	var files []struct {
		Name string `json:"rfilename"`
	}
	if json.Unmarshal(p.api.Body[span.Start:span.End], &files) != nil || len(files) == 0 {
		return conflict{}, false
	}
	for _, f := range files {
		if hub.IsLegal(f.Name) || strings.Contains(strings.ToLower(f.Name), "licen") {
			return conflict{}, false
		}
	}
	done := fmt.Sprintf("none of the model's %d files is a licence", len(files))
	return p.conflict("missing_text", done, "asks that a copy of it goes along"+inSection(duties.Copy),
		side{p.api, page.Clip(p.api.Body, span, span.Start), "the list of files"})
}
