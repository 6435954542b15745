package claims

import (
	"slices"
	"strings"

	"openness/rubric"
)

// heading is the verdict as people read it. It begins with a verdict other than the
// one for programs only where that is "partly" and nothing was found to be otherwise:
// that would be read as half true, and "supported" as checked to the end.
func (c *Checked) heading() string {
	held, open, otherwise := c.sorted()
	open = append(open, c.open...)
	if c.Verdict != rubric.Partly || otherwise || len(held) == 0 {
		return strings.ReplaceAll(string(c.Verdict), "_", " ")
	}
	words := "partly checked; supported: " + strings.Join(held, "; ")
	if len(open) > 0 {
		words += "; not settled: " + strings.Join(open, "; ")
	}
	if len(c.Unchecked) > 0 {
		words += `; not checked: "` + strings.Join(c.Unchecked, `", "`) + `"`
	}
	return words
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
