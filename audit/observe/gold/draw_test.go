package gold

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// The draw's seed: the day on which it was made.
const seed = 20261127

const (
	perModel     = 8  // passages of one model or repository at most
	fromDatasets = 12 // passages of dataset cards at most
)

// The drawn numbers: half at random, half candidates, each with its share of Chinese.
const (
	randomChinese    = 140
	randomOthers     = 280
	candidateChinese = 150
	candidateOthers  = 270
)

// A drawn passage remembers from which part of the pool it came, so that
// figures of one part can be weighed by the part's size.
type drawn struct {
	passage
	half  string // random or candidate
	theme string // of a candidate: the theme for which it was drawn
}

// A drawer takes passages and keeps the bounds.
type drawer struct {
	rnd      *rand.Rand
	taken    []drawn
	used     map[int]bool // indexes into the pool
	ofModel  map[string]int
	datasets int
}

// draw draws the whole set from a pool and shuffles it.
func draw(all []passage) []drawn {
	d := &drawer{rnd: rand.New(rand.NewPCG(seed, 0)), used: make(map[int]bool), ofModel: make(map[string]int)}
	for _, part := range []struct {
		chinese            bool
		random, candidates int
	}{{true, randomChinese, candidateChinese}, {false, randomOthers, candidateOthers}} {
		d.random(all, part.chinese, part.random)
		d.candidates(all, part.chinese, part.candidates)
	}
	d.rnd.Shuffle(len(d.taken), func(i, j int) { d.taken[i], d.taken[j] = d.taken[j], d.taken[i] })
	return d.taken
}

// random takes n passages, each as likely as any other.
func (d *drawer) random(all []passage, chinese bool, n int) {
	queue := d.shuffled(all, func(p passage) bool { return p.chinese == chinese })
	for _, i := range queue {
		if n == 0 {
			return
		}
		if d.take(all, i, "random", "") {
			n--
		}
	}
}

// candidates takes n passages from the candidates of each theme in turn.
func (d *drawer) candidates(all []passage, chinese bool, n int) {
	queues := make([][]int, len(themes))
	for t := range themes {
		queues[t] = d.shuffled(all, func(p passage) bool {
			return p.chinese == chinese && slices.Contains(p.themes, t)
		})
	}
	for t := 0; n > 0 && slices.ContainsFunc(queues, func(q []int) bool {
		return len(q) > 0
	}); t = (t + 1) % len(themes) {
		for len(queues[t]) > 0 {
			i := queues[t][0]
			queues[t] = queues[t][1:]
			if d.take(all, i, "candidate", themes[t].name) {
				n--
				break
			}
		}
	}
}

// shuffled lists the indexes of the passages that qualify, in random order.
func (d *drawer) shuffled(all []passage, ok func(passage) bool) []int {
	var queue []int
	for i, p := range all {
		if ok(p) {
			queue = append(queue, i)
		}
	}
	d.rnd.Shuffle(len(queue), func(i, j int) { queue[i], queue[j] = queue[j], queue[i] })
	return queue
}

// take adds a passage unless it was taken or a bound is reached.
func (d *drawer) take(all []passage, i int, half, theme string) bool {
	p := all[i]
	dataset := strings.HasPrefix(p.model, "dataset:")
	if d.used[i] || d.ofModel[p.model] == perModel || dataset && d.datasets == fromDatasets {
		return false
	}
	d.used[i] = true
	d.ofModel[p.model]++
	if dataset {
		d.datasets++
	}
	d.taken = append(d.taken, drawn{p, half, theme})
	return true
}
