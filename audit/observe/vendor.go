package observe

import (
	"bytes"
	"fmt"

	"openness/audit"
	"openness/audit/pattern"
	"openness/audit/web"
)

// vendor reads the pages of an organisation that publishes no weights: what
// they say is observed, and what a reader would have to find there and does
// not is said to be absent, with the pages that were read in vain. Subjects
// with a hub model are left to the other themes.
func vendor(in *input) []audit.Observation {
	pages := in.of(audit.DocWeb)
	if len(pages) == 0 || hasHubModel(in.subject) {
		return nil
	}
	var found []audit.Observation
	var read, lost []*audit.Document
	var reports []report
	for _, d := range pages {
		if !readable(d) { // also a 404: a page that is gone tells nothing of what it said
			lost = append(lost, d)
			continue
		}
		if isPDF(d) {
			r := report{d, in.textOf(d)}
			reports = append(reports, r)
			found = append(found, in.readReport(r)...)
			continue
		}
		said, ok := readVendorPage(d)
		if !ok {
			lost = append(lost, d)
			continue
		}
		read = append(read, d)
		found = append(found, said...)
	}
	silent := vendorSilence(found, read, lost)
	silent = append(silent, reportSilence(found, reports, len(read) > 0)...)
	return append(found, silent...)
}

func isPDF(d *audit.Document) bool { return bytes.HasPrefix(d.Body, []byte("%PDF-")) }

func hasHubModel(s audit.Subject) bool {
	for _, p := range s.Places {
		if (p.Kind == audit.HubModel || p.Kind == audit.ModelScopeModel || p.Kind == audit.GitHubRepo) && p.Role != audit.RoleRelated {
			return true
		}
	}
	return false
}

// A claim is a sentence pattern on a vendor's page and the fact it supports.
type claim struct {
	fact, value, note string
	pattern           *pattern.Regexp
	not               *pattern.Regexp
}

var negated = pattern.MustCompile(`(?i)\b(not|no|never|without|cannot|don't|won't)\b`)

// vendorClaims are read block by block; the first block that matches is quoted.
var vendorClaims = []claim{
	{fact: "access.api", value: "restricted", note: "The vendor sells or gates an API.",
		pattern: pattern.MustCompile(`(?i)\bAPI\b.*\b(key|pricing|price|sign up|account|billing|tokens?|available|access|developers?)\b|\b(available|access|accessible)\b.*\b(via|through|in|using) (the|our|its|an?) (\w+ )?API\b`), not: negated},
	{fact: "model.closed", value: "true", note: "The vendor offers the model through its own service.",
		pattern: pattern.MustCompile(`(?i)\b(available|access|try|use|rolling out|accessible)\b.*\b(via|through|on|in) (the|our|its|[A-Z])`), not: negated},
	{fact: "data.pretraining.disclosure", value: "described", note: "Kinds of training data are described, no source is named.",
		pattern: pattern.MustCompile(`(?i)\b(trained|pre-?trained|training data|trained on)\b.*\b(data|text|internet|web|licensed|publicly|corpus|tokens)\b`), not: pattern.MustCompile(`(?i)\b(do not|does not|don't|never|not) (train|use)|opt[- ]out|your data`)},
	{fact: "docs.hardware", value: "mentioned", note: "Training hardware is named.",
		pattern: pattern.MustCompile(`(?i)\btrain(ed|ing)\b.*\b(GPUs?|TPUs?|TPUv\d|supercomputer|H100|A100|accelerators?|Ascend|Trainium)\b`), not: negated},
	{fact: "docs.architecture", value: "mentioned", note: "The architecture is named.",
		pattern: pattern.MustCompile(`(?i)\b(transformer|mixture[- ]of[- ]experts|MoE)\b`), not: negated},
}

// readVendorPage observes one page. It is not ok when the page is no content:
// a log-in form, a portal, something that is not HTML.
func readVendorPage(d *audit.Document) (found []audit.Observation, ok bool) {
	page, err := web.Parse(d.Body, d.URL)
	if err != nil || page.SignIn {
		return nil, false
	}
	for _, c := range vendorClaims {
		if b, ok := firstBlock(page, c); ok {
			found = append(found, audit.Observe(d, c.fact, c.value, b.Span, c.note))
		}
	}
	return append(found, documentCard(d, page.Blocks)...), true
}

// maxQuote bounds a quoted block: longer ones are no sentence.
const maxQuote = 1200

func firstBlock(page *web.Page, c claim) (web.Block, bool) {
	for _, b := range page.Blocks {
		if b.Span.End-b.Span.Start <= maxQuote && c.pattern.MatchString(b.Text) && (c.not == nil || !c.not.MatchString(b.Text)) {
			return b, true
		}
	}
	return web.Block{}, false
}

var cardTitle = pattern.MustCompile(`(?i)\b(system|model) card\b`)

// cardTopics are what a model card says (Mitchell et al. 2019, section 4).
var cardTopics = []*pattern.Regexp{
	pattern.MustCompile(`(?i)\b(intended use|use cases?|out[- ]of[- ]scope)\b`),
	pattern.MustCompile(`(?i)\b(evaluation|benchmarks?|metrics|performance)\b`),
	pattern.MustCompile(`(?i)\b(training data|data sources|pre-?training data)\b`),
	pattern.MustCompile(`(?i)\b(limitations?|risks?|bias(es)?|safety|ethical)\b`),
	pattern.MustCompile(`(?i)\b(model details|architecture|parameters|model description|model data)\b`),
}

// documentCard observes a page that calls itself a model or system card.
func documentCard(d *audit.Document, blocks []web.Block) []audit.Observation {
	for _, b := range blocks {
		if !b.Heading || !cardTitle.MatchString(b.Text) || b.Span.End-b.Span.Start > maxQuote {
			continue
		}
		covered := 0
		for _, topic := range cardTopics {
			for _, other := range blocks {
				if other.Heading && topic.MatchString(other.Text) {
					covered++
					break
				}
			}
		}
		substance := "minimal"
		if covered >= 3 {
			substance = "partial"
		}
		note := fmt.Sprintf("The page calls itself a card; its headings cover %d of %d topics of a model card.", covered, len(cardTopics))
		return []audit.Observation{audit.Observe(d, "card.published", "true", b.Span, note),
			audit.Observe(d, "card.substance", substance, b.Span, note)}
	}
	return nil
}

// vendorFacts are what a vendor without a hub page would have to say on its
// own pages. Their absence there is what "closed" rests on.
var vendorFacts = []string{
	"weights.end.published", "weights.base.published", "data.pretraining.disclosure", "data.finetuning.disclosure",
	"code.repository", "code.training.pretraining", "code.training.finetuning", "code.training.preference", "code.data_processing",
	"code.evaluation", "code.inference", "code.documentation", "docs.hardware", "docs.architecture", "paper.preprint", "paper.reviewed",
	"card.published", "card.substance", "datasheet.published", "datasheet.coverage", "access.package", "access.api",
	"license.weights.openness", "license.code.openness", "license.data.openness",
}

// vendorSilence reports each fact on which the pages are silent: absent where
// some page could be read, not seen where none could.
func vendorSilence(found []audit.Observation, read, lost []*audit.Document) []audit.Observation {
	said := make(map[string]bool)
	for _, o := range found {
		said[o.Fact] = true
	}
	var silent []audit.Observation
	for _, fact := range vendorFacts {
		if said[fact] {
			continue
		}
		for _, d := range read {
			silent = append(silent, audit.From(d, fact, audit.NotThere, "The vendor's page was read and does not say it."))
		}
		if len(read) > 0 {
			continue
		}
		for _, d := range lost {
			finding, missing := unseen(d)
			if !missing {
				finding = audit.Unreadable
			}
			note := "The vendor's page could not be looked at: " + d.Detail
			if finding == audit.Unreadable {
				note = "What the vendor's address serves could not be read: a form to sign in, a PDF, or no page."
			}
			silent = append(silent, audit.From(d, fact, finding, note))
		}
	}
	return silent
}
