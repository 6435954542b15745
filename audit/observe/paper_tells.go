package observe

import (
	"bytes"
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What a paper tells beside the making of its model: what its authors gave out and
// under which licence, how the model did, and the sheets in its appendices. Such
// sentences stand in abstracts, conclusions and statements on ethics, which tell
// nothing of the making, so they are read from the whole paper, without the
// sections on others' work.

// An announcement is a passage of a paper in which its authors say what they gave out,
// with the addresses that it gives, its footnotes' among them.
type announcement struct {
	page.Passage
	links []string
}

// wholeText is a paper with all that it says of itself: the sections that tell
// nothing of the making are there, those on others' work are not.
func (in *input) wholeText(d *audit.Document) *audit.Document {
	if w := in.wholes[d]; w != nil {
		return w
	}
	return d
}

// wholeTexts are the model's own papers, with all that they say of themselves.
func (in *input) wholeTexts() []*audit.Document {
	var all []*audit.Document
	for _, d := range in.ownTexts() {
		all = append(all, in.wholeText(d))
	}
	return all
}

// blankOthers takes the sections on others' work off a paper.
func blankOthers(body []byte) []byte {
	c := page.Parse(body)
	for i, s := range c.Sections {
		if (i > 1 || s.Level > 1) && othersPart.MatchString(c.Heading(i)) {
			page.Blank(body[s.Body.Start:s.Body.End])
		}
	}
	return body
}

var (
	// giver is by what a sentence on a release is the authors' own.
	giver = pattern.MustCompile(`\b(?:we|our|us|ours|(?:the|these) authors|this (?:work|paper|report|release))\b`)
	// given is what such a sentence says.
	given = pattern.MustCompile(`\b(?:releas(?:e|es|ed|ing)|open-?sourc\w+|publish(?:ed)?|shared?|provided?|available` +
		`|accessible|hosted|found|licen[cs]ed|distributed)\b`)
	// othersGift are sentences on what others gave out.
	othersGift = pattern.MustCompile(`\bet al\b|\[\d+(?:, ?\d+)*\]|\b(?:prior|previous|earlier|related` +
		`|concurrent) (?:works?|models?|efforts?)\b|\b(?:released|published|provided|introduced|proposed` +
		`|developed) by\b|\bbaselines?\b|\b(?:we|was|were|is|are) (?:use|used|using|collect\w*|crawl\w*|sourced` +
		`|filter\w*|download\w*|obtain\w*|adopt\w*|compare\w*)\b|\b(?:built|based) on\b`)
	// footnote is the beginning of a footnote of a paper.
	footnote = pattern.MustCompile(`^\s*\[\^[\w-]+\]:`)
)

// pageBreak marks a new page in the text of a PDF.
var pageBreak = []byte("<!-- page ")

// footReach is how far behind a sentence a footnote of it may stand, in bytes: the
// rest of a page or of a paragraph.
const footReach = 4000

// announcements lists what the authors of a paper say that they gave out.
func (in *input) announcements(d *audit.Document) []announcement {
	if all, known := in.announced[d]; known {
		return all
	}
	w := in.wholeText(d)
	prose, paged := in.prose(w), bytes.Contains(w.Body, pageBreak)
	var all []announcement
	for i, p := range prose {
		if !given.MatchString(p.Text) || othersGift.MatchString(p.Text) || footnote.MatchString(p.Text) ||
			isReference(p) {
			continue
		}
		raw := string(w.Body[p.Span.Start:p.Span.End])
		if modeOf(raw) != audit.Done {
			continue
		}
		links := address.FindAllString(raw, -1)
		if !giver.MatchString(p.Text) && !in.familyWord.MatchString(p.Text) && len(links) == 0 {
			continue
		}
		for _, q := range prose[i+1:] {
			if q.Span.Start > p.Span.End+footReach {
				break
			}
			if between := w.Body[p.Span.End:max(p.Span.End, q.Span.Start)]; bytes.Contains(between, pageBreak) ||
				!paged && q.Heading != p.Heading {
				break // a footnote stands on the same page, or in the same section
			}
			if note := string(w.Body[page.BeginOfLine(w.Body, q.Span.Start):q.Span.End]); footnote.MatchString(note) {
				links = append(links, address.FindAllString(note, -1)...)
			}
		}
		all = append(all, announcement{p, links})
	}
	in.announced[d] = all
	return all
}

// codeTold are the facts on code that a paper's sentence on its release shows, by
// its words; those on training are the phrase book's.
var codeTold = []struct {
	fact  string
	words *pattern.Regexp
}{
	{"code.evaluation", pattern.MustCompile(`\b(?:evaluation|eval)(?:,? (?:and|&|or)? ?[\w-]+){0,3} (?:code|codebase` +
		`|scripts?|harness|suite|pipelines?)\b|\b(?:code|scripts) (?:for|of|used for) (?:the |our ` +
		`|all )?(?:[\w-]+ (?:and )?)?evaluations?\b`)},
	{"code.data_processing",
		pattern.MustCompile(`\b(?:data(?:set)? (?:processing|preparation|cleaning|filtering|curation|collection)` +
			`|pre-?processing|filtering|deduplication)(?:,? (?:and|&|or)? ?[\w-]+){0,3} (?:code|codebase|scripts?` +
			`|pipelines?|tools?|toolkit)\b`)},
}

// paperCode reads what the model's own papers say of code: that it was given out,
// at an address that leads to a repository of the makers' that was read, or that
// it is withheld.
func (in *input) paperCode(own map[string]bool) []audit.Observation {
	book := phrases.Default().Of(codeFactsSaid...)
	var out []audit.Observation
	for _, d := range in.ownTexts() {
		w := in.wholeText(d)
		out = append(out, in.fromBook([]*audit.Document{w}, "code.training.denied")...)
		for _, t := range in.announcements(d) {
			if !in.leadsToOwn(t.links, own) {
				continue
			}
			note := "The paper says that it is out, at an address that leads to the makers' repository."
			for _, m := range book.Find(w.Body[t.Span.Start:t.Span.End]) {
				if m.Phrase.Fact != "code.training.denied" {
					fact := supported(m.Phrase.Fact, w.Body[t.Span.Start:t.Span.End])
					out = append(out, audit.Observe(w, fact, "true", t.Span, note))
				}
			}
			for _, c := range codeTold {
				if c.words.MatchString(t.Text) {
					out = append(out, audit.Observe(w, c.fact, "true", t.Span, note))
				}
			}
		}
	}
	return out
}

// leadsToOwn reports whether one of some addresses is that of a repository which was
// read and is the model's own or its makers'.
func (in *input) leadsToOwn(links []string, own map[string]bool) bool {
	for _, link := range links {
		for _, id := range repositoriesIn([]byte(link), 1) {
			if in.repositoryRead(id) && (own[id] || identity.SameMaker(path.Dir(id), identity.Owner(in.subject.ID))) {
				return true
			}
		}
	}
	return false
}

// paperWeights reads a paper's sentence that gives the address of a model's files:
// of that very model, or of its series on a hub.
func (in *input) paperWeights(texts []*audit.Document, s slot, id string) []audit.Observation {
	if id == "" {
		return nil
	}
	for _, d := range texts {
		for _, t := range in.announcements(d) {
			linked := modelLinks([]byte(strings.Join(t.links, " ")))
			for _, l := range linked {
				if identity.SameName(l.value, id) ||
					identity.InSeries(l.value, id) && identity.SameMaker(path.Dir(l.value), path.Dir(id)) {
					return in.ungated(in.wholeText(d), s, t.Span, "The paper says where the weights are")
				}
			}
		}
	}
	return nil
}

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
func (in *input) paperLicences(d *audit.Document) []licence {
	var out []licence
	for _, t := range in.announcements(d) {
		named := in.familyWord.MatchString(t.Text)
		if !licensed.MatchString(t.Text) || !named && !giver.MatchString(t.Text) && !ofThings.MatchString(t.Text) {
			continue
		}
		w := in.wholeText(d)
		found := in.statedLicences(w, t.Span, false)
		if named && !ofThings.MatchString(t.Text) {
			found = onlyOf(found, whose(w))
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

// resultPart are headings below which a paper gives results.
var resultPart = pattern.MustCompile(`\b(?:evaluations?|results?|benchmarks?|experiments?|performance)\b`)

// paperEvaluation reads whether a paper gives results of its model: a sentence that
// names it, or a row that does, with a number, below a heading on results.
func (in *input) paperEvaluation(d *audit.Document) []audit.Observation {
	w := in.wholeText(d)
	for _, p := range in.prose(w) {
		if resultPart.MatchString(p.Heading) && !machinesPart.MatchString(p.Heading) &&
			in.familyWord.MatchString(p.Text) && result.MatchString(p.Text) && modeOf(p.Text) == audit.Done {
			return []audit.Observation{audit.Observe(w, "docs.evaluation", "true", p.Span,
				"The paper gives a result of the model.")}
		}
	}
	return nil
}

// minPaperCard is the number of sections from which an appendix is a model card.
const minPaperCard = 3

// paperCard reads a model card that is an appendix of the model's paper.
func (in *input) paperCard(d *audit.Document) []audit.Observation {
	w := in.wholeText(d)
	below := in.appendixOf(w, modelCardPart, modelCardParts)
	r := readCard(in.card(w), below)
	if len(r.sections) < minPaperCard {
		return nil
	}
	quote := telling(r.sections).span
	note := "The paper has a model card in an appendix."
	return []audit.Observation{audit.Observe(w, "card.published", "true", quote, note),
		audit.Observe(w, "card.substance", r.substance(), quote, note)}
}

// modelCardPart is the heading of an appendix that is a model card.
var modelCardPart = pattern.MustCompile(`\bmodel ?cards?\b`)

// paperSheet reads a datasheet that is an appendix of the model's paper.
func (in *input) paperSheet(d *audit.Document) []audit.Observation {
	w := in.wholeText(d)
	return sheetFound(w, sheetIn(in.appendixOf(w, sheetTitle, datasheetParts)), 1)
}
