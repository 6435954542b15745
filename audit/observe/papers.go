package observe

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"openness/audit"
	"openness/audit/card"
)

// papers says whether a paper about the model is archived as a preprint and
// whether one was reviewed. Citation blocks are read first, since they say
// which paper the makers hold to be theirs, then links and sentences in the
// head of their pages. A paper that the pages cite for other work is no paper
// about the model.
func papers(in *input) []audit.Observation { return in.papers() }

// papers observes once; other themes ask for it too.
func (in *input) papers() []audit.Observation {
	if in.paperObs == nil {
		in.paperObs = append([]audit.Observation{}, in.readPapers()...)
	}
	return in.paperObs
}

func (in *input) readPapers() []audit.Observation {
	r := paperReader{input: in, family: familyOf(in.subject)}
	own := in.makers()
	r.read(own, "own")
	if len(r.found) == 0 {
		var base []*audit.Document
		for _, d := range in.basePages() {
			if background(d) {
				base = append(base, d)
			}
		}
		r.read(base, "base")
	}
	if len(r.found) == 0 {
		r.related(own)
	}
	r.fetched()
	out := r.found
	lost := in.unreadPrincipal()
	for _, fact := range []string{"paper.preprint", "paper.reviewed"} {
		out = append(out, in.heard(fact, out, own, lost, "The page was read and names no such paper.")...)
	}
	return out
}

// unreadPrincipal lists the model's own documents that could not be looked at,
// when none of its own pages could be read instead.
func (in *input) unreadPrincipal() []*audit.Document {
	if len(in.makers()) > 0 {
		return nil
	}
	var lost []*audit.Document
	for i := range in.docs {
		d := &in.docs[i]
		if _, missing := unseen(d); missing && (d.Role == audit.RoleEnd || d.Role == audit.RoleCode) {
			lost = append(lost, d)
		}
	}
	return lost
}

var (
	arxivID   = regexp.MustCompile(`(?i)arxiv(?:\.org/(?:abs|pdf|html)/|[:\s.]+|/)(?:abs/)?(\d{4}\.\d{4,5})|(?:huggingface\.co|hf\.co)/papers/(\d{4}\.\d{4,5})`)
	archives  = regexp.MustCompile(`(?i)arxiv|\bcorr\b|preprint|biorxiv|medrxiv|openreview\.net|ssrn|\bhal-\d|zenodo|osf\.io|techrxiv`)
	venueName = regexp.MustCompile(`(?i)\b(proceedings|conference|transactions|journal|symposium|findings|association for computational linguistics|advances in neural information|` + venueShort + `|nature|science|acm|ieee)\b`)
	// accepted are statements that a paper was accepted somewhere.
	accepted = regexp.MustCompile(`\b(accepted|published|to appear|appears|appeared|presented|oral|spotlight|poster)\b.{0,60}\b(` + venueShort + `)\b|\b(` + venueShort + `)('|’)?,? ?(20)?\d\d\b.{0,20}\b(oral|spotlight|poster|paper|accepted)\b`)
	atVenue  = regexp.MustCompile(`\b(` + venueShort + `)\)?('|’)?,? ?(20)?\d\d\b`)
)

// venueShort are the short names of venues that review what they publish.
const venueShort = `neurips|nips|icml|iclr|cvpr|iccv|eccv|aaai|ijcai|acl|emnlp|naacl|eacl|coling|lrec|interspeech|icassp|ismir|taslp|tmlr|jmlr|tacl|siggraph|kdd|sigir|www|vldb|icra|iros|corl|wacv|bmvc|colm|mlsys|tpami|aistats|uai`

// A paperReader gathers what pages say on papers.
type paperReader struct {
	*input
	family *regexp.Regexp
	found  []audit.Observation
}

// read reads the pages that speak for one model. Pages named after the model
// go before the page of a repository that holds several.
func (r *paperReader) read(pages []*audit.Document, scope string) {
	for _, d := range pages {
		if d.Path != "" && r.family.MatchString(path.Base(d.Path)) {
			r.cited(d, scope)
			r.linked(d, scope)
		}
	}
	if len(r.found) > 0 {
		return
	}
	for _, d := range pages {
		if strings.Count(d.Path, "/") == 0 || d.Kind == audit.DocReadme {
			r.cited(d, scope)
			r.linked(d, scope)
			r.said(d, scope)
		}
	}
}

// cited reads the BibTeX entries of a page.
func (r *paperReader) cited(d *audit.Document, scope string) {
	entries := r.card(d).BibTeX()
	for _, e := range entries {
		if r.ownEntry(d, e) || len(entries) == 1 {
			r.entry(d, e, scope)
		}
	}
}

// related reads archived papers that the model's front pages ask to cite or
// say that it builds on, none of which is about the model itself.
func (r *paperReader) related(pages []*audit.Document) {
	for _, d := range pages {
		if strings.Contains(d.Path, "/") || d.Kind != audit.DocReadme && d.Kind != audit.DocModelCard {
			continue
		}
		for _, e := range r.card(d).BibTeX() {
			if archives.MatchString(e.Fields["journal"] + e.Fields["eprint"] + e.Fields["archiveprefix"] + e.Fields["url"]) {
				r.add(d, e.Span, "paper.preprint", "archived", "related", "The page asks to cite it; it is not about the model itself.")
				return
			}
		}
		for _, p := range r.prose(d) {
			raw := r.card(d).Text(p.span)
			if m := arxivID.FindStringIndex(raw); m != nil && buildsOn.MatchString(p.text) && !othersTitle.MatchString(p.heading) {
				r.add(d, p.span, "paper.preprint", "archived", "related", "The page says that the model follows it.")
				return
			}
		}
	}
}

var buildsOn = regexp.MustCompile(`\b(inspired|based on|following|follows|built|builds|technique|introduced in|described in|similar to|method)\b`)

// ownEntry reports whether a citation is of the model's own paper: its title
// or key names the model or the repository.
func (r *paperReader) ownEntry(d *audit.Document, e card.Entry) bool {
	title := e.Fields["title"] + " " + e.Key
	repository := familyName(path.Base(d.PlaceID))
	return r.family.MatchString(title) || len(repository) >= minKin && strings.Contains(squash(title), repository)
}

// entry says what kind of paper an entry is.
func (r *paperReader) entry(d *audit.Document, e card.Entry, scope string) {
	where := strings.TrimSpace(e.Fields["journal"] + " " + e.Fields["booktitle"])
	all := where
	for _, name := range []string{"eprint", "archiveprefix", "url", "doi", "note", "howpublished", "volume", "publisher"} {
		all += " " + e.Fields[name]
	}
	if archives.MatchString(all) {
		r.add(d, e.Span, "paper.preprint", "archived", scope, "The citation names an archive of preprints.")
	}
	if where == "" || archives.MatchString(where) || e.Fields["booktitle"] == "" && !venueName.MatchString(where) {
		return
	}
	r.add(d, e.Span, "paper.reviewed", "true", scope, fmt.Sprintf("The citation names the venue %q.", where))
	r.found = append(r.found, audit.Observe(d, "paper.venue", where, e.Span, "as the citation names it"))
}

// add observes a paper and what it is about.
func (r *paperReader) add(d *audit.Document, span audit.Span, fact, value, scope, note string) {
	r.found = append(r.found, audit.Observe(d, fact, value, span, note), audit.Observe(d, fact+".scope", scope, span, note))
}

var (
	paperText  = regexp.MustCompile(`(?i)\b(papers?|technical[- _]report|tech[- _]report|report|arxiv|preprint|pdf|publication)\b|论文|技术报告`)
	reportText = regexp.MustCompile(`(?i)\b(paper|technical[- _]report|tech[- _]report|white ?paper)\b|技术报告`)
	// othersTitle are headings under which pages speak of others' work.
	othersTitle = regexp.MustCompile(`\b(acknowledg\w*|related|references?|benchmarks?|evaluation|credits|ecosystem|awesome|datasets?|baselines?|thanks|inspir\w*|projects|community|papers)\b`)
)

// headSections is how far down a page its head reaches, in sections.
const headSections = 6

// linked reads links to papers in the head of a page, where makers put theirs.
func (r *paperReader) linked(d *audit.Document, scope string) {
	c := r.card(d)
	for _, l := range c.Links() {
		if l.InCode || l.Section > headSections || othersTitle.MatchString(strings.ToLower(below(c, l.Section))) {
			continue
		}
		own := r.family.MatchString(l.Text) || paperText.MatchString(l.Text) && len(l.Text) < 60
		switch {
		case !own || strings.Contains(l.URL, "img.shields.io"):
		case arxivID.MatchString(l.URL):
			r.add(d, l.Span, "paper.preprint", "archived", scope, "The head of the page links to it.")
		case reportText.MatchString(l.Text) && !strings.Contains(l.URL, "github.com/") || strings.HasSuffix(strings.ToLower(l.URL), ".pdf"):
			r.add(d, l.Span, "paper.preprint", "report", scope, "The head of the page links to a report.")
		}
	}
}

// said reads sentences that a paper was accepted.
func (r *paperReader) said(d *audit.Document, scope string) {
	c := r.card(d)
	for i, p := range r.prose(d) {
		head := i < introSentences*3 && len(p.text) < 300
		if othersTitle.MatchString(p.heading) || strings.Contains(p.text, "workshop") {
			continue
		}
		if head && atVenue.MatchString(p.text) && strings.Contains(p.text, " ") || accepted.MatchString(p.text) && r.aboutOwn(p.text) {
			r.add(d, p.span, "paper.reviewed", "true", scope, "The page says that it was accepted.")
			return
		}
	}
	for _, s := range c.Sections[:min(len(c.Sections), 3)] {
		if atVenue.MatchString(strings.ToLower(s.Heading)) {
			r.add(d, s.Title, "paper.reviewed", "true", scope, "The heading names the venue.")
			return
		}
	}
}

// aboutOwn reports whether a sentence speaks of the makers' own paper.
func (r *paperReader) aboutOwn(text string) bool {
	return r.family.MatchString(text) || strings.Contains(text, "our ") || strings.Contains(text, "this paper") || strings.Contains(text, "paper is accepted")
}
