package license

import (
	"bytes"
	"cmp"
	"slices"
)

// headroom is how many words before a copy may be the head of what it really is.
const headroom = 24

// between are the places at which several copies of one text part. Each is looked at
// by itself: together, all of them would be compared with every relative, and once
// more each for its own sake. A place at an end of the words [from, to) parts nothing.
func (s *scan) between(text []byte, all []alignment, from, to int) []int {
	spans := make([][2]int, len(all))
	for i := range all {
		spans[i][0], spans[i][1] = all[i].span()
	}
	slices.SortFunc(spans, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	var cuts []int
	for i := 1; i < len(spans); i++ {
		end, next := spans[i-1][1], spans[i][0]
		cut := min(max(end, next-headroom), next)
		for w := next; w > cut; w-- { // a paragraph's beginning is a better place
			gap := text[s.words.end[w-1]:s.words.start[w]]
			if bytes.Count(gap, []byte("\n")) > 1 {
				cut = w
				break
			}
		}
		if from < cut && cut < to {
			cuts = append(cuts, cut)
		}
	}
	return cuts
}
