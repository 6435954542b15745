package metamorphic

import (
	"regexp"
	"strings"
)

// A place is somewhere on a page where a writer may add a paragraph.
type place struct {
	name string
	put  func(text, added string) string
}

var places = []place{
	{"at the end", atEnd},
	{"under Comparison with other open models", under("Comparison with other open models")},
	{"under Related work", under("Related work")},
	{"under Acknowledgements", under("Acknowledgements")},
	{"in the training section", inTraining},
}

func placeNamed(name string) place {
	for _, p := range places {
		if p.name == name {
			return p
		}
	}
	panic("no place " + name)
}

func atEnd(text, added string) string {
	return strings.TrimRight(text, "\n") + "\n\n" + added + "\n"
}

// under puts a section of its own at the end.
func under(title string) func(text, added string) string {
	return func(text, added string) string {
		return atEnd(text, strings.Repeat("#", sectionLevel(text))+" "+title+"\n\n"+added)
	}
}

// sectionLevel is the level of a page's top-level sections.
func sectionLevel(text string) int {
	_, parts := sections(blocks(text))
	if len(parts) == 0 {
		return 2
	}
	return parts[0][0].level()
}

var (
	trainingTitle = regexp.MustCompile(`(?i)train|训练|訓練`)
	pointsBack    = regexp.MustCompile(`^(?:It|They|This|These|That|Those|The|Its|Their|We|In|Here|Such|Both|Each` +
		`|Additionally|Furthermore|Moreover|Also)\b|^(?:它|该|其|这|此|本|我们)`)
	closesWith = regexp.MustCompile(`[.。!！?？)]\**\s*$`)
)

// inTraining puts a paragraph between two of the training section, where the
// next one begins anew, so that nothing there points back to it; else at the
// end of the section, and where there is none at the end of the page.
func inTraining(text, added string) string {
	all := blocks(text)
	for i := range all {
		if all[i].level() == 0 || !trainingTitle.MatchString(all[i].title()) {
			continue
		}
		j := i + 1
		for ; j < len(all) && all[j].level() == 0; j++ {
			if all[j].kind == paragraph && closesWith.MatchString(all[j].lines[len(all[j].lines)-1]) &&
				beginsAnew(all[j+1:]) {
				j++
				break
			}
		}
		if j == len(all) {
			break
		}
		before, after := join(all[:j]), join(all[j:])
		return strings.TrimRight(before, "\n") + "\n\n" + added + "\n\n" + strings.TrimLeft(after, "\n")
	}
	return atEnd(text, added)
}

// beginsAnew reports whether the first block that is not blank is a paragraph
// that stands by itself.
func beginsAnew(rest []block) bool {
	if len(rest) == 0 || rest[0].kind != blank {
		return false
	}
	for _, b := range rest {
		if b.kind != blank {
			return b.kind == paragraph && !pointsBack.MatchString(b.lines[0])
		}
	}
	return false
}
