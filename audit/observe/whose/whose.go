// Package whose tells whom a page speaks of, clause by clause, and what a sentence
// does with what it says.
//
// What comes in are the names of a subject and a page; what comes out is the View of
// that page in which themes read it: without what it says of others, and without
// what is yet to come. Offsets stay, so that quotes can be cut from what was served.
package whose

import (
	"context"
	"slices"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
)

// Whose sentence it is. A page speaks of its model, of what that was made from,
// and of others: it compares, thanks, lists what else there is. What is said of
// others supports nothing, so it is taken off the page before any theme reads
// it: the bytes are blanked, the offsets stay, and quotes are cut from the page
// as it was served.
//
// A clause is another's if its subject is: a model's name that is not of the
// audited family or its base, a word that stands for one, or the page's own
// heading. Where another model is named and the subject cannot be told, the
// clause is not taken for this model's.

// A tag is a span of a page and whom it is about.
type tag struct {
	audit.Span
	about audit.About
}

// Foreign lists the spans of a page that are about siblings and others.
func (sp *Speaker) Foreign(c *page.Page) []tag {
	whose, strict := sp.sectionsOf(c)
	var tags []tag
	for i, s := range c.Sections {
		if strict[i] && Others(whose[i]) {
			tags = append(tags, tag{audit.Span{Start: s.Title.Start, End: s.Title.End}, whose[i]})
		}
	}
	for _, code := range c.Code {
		if who := whose[code.Section]; strict[code.Section] && Others(who) && !sp.namesModel(c.Text(code.Body)) {
			tags = append(tags, tag{code.Body, who})
		}
	}
	block, prev := audit.Span{}, audit.About("")
	for s := range c.Sentences() {
		if s.Kind == page.Row {
			continue
		}
		if s.Span.Start >= block.End {
			prev = ""
			block = c.BlockAt(s.Span)
		}
		text := c.Text(s.Span)
		for _, cl := range sp.portions(text, prev) {
			prev = sp.settled(cl, text[cl.start:cl.end], whose[s.Section], strict[s.Section])
			unnamed := cl.about == "" && cl.start == 0
			before := string(c.Source[max(block.Start, s.Span.Start+cl.start-longestBefore) : s.Span.Start+cl.start])
			binds := sp.terms != nil && sp.terms(sp, c, s.Section, before, text[cl.start:cl.end], unnamed)
			if Others(prev) && !binds {
				tags = append(tags, tag{audit.Span{Start: s.Span.Start + cl.start, End: s.Span.Start + cl.end}, prev})
			}
		}
	}
	return append(tags, sp.foreignRows(c, whose)...)
}

// settled is whom a clause is about in a section that is somebody's: a clause
// that does not tell is the section's. In one on a sibling only the model's name
// makes a clause this model's; "we" made both.
func (sp *Speaker) settled(cl portion, text string, section audit.About, strict bool) audit.About {
	switch {
	case cl.about == "":
		return section
	case !strict || !Others(section), Others(cl.about):
		return cl.about
	case cl.about == audit.AboutOwn && (section == audit.AboutOther || sp.named(text)):
		return cl.about
	}
	return section
}

// longestBefore is how many bytes before a clause, in its block, tell what it is about.
const longestBefore = 250

// named reports whether a clause names the model, or speaks of all of its family: on the page of a sibling, of all
// of that one's.
func (sp *Speaker) named(clause string) bool {
	return !Others(sp.self) && sp.ofAll(clause, sp.Mentions(clause)) || sp.namesModel(clause)
}

// namesModel reports whether a text names the model.
func (sp *Speaker) namesModel(text string) bool {
	return slices.ContainsFunc(sp.Mentions(text), func(m identity.Mention) bool {
		return sp.Class(m.Name) == audit.AboutOwn
	})
}

// An Interrupt ends a reading. It is asked wherever a passage is looked at; its panic
// unwinds the themes, none of which holds anything that must be given back.
type Interrupt struct {
	Ctx   context.Context
	Asked func() // of tests, nil otherwise
}

// Check panics with the interrupt itself when the reading is to end.
func (i *Interrupt) Check() {
	if i == nil {
		return
	}
	if i.Asked != nil {
		i.Asked()
	}
	if i.Ctx.Err() != nil {
		panic(i)
	}
}
