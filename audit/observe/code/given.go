package code

import (
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Makers who trained a model from nothing give their users scripts that go on from its
// weights, and call that training. Such a script loads the weights that it is given, or
// adds an adapter to them: with it nobody could repeat the training.

var (
	// loadsGiven matches options of a training that goes on from given weights.
	loadsGiven = phrases.ExpressionOf("code.loads-given")
	// fromNothing matches words for a training that does not.
	fromNothing = pattern.MustCompile(`(?i)\bpre-?train[\w/-]*\.(?:py|sh|ya?ml)\b|\bfrom scratch\b|从头|从零`)
)

// onGiven is the fact that code of a page shows, after what the page's sections on
// training say of what it starts from.
func (in *Reader) onGiven(d *audit.Document, fact string) string {
	if fact == "code.training.entry" && in.trainsGiven(d) {
		return "code.training.finetuning"
	}
	return fact
}

// trainsGiven reports whether all of a page's sections on training tell of one that goes
// on from given weights, and the model was made from no other.
func (in *Reader) trainsGiven(d *audit.Document) bool {
	base := in.Subject.Base
	return (base == "" || strings.EqualFold(base, in.ID())) && document.Remembered(in.given, d, in.onlyGoesOn)
}

// onlyGoesOn reads the sections of a page for that, each with those below it. One that
// runs nothing tells nothing.
func (in *Reader) onlyGoesOn(d *audit.Document) bool {
	c, found := in.Card(d), false
	for i := 1; i < len(c.Sections); i++ {
		s := c.Sections[i]
		word := trainingHeading.FindString(s.Heading)
		if word == "" || dataHeading.MatchString(s.Heading) || trainingFact([]byte(word)) != "code.training.entry" {
			continue
		}
		end := i + 1
		for end < len(c.Sections) && c.Sections[end].Level > s.Level {
			end++
		}
		text := c.Source[s.Body.Start:c.Sections[end-1].Body.End]
		i = end - 1
		switch {
		case !runsScript.Match(text):
		case !loadsGiven.Match(text), fromNothing.Match(text):
			return false
		default:
			found = true
		}
	}
	return found
}
