package license

import (
	"bytes"
	"cmp"
	"slices"
)

const (
	together = 3  // copies up to which what is left is looked at as a whole
	headroom = 24 // words before a copy that may be the head of what it really is
)

// between are the places at which several changed copies of one text part, so that
// each is looked at again by itself: together, each look would go over all of them.
func (s *scan) between(text []byte, all []alignment) []int {
	if len(all) <= together || len(all) > maxRevisits {
		return nil
	}
	spans := make([][2]int, len(all))
	for i := range all {
		spans[i][0], spans[i][1] = all[i].span()
	}
	slices.SortFunc(spans, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	var cuts []int
	for i := 1; i < len(spans); i++ {
		end, next := spans[i-1][1], spans[i][0]
		if end >= next {
			continue
		}
		cut := max(end, next-headroom)
		for w := next; w > cut; w-- { // a paragraph's beginning is a better place
			gap := text[s.words.end[w-1]:s.words.start[w]]
			if bytes.Count(gap, []byte("\n")) > 1 {
				cut = w
				break
			}
		}
		cuts = append(cuts, cut)
	}
	return cuts
}
