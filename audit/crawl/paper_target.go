package crawl

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/papers"
	"openness/audit/pattern"
)

// A paper as the target. One that introduces a model leads to that model: to its page on the hub, where the paper
// gives the address, and else to its name.

// startPaper reads the paper that the target names.
func (g *gathering) startPaper(ctx context.Context, id string) error {
	g.subject.ID, g.subject.Name = "arxiv:"+id, id
	g.choose(paperPlace(id, audit.RolePaper, fmt.Sprintf("The target names it: %q.", g.subject.Target), true))
	for _, read := range []func(context.Context) error{g.readPapers, g.readTexts} {
		if err := read(ctx); err != nil {
			return err
		}
	}
	var name string
	for _, p := range g.archived() {
		name = introducedModel(p)
	}
	if name == "" {
		return nil
	}
	g.subject.Name = name
	for _, s := range g.paperTexts() {
		if end := publishedBy(s.page, name); end != "" {
			g.subject.ID = "" // it is the model's
			return g.startModel(ctx, end, fmt.Sprintf("The %s introduces %s and gives this address.", s.what, name), false)
		}
	}
	return nil
}

var (
	// presented matches a name that an abstract introduces and says to be something.
	presented = pattern.MustCompile(`\b(?:[Ww]e|[Tt]his (?:paper|report|work)) (?:\w+ly )?(?:present|introduce|propose` +
		`|release|develop|describe|report|train|open-source|unveil)(?:s|ed)? (?:the )?([A-Z][\w.+-]*\w(?: \d[\w.]*\w|)?)` +
		`(?: \([^)]*\))?,? (?:which is )?((?:an?|the|our|two|three|\d+) [^.;]{0,160})`)
	// ofTitle matches a title that begins with a name and tells what that is, and that of a report on it.
	ofTitle = pattern.MustCompile(`^([A-Z][\w.+-]*\w(?: \d[\w.]*)?)(?:: (.{0,160})| (?:[Tt]echnical|[Tt]ech) [Rr]eport$)`)
	// thing matches what a work may present, modelThing that this is a model.
	thing = pattern.MustCompile(`(?i)\b(?:models?|[mv]?llms?|vlms?|transformers?|chatbots?|encoders?|decoders?|benchmarks?` +
		`|data ?sets?|corpus|corpora|methods?|approach(?:es)?|techniques?|algorithms?|strateg\w+|frameworks?|librar\w+` +
		`|toolkits?|systems?|surveys?|stud(?:y|ies)|evaluations?|adaptation|training|tuning|attention|optimizers?)\b`)
	modelThing = pattern.MustCompile(`(?i)^(?:models?|[mv]?llms?|vlms?|transformers?|chatbots?|encoders?|decoders?)$`)
)

// introducedModel is the name of the model that a paper introduces by its title or abstract, "" for none.
func introducedModel(p papers.Paper) string {
	title, abstract := "", ""
	if m := ofTitle.FindStringSubmatch(p.Title.Text); m != nil &&
		(m[2] == "" || modelThing.MatchString(thing.FindString(m[2]))) {
		title = m[1]
	}
	if m := presented.FindStringSubmatch(p.Summary); m != nil && modelThing.MatchString(thing.FindString(m[2])) {
		abstract = m[1]
	}
	if abstract != "" && (title == "" || strings.HasPrefix(identity.Squash(abstract), identity.Squash(title))) {
		return abstract // it gives the size too
	}
	return title
}

// publishedBy is the model on the hub that a paper gives the address of and that bears a name.
func publishedBy(paper *page.Page, name string) string {
	links := modelsIn(paper)
	for _, want := range []string{identity.Squash(name), identity.Family(name)} {
		at := slices.IndexFunc(links, func(m mention) bool {
			return len(want) >= identity.MinShared && strings.HasPrefix(identity.Squash(path.Base(m.id)), want)
		})
		if at >= 0 {
			return links[at].id
		}
	}
	return ""
}
