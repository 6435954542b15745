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
	"openness/audit/phrases"
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
	presented = phrases.ExpressionOf("crawl.presented")
	// ofTitle matches a title that begins with a name and tells what that is, and that of a report on it.
	ofTitle = pattern.MustCompile(`^([A-Z][\w.+-]*\w(?: \d[\w.]*)?)(?:: (.{0,160})| (?:[Tt]echnical|[Tt]ech) [Rr]eport$)`)
	// thing matches what a work may present, modelThing that this is a model. What a thing is for or made of stands
	// behind it, and seriesOf before it says that there are several.
	thing      = phrases.ExpressionOf("crawl.thing")
	modelThing = phrases.ExpressionOf("crawl.model-thing")
	ofThing    = phrases.ExpressionOf("crawl.of-thing")
	seriesOf   = phrases.ExpressionOf("crawl.series-of")
	// toldOnly matches the words that may stand between a thing and what is told of it.
	toldOnly = pattern.MustCompile(`(?i)^\W*(?:(?:[\w-]+(?:ed|able)|\d\S*|built|made|alone)\b.*)?$`)
)

// introducedModel is the name of the model that a paper introduces by its title or abstract, "" for none.
func introducedModel(p papers.Paper) string {
	title, abstract := "", ""
	if m := ofTitle.FindStringSubmatch(p.Title.Text); m != nil && (m[2] == "" || presentsModel(m[2])) {
		title = m[1]
	}
	if m := presented.FindStringSubmatch(p.Summary); m != nil && presentsModel(m[2]) {
		abstract = m[1]
	}
	if abstract != "" && (title == "" || strings.HasPrefix(identity.Squash(abstract), identity.Squash(title))) {
		return abstract // it gives the size too
	}
	return title
}

// presentsModel reports whether what a work is said to present is a model: a "language model evaluation suite" and an "agent
// framework for models" are none.
func presentsModel(said string) bool {
	if at := seriesOf.FindStringIndex(said); at != nil {
		said = said[at[1]:]
	}
	if at := ofThing.FindStringIndex(said); at != nil {
		said = said[:at[0]]
	}
	things := thing.FindAllStringIndex(said, -1)
	for _, at := range things {
		if !modelThing.MatchString(said[at[0]:at[1]]) {
			return false
		}
	}
	return len(things) > 0 && toldOnly.MatchString(said[things[len(things)-1][1]:])
}

// publishedBy is the model on the hub that a paper gives the address of and that bears a name: no copy, nor what it
// compares with or thanks for. Where models of several owners bear it, it is none of them.
func publishedBy(paper *page.Page, name string) string {
	links := slices.DeleteFunc(modelsIn(paper), func(m mention) bool {
		return identity.Reformatted(path.Base(m.id)) || ofOther.MatchString(m.before) || comparedWith(paper, m.start, "")
	})
	for _, want := range []string{name, identity.Family(name)} {
		fit := slices.DeleteFunc(slices.Clone(links), func(m mention) bool {
			return len(want) < identity.MinShared || identity.Related(want, path.Base(m.id)) != identity.Same
		})
		switch {
		case len(fit) == 0:
		case slices.ContainsFunc(fit, func(m mention) bool {
			return !strings.EqualFold(path.Dir(m.id), path.Dir(fit[0].id))
		}):
			return ""
		default:
			return fit[0].id
		}
	}
	return ""
}

// ofOther matches the words before a link that make it one to another's model.
var ofOther = phrases.ExpressionOf("crawl.of-other")
