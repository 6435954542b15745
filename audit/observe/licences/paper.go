package licences

import (
	"openness/audit"
	"openness/audit/observe/sources"
	"openness/audit/phrases"
)

var (
	// licensed is how a paper puts what it gives out under a licence.
	licensed = phrases.ExpressionOf("licence.licensed")
	// ofThings are words for what is licensed.
	ofThings = phrases.ExpressionOf("licence.of-things")
)

// paperLicences reads the statements of a paper that put its own model, code or data
// under a licence. A name of the model without a word for a part is its weights.
func (in *Reader) paperLicences(d *audit.Document) []licence {
	var out []licence
	for _, t := range in.Announcements(d) {
		named := in.FamilyWord.MatchString(t.Text)
		if !licensed.MatchString(t.Text) || !named && !sources.Giver.MatchString(t.Text) &&
			!ofThings.MatchString(t.Text) {
			continue
		}
		w := in.WholeText(d)
		found := in.statedLicences(w, t.Span, false)
		if named && !ofThings.MatchString(t.Text) {
			found = onlyOf(found, componentFor(w))
		}
		out = append(out, found...)
	}
	return out
}

// onlyOf gives readings that were taken for one of a whole to one component.
func onlyOf(found []licence, component string) []licence {
	var out []licence
	for _, l := range found {
		l.component, l.general, l.ofCode = component, false, false
		if len(out) == 0 || out[len(out)-1].id != l.id {
			out = append(out, l)
		}
	}
	return out
}
