package licences

import (
	"openness/audit"
	"openness/audit/observe/sources"
	"openness/audit/pattern"
)

var (
	// licensed is how a paper puts what it gives out under a licence.
	licensed = pattern.MustCompile(`\bunder\b.{0,100}\blicen[cs]es?\b|\bunder (?:the |an? )?(?:apache|mit\b|bsd` +
		`|cc[- ]by|openrail|gpl|lgpl|agpl|creative commons)|\blicen[cs]ed (?:under|as)\b|许可|协议`)
	// ofThings are words for what is licensed.
	ofThings = pattern.MustCompile(`\b(?:models?|weights?|checkpoints?|parameters|code|codebase|scripts?|software` +
		`|datasets?|data|corpus)\b|模型|权重|代码|数据`)
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
