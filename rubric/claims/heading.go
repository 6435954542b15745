package claims

import (
	"slices"
	"strings"

	"openness/rubric"
)

// Heading is the verdict as people read it. "Partly" of a sentence of which nothing
// was found to be otherwise would be read as half true: it says what was borne out,
// and what was not settled or not checked. The verdict itself is for programs.
func (c *Checked) Heading() string {
	held, open, otherwise := c.sorted()
	open = append(open, c.open...)
	if c.Verdict != rubric.Partly || otherwise || len(held) == 0 {
		return strings.ReplaceAll(string(c.Verdict), "_", " ")
	}
	words := "supported"
	if len(open) > 0 {
		words = "partly checked; supported: " + strings.Join(held, "; ") + "; not settled: " + strings.Join(open, "; ")
	}
	if len(c.Unchecked) > 0 {
		words += `; not checked: "` + strings.Join(c.Unchecked, `", "`) + `"`
	}
	return words
}

// Upheld reports whether all that was read out of a sentence is borne out, and it
// is only for words left over that it is not supported.
func (c *Checked) Upheld() bool {
	held, open, otherwise := c.sorted()
	return c.Verdict == rubric.Partly && !otherwise && len(open)+len(c.open) == 0 && len(held) > 0
}

// sorted tells which parts are borne out, in plain words, and which are open, and
// whether some are false or true in part alone.
func (c *Checked) sorted() (held, open []string, otherwise bool) {
	for i := range c.Parts {
		switch p := &c.Parts[i]; {
		case p.Verdict == rubric.Refuted || p.Verdict == rubric.Partly:
			otherwise = true
		case p.Verdict == rubric.Supported && !slices.Contains(held, p.Says):
			held = append(held, p.Says)
		case p.Verdict != rubric.Supported && !slices.Contains(open, p.said()):
			open = append(open, p.said())
		}
	}
	return held, open, otherwise
}

// said is what a part claims, with who is said to say so.
func (p *Part) said() string {
	if p.AttributedTo == nil {
		return p.Says
	}
	return p.Says + " (said by " + *p.AttributedTo + ")"
}
