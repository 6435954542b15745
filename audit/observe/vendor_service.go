package observe

import (
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/data"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/page/web"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What the pages of a maker that publishes no weights say that is not given out.
// That a model runs as a service only, that its weights, its data or its making are
// kept, and what terms of use grant, are read from sentences: a page that is silent
// closes nothing.

// A withheld is a kind of sentence by which a maker says that something is not
// given out, and the facts that it settles.
type withheld struct {
	facts   []string
	note    string
	pattern *pattern.Regexp
	not     []*pattern.Regexp // what makes it another sentence
}

// elsewhereOnly are sentences on where or when a service is not to be had.
var elsewhereOnly = phrases.ExpressionOf("observe.elsewhere-only")

var withholdings = []withheld{
	{facts: []string{"weights.end.published", "license.weights.openness"},
		note:    "The maker says that the weights are not given out.",
		pattern: phrases.ExpressionOf("observe.withheld-weights"),
		not:     []*pattern.Regexp{elsewhereOnly}},
	{facts: []string{"weights.end.published", "license.weights.openness"},
		note:    "The maker says that the model runs as a service only.",
		pattern: phrases.ExpressionOf("observe.service-only"),
		not:     []*pattern.Regexp{phrases.ExpressionOf("observe.part-of-service"), elsewhereOnly}},
	{facts: []string{"weights.end.published", "license.weights.openness", "code.training.pretraining",
		"code.training.entry", "code.training.finetuning", "code.training.preference", "code.data_processing",
		"code.documentation"},
		note:    "The maker calls the model proprietary or closed.",
		pattern: phrases.ExpressionOf("observe.called-proprietary")},
	{facts: []string{"docs.architecture"}, note: "The maker says that the structure of the model is not told.",
		pattern: untold(`architectures?|model size|structure|parameter counts?|网络结构|模型结构|参数规模`)},
	{facts: []string{"docs.hardware"}, note: "The maker says that the machines of the training are not told.",
		pattern: untold(`hardware|training compute|compute|infrastructure|算力|硬件`)},
	{facts: []string{"data.pretraining.disclosure", "data.finetuning.disclosure"},
		note:    "The maker says that the training data is not told.",
		pattern: untold(`data ?set construction|training data|datasets?|data sources|composition of the data|训练数据|数据集`)},
	{facts: []string{"code.training.pretraining", "code.training.entry", "code.training.finetuning",
		"code.training.preference"}, note: "The maker says that the training code is not given out.",
		pattern: untold(`training code|source code|training scripts|codebase|训练代码|源代码`)},
}

// untold matches a sentence that says of some things that they are not told or given out.
func untold(things string) *pattern.Regexp {
	// The pieces are joined by hand: a sentence names the thing before or behind what is said of it.
	nothing := `(?:no (?:further |more |other )?(?:details?|information)|not (?:to )?(?:disclos\w+|publish\w*` +
		`|releas\w+|shar\w+|reveal\w*|provid\w+|descri\w+|public\w*|available)|do(?:es)? not (?:disclose|publish` +
		`|release|share|reveal|provide|describe)|(?:kept|remains?|is|are) (?:confidential|secret|proprietary` +
		`|undisclosed)|(?:不|未|没有|不予|尚未)(?:予|对外)?(?:披露|公开|公布|开放))`
	return pattern.MustCompile(`(?i)\b` + nothing + `\b[^.;。]{0,140}(?:` + things + `)|(?:` + things + `)[^.;。]{0,60}` +
		nothing)
}

// selfWord is how a page speaks of the model that it is about.
var selfWord = phrases.ExpressionOf("observe.self-word")

// termsPage matches the address or title of a page of terms.
var termsPage = pattern.MustCompile(`(?i)\b(?:terms|policies|policy|legal|agreement|tos|eula|conditions)\b|条款|协议|政策`)

// serviceTerms are clauses by which terms grant a use of a service and keep the model.
var serviceTerms = phrases.ExpressionOf("observe.service-terms")

// A vendorStatement is a sentence or block of a page of the maker's.
type vendorStatement struct {
	text string
	span audit.Span
}

// withheldBy reads what a page says is not given out. On a page of terms, or one
// that is not about the model, a sentence must name it.
func (in *input) withheldBy(d *audit.Document, title string, statements []vendorStatement) []audit.Observation {
	terms := termsPage.MatchString(title) || termsPage.MatchString(strings.ReplaceAll(d.URL, "/", " "))
	about := !terms && in.FamilyWord.MatchString(title) && !in.OtherNumber(title)
	var found []audit.Observation
	settled := make(map[string]bool)
	for _, s := range statements {
		if s.span.End-s.span.Start > page.LongestSentence {
			continue
		}
		if (in.FamilyWord.MatchString(s.text) || about && selfWord.MatchString(s.text)) && !in.OtherNumber(s.text) {
			for _, w := range withholdings {
				if settled[w.note] || !w.pattern.MatchString(s.text) ||
					slices.ContainsFunc(w.not, func(r *pattern.Regexp) bool { return r.MatchString(s.text) }) {
					continue
				}
				settled[w.note] = true
				for _, fact := range w.facts {
					found = append(found, saidNot(d, fact, s.span, w.note))
				}
				if strings.HasPrefix(w.facts[0], "weights.") {
					found = append(found, audit.Observe(d, "model.closed", "true", s.span, w.note))
				}
			}
		}
		if terms && !settled["terms"] && serviceTerms.MatchString(s.text) {
			settled["terms"] = true
			found = append(found, saidNot(d, "license.weights.openness", s.span,
				"The terms grant a use of the service and keep the model: no licence of the weights."))
		}
	}
	return found
}

// saidNot observes that a fact does not hold, as a passage says.
func saidNot(d *audit.Document, fact string, span audit.Span, note string) audit.Observation {
	o := audit.Observe(d, fact, "", span, note)
	o.Finding = audit.NotThere
	return o
}

// statementsOf are the blocks of a page.
func statementsOf(page *web.Page) []vendorStatement {
	var all []vendorStatement
	for _, b := range page.Blocks {
		if !b.Heading {
			all = append(all, vendorStatement{b.Text, b.Span})
		}
	}
	return all
}

// reportStatements are the sentences of a report.
func (in *input) reportStatements(d *audit.Document) []vendorStatement {
	var all []vendorStatement
	for _, p := range in.Prose(d) {
		if !sources.OthersPart.MatchString(p.Heading) {
			all = append(all, vendorStatement{string(document.Bytes(d, p.Span)), p.Span})
		}
	}
	return all
}

// saysService reports whether one of the maker's pages or reports says that the
// weights are not given out.
func saysService(found []audit.Observation) bool {
	return slices.ContainsFunc(found, func(o audit.Observation) bool {
		return o.Fact == "weights.end.published" && o.Finding == audit.NotThere && o.Quote != ""
	})
}

// baseWithheld says of the base what makers say of the model: where they tell what
// they trained it on, it has no other base, and its weights are those that they keep.
func baseWithheld(found []audit.Observation) []audit.Observation {
	if !sources.Found(found, data.PreData) {
		return nil
	}
	var out []audit.Observation
	for _, o := range found {
		if o.Fact == "weights.end.published" && o.Finding == audit.NotThere && o.Quote != "" {
			o.Fact, o.Note = "weights.base.published", o.Note+" They trained it themselves."
			out = append(out, o)
		}
	}
	return out
}

// lookAtService looks for the maker's word on whether the weights are given out:
// where no page says that they are not, each page that was read leaves it open.
func (in *input) lookAtService(bool) sources.Look {
	var l sources.Look
	pages := in.site()
	for _, p := range pages {
		if saysService(p.said) {
			l.Read = append(l.Read, p.Document)
		}
	}
	if len(l.Read) > 0 {
		return l
	}
	for _, p := range pages {
		switch u, missing := sources.Unlooked(in.Set, p.Document); {
		case missing:
			l.Lost = append(l.Lost, u)
		case p.read || p.report != nil:
			l.Lost = append(l.Lost, sources.NotFetched(p.Document,
				"the page was read and does not say whether the weights are given out."))
		default:
			l.Lost = append(l.Lost, sources.Unreadable(p.Document, "it could not be read: a form to sign in, or no page."))
		}
	}
	return l
}

// lookAtServiceBase looks for the same word on the base: a service may stand on
// weights that somebody else gives out, so that the maker must tell of its training.
func (in *input) lookAtServiceBase(found bool) sources.Look {
	l := in.lookAtService(found)
	trained := slices.ContainsFunc(in.site(), func(p sitePage) bool { return sources.Found(p.said, data.PreData) })
	if trained || len(l.Read) == 0 {
		return l
	}
	var lost []sources.Unread
	for _, d := range l.Read {
		lost = append(lost, sources.NotFetched(d, "the model is a service, and no page says what it was made from."))
	}
	return sources.Look{Lost: lost}
}

// archivedReports are the texts of papers on an archive that the catalogue or the
// user names for a model without a page on a hub.
func (in *input) archivedReports() []*audit.Document {
	var all []*audit.Document
	for _, d := range in.Of(audit.DocProse) {
		if document.IsText(d) && d.Place == audit.ArXivPaper && d.Role == audit.RolePaper && (!document.Readable(d) ||
			in.TellsOfModel(d)) {
			all = append(all, d)
		}
	}
	return all
}
