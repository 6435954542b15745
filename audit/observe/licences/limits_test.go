package licences

import (
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/license"
)

// TestLimitIn: the wording of limits in the languages of the phrase book, and
// sentences that sound alike and limit nothing.
func TestLimitIn(t *testing.T) {
	no, ask := license.Forbidden, license.Conditional
	for text, want := range map[string]limit{
		"The checkpoint is licensed for research use only.": {commercial: no,
			research: true},
		"The weights are released for academic research purposes only.": {commercial: no,
			research: true},
		"These files can only be used for research.": {commercial: no,
			research: true},
		"Use is limited to non-commercial research.": {commercial: no,
			research: true},
		"It is for non-commercial.":                                {commercial: no},
		"Commercial use of the model is strictly prohibited.":      {commercial: no},
		"The model may not be used for any commercial purpose.":    {commercial: no},
		"You must not sell it.":                                    {commercial: no},
		"For commercial use, please contact the authors.":          {commercial: ask},
		"Commercial use requires a separate licence.":              {commercial: ask},
		"Free for research, but needs authorization for commerce.": {commercial: ask},
		"The licence does not permit commercial use.":              {commercial: no},
		"该模型不能用于商业用途。":                                             {commercial: no},
		"不允许商业使用。":                                                 {commercial: no},
		"This model is for research purposes only and restricted from any commercial use": {commercial: no,
			research: true},
		"The utilization of the model for commercial purposes is precluded.": {commercial: no},
		"The model must not be used for military purposes.":                  {uses: true},
		"CC BY-SA 4.0, with additional use restrictions.":                    {uses: true},
		"本模型仅供学术研究使用。": {commercial: no,
			research: true},
		"禁止将模型用于商业用途。":    {commercial: no},
		"如需商用，请联系我们获取授权。": {commercial: ask},
		"本モデルは研究目的のみに利用できます。": {commercial: no,
			research: true},
		"商用利用は禁止されています。":       {commercial: no},
		"商用利用についてはお問い合わせください。": {commercial: ask},
		"이 모델은 연구 목적으로만 사용할 수 있습니다.": {commercial: no,
			research: true},
		"상업적 이용은 금지됩니다.": {commercial: no},
		"Utilisation réservée à la recherche.": {commercial: no,
			research: true},
		"Toute utilisation commerciale est interdite.": {commercial: no},
		"Nur für Forschungszwecke.": {commercial: no,
			research: true},
		"Die kommerzielle Nutzung ist untersagt.": {commercial: no},
		"Solo para fines de investigación.": {commercial: no,
			research: true},
		"El uso comercial está prohibido.":                                                    {commercial: no},
		"The model is free for both commercial and non-commercial use.":                       {},
		"It supports commercial use.":                                                         {},
		"- Non-commercial entities":                                                           {},
		"Use is not limited to research.":                                                     {},
		"Unlike its predecessor, which was non-commercial, it is under MIT.":                  {},
		"It is available under Apache 2.0, allowing commercial use, without any royalties.":   {},
		"It is evaluated on academic benchmarks.":                                             {},
		"The model should not be used for medical advice.":                                    {},
		"We recommend using it only for research.":                                            {},
		"Researchers at the university trained it on personal computers.":                     {},
		"本模型允许商业使用。":                                                                          {},
		"授予您不可转让、不可再许可的商业版权许可。":                                                               {},
		"无论商用还是非商用，均须获得授权。":                                                                   {commercial: no},
		"无论商用还是非商用均可，但须获得授权。":                                                                 {commercial: ask},
		"无论商用还是非商用均可。":                                                                        {},
		"商用・非商用を問わず、利用を禁止します。":                                                                {commercial: no},
		"商用・非商用を問わず利用できます。":                                                                   {},
		"Une association sans but lucratif l'a entraîné.":                                     {},
		"Le modèle est mis à disposition sans but lucratif.":                                  {commercial: no},
		"Réservé aux associations sans but lucratif.":                                         {commercial: no, research: true},
		"Il ne peut être utilisé que par une association sans but lucratif.":                  {commercial: no},
		"Please cite the paper if you use this for research.":                                 {},
		"The intended use case for it is fiction solely for personal entertainment purposes.": {},
	} {
		l, at, end, ok := limitIn(strings.ToLower(text))
		if l != want || ok != (want != limit{}) {
			t.Errorf("%q: %+v (%v), want %+v", text, l, ok, want)
		}
		if ok && (at < 0 || end <= at || end > len(text)) {
			t.Errorf("%q: the limit is at %d to %d", text, at, end)
		}
	}
}

// TestLimitClauses: what a clause says can be read back from it.
func TestLimitClauses(t *testing.T) {
	for _, l := range []limit{{commercial: license.Forbidden, research: true}, {commercial: license.Forbidden},
		{commercial: license.Conditional}, {uses: true},
		{commercial: license.Forbidden, research: true, uses: true}, {commercial: license.Conditional, uses: true}} {
		if got, ok := limitOfClause(l.clause()); !ok || got != l {
			t.Errorf("%q is read back as %+v", l.clause(), got)
		}
	}
	if _, ok := limitOfClause("large licensees need a licence of their own (section 2)"); ok {
		t.Error("a clause of a known licence is taken for a limit in prose")
	}
}

// TestWhatALimitIsAbout: whose object a limit is about decides what it covers.
func TestWhatALimitIsAbout(t *testing.T) {
	for text, want := range map[string]string{
		"The data, code, and checkpoint are licensed for research use only.":             "weights code data",
		"The dataset is for non-commercial use.":                                         "data",
		"Our code is free for research, but needs authorization for commerce.":           "code",
		"The code is under MIT; the weights are for non-commercial use.":                 "weights",
		"Generated images may not be used for commercial purposes.":                      "",
		"The online demo is a research preview intended for non-commercial use only.":    "",
		"For commercial use, please contact us.":                                         "weights",
		"Commercial use of the model is not permitted.":                                  "weights",
		"The training code of the model is released for non-commercial use.":             "code",
		"WombatNet-3B is for non-commercial use.":                                        "", // another model
		"- [Wombat-3B](https://huggingface.co/rival/Wombat-3B): for research only.":      "",
		"| [Wombat-3B](https://huggingface.co/rival/Wombat-3B) | non-commercial |":       "",
		"Falco is based on others' work; thanks to the authors of a non-commercial tool": "",
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", "# Falco\n\n"+text+"\n")
		in := newInput(model("acme/Falco-7B", ""), []audit.Document{d})
		found := map[string]bool{}
		for _, l := range in.pageLimits(&in.Docs[0]) {
			found[l.component] = true
		}
		var got []string
		for _, c := range components {
			if found[c] {
				got = append(got, c)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q is about %q, want %q", text, got, want)
		}
	}
}
