package license

import (
	"cmp"
	"math"
	"slices"
)

// A run is a stretch of equal words: n words of the input from word w and of
// the reference from word r.
type run struct{ w, r, n int }

// An aligner lines a part of the input up with one reference.
type aligner struct {
	in  []uint16 // words of the input
	ref *reference
	*placeTable
	runs []run
	best []int32 // chain score up to each run
	prev []int32
	ends []int64 // chains by their score and where they end
	lcs  []uint8

	steps int // see scan

	diagonals [64]struct{ diagonal, end int } // where the last run on a diagonal ended
	longEnd   int                             // where the last long run ended
}

const (
	maxGap      = 300 // words of input that may stand between two runs of one match
	lookBack    = 8   // runs tried as predecessor of a run
	maxRepeats  = 4   // places of one shingle in a reference that are followed
	minRunWords = shingle

	maxInstances = 256 // copies of one reference found in one pass
	usedRun      = -2  // in prev: the run belongs to a chain already
)

// A placeTable says where the samples of a reference stand in it.
type placeTable struct {
	keys []uint32 // open addressing over the samples
	at   []int32  // 1 + word of the sample; 0 is empty
}

// load takes the reference and the table of its samples, which is made when the
// reference is first looked at and kept.
func (a *aligner) load(r *reference) {
	a.ref = r
	if a.placeTable = r.places.Load(); a.placeTable != nil {
		return
	}
	size := 64
	for size < 2*r.samples {
		size *= 2
	}
	t := &placeTable{make([]uint32, size), make([]int32, size)}
	mask := uint32(size - 1)
	a.steps += size + len(r.seq)
	samplesOf(r.seq, func(at int, h uint64) {
		slot := uint32(h) & mask
		for t.at[slot] != 0 {
			slot = (slot + 1) & mask
		}
		t.keys[slot], t.at[slot] = uint32(h>>16), int32(at+1)
	})
	a.placeTable = t
	r.places.Store(t)
}

// chains finds where the reference matches the input words [from, to), given
// the known shingles there. Each chain is a list of runs in ascending order;
// chains do not overlap in the input.
func (a *aligner) chains(hits []hit, from, to int) [][]run {
	a.findRuns(hits, from, to)
	a.link()
	need := int32(max(minRunWords, len(a.ref.seq)/5))
	a.ends = a.ends[:0]
	for i, best := range a.best {
		if best >= need { // the best first, of equal ones the first
			a.ends = append(a.ends, int64(math.MaxInt32-best)<<32|int64(i))
		}
	}
	slices.Sort(a.ends)
	var all [][]run
	var taken []Span
	for _, end := range a.ends {
		if len(all) >= maxInstances {
			break
		}
		chain := a.unlink(int(end & math.MaxUint32))
		if len(chain) == 0 {
			continue
		}
		span := Span{chain[0].w, chain[len(chain)-1].w + chain[len(chain)-1].n}
		a.steps += len(chain) + len(taken)
		if !slices.ContainsFunc(taken, func(t Span) bool { return t.Start < span.End && span.Start < t.End }) {
			taken = append(taken, span)
			all = append(all, chain)
		}
	}
	return all
}

// findRuns extends each shared shingle to the longest stretch of equal words.
func (a *aligner) findRuns(hits []hit, from, to int) {
	a.runs, a.longEnd = a.runs[:0], 0
	clear(a.diagonals[:])
	mask := uint32(len(a.keys) - 1)
	for _, h := range hits {
		key, repeats := uint32(h.hash>>16), 0
		for slot := uint32(h.hash) & mask; a.at[slot] != 0 && repeats < maxRepeats; slot = (slot + 1) & mask {
			if a.keys[slot] == key {
				repeats++
				a.extend(int(h.at), int(a.at[slot]-1), from, to)
			}
		}
	}
}

// longRun is the length from which a run explains its words for good: shorter
// repeats of the same words elsewhere in the reference are not followed.
const longRun = 40

// extend adds the longest run of equal words around input word w and
// reference word r, unless one that was found before covers it.
func (a *aligner) extend(w, r, from, to int) {
	seen := &a.diagonals[uint(w-r)%uint(len(a.diagonals))]
	if seen.diagonal == w-r && w < seen.end || w+shingle <= a.longEnd {
		return
	}
	in, seq, n := a.in, a.ref.seq, len(a.ref.seq)
	lo, hi := w, w
	for lo > from && r-(w-lo) > 0 && in[lo-1] == seq[r-(w-lo)-1] {
		lo--
	}
	for hi < to && r+hi-w < n && in[hi] == seq[r+hi-w] {
		hi++
	}
	a.steps += hi - lo + 1
	if hi-lo < minRunWords {
		return
	}
	a.runs = append(a.runs, run{lo, r - (w - lo), hi - lo})
	seen.diagonal, seen.end = w-r, hi
	if hi-lo >= longRun {
		a.longEnd = max(a.longEnd, hi)
	}
}

// link finds for each run the best chain that ends with it. Runs of a chain
// ascend in the input and in the reference; gaps cost a little. The runs just
// before and the best chains so far are tried as predecessors.
func (a *aligner) link() {
	slices.SortFunc(a.runs, func(x, y run) int { return cmp.Or(cmp.Compare(x.w, y.w), cmp.Compare(x.r, y.r)) })
	a.best, a.prev = a.best[:0], a.prev[:0]
	a.steps += len(a.runs) * (lookBack + 4)
	var leaders [4]int // 1 + runs that end the best chains, in no order
	for i, x := range a.runs {
		best, prev := int32(x.n), int32(-1)
		try := func(j int) {
			p := a.runs[j]
			gap, skipped := x.w-(p.w+p.n), x.r-(p.r+p.n)
			overlap := max(0, -gap, -skipped)
			if overlap >= x.n || overlap >= p.n || gap > maxGap || x.r <= p.r {
				return
			}
			if score := a.best[j] + int32(x.n-overlap) - int32(max(0, gap)+max(0, skipped))/8; score > best {
				best, prev = score, int32(j)
			}
		}
		for j := max(0, i-lookBack); j < i; j++ {
			try(j)
		}
		lowest := 0
		for k, j := range leaders {
			if j == 0 {
				lowest = k
				break
			}
			try(j - 1)
			if p := a.runs[j-1]; x.w > p.w+p.n+maxGap {
				leaders[k], lowest = 0, k
				break
			}
			if a.best[j-1] < a.best[leaders[lowest]-1] {
				lowest = k
			}
		}
		a.best, a.prev = append(a.best, best), append(a.prev, prev)
		if j := leaders[lowest]; j == 0 || a.best[j-1] <= best {
			leaders[lowest] = i + 1
		}
	}
}

// unlink writes the chain that ends with run end in ascending order, its runs
// cut so that they do not overlap. Each run is used once; a chain that runs
// into another is dropped, so that all chains together cost linear time.
func (a *aligner) unlink(end int) []run {
	n := 0
	for i := int32(end); i >= 0; i = a.prev[i] {
		n++
	}
	chain := make([]run, 0, n)
	for i := int32(end); i >= 0; {
		before := a.prev[i]
		if before == usedRun {
			return nil
		}
		chain = append(chain, a.runs[i])
		a.prev[i] = usedRun
		i = before
	}
	slices.Reverse(chain)
	for i := 1; i < len(chain); i++ {
		p, x := chain[i-1], &chain[i]
		if cut := max(p.w+p.n-x.w, p.r+p.n-x.r); cut > 0 {
			x.w, x.r, x.n = x.w+cut, x.r+cut, x.n-cut
		}
	}
	return slices.DeleteFunc(chain, func(x run) bool { return x.n <= 0 })
}

// refine fills the gaps of a chain with the equal words in them that are too
// few for a shingle, and stretches it to both ends of the reference.
func (a *aligner) refine(chain []run, from, to int) []run {
	full := make([]run, 0, 2*len(chain)+8)
	first, last := chain[0], chain[len(chain)-1]
	head := a.gap(nil, max(from, first.w-first.r-32), first.w, 0, first.r)
	full = append(full, trimHead(head, first.w)...)
	for i, x := range chain {
		if i > 0 {
			p := chain[i-1]
			full = a.gap(full, p.w+p.n, x.w, p.r+p.n, x.r)
		}
		full = append(full, x)
	}
	w, r := last.w+last.n, last.r+last.n
	rest := len(a.ref.seq) - r
	tail := a.gap(nil, w, min(to, w+rest+rest/2+32), r, len(a.ref.seq))
	return join(append(full, trimTail(tail, w)...))
}

// trimHead keeps of the runs before word w those that are dense enough to
// belong to the match rather than to the text before it.
func trimHead(runs []run, w int) []run {
	equal, keep := 0, len(runs)
	for i := len(runs) - 1; i >= 0; i-- {
		equal += runs[i].n
		if equal*2 >= w-runs[i].w {
			keep = i
		}
	}
	return runs[keep:]
}

func trimTail(runs []run, w int) []run {
	equal, keep := 0, 0
	for i, x := range runs {
		equal += x.n
		if equal*2 >= x.w+x.n-w {
			keep = i + 1
		}
	}
	return runs[:keep]
}

// join merges runs that touch.
func join(runs []run) []run {
	out := runs[:0]
	for _, x := range runs {
		if n := len(out); n > 0 && out[n-1].w+out[n-1].n == x.w && out[n-1].r+out[n-1].n == x.r {
			out[n-1].n += x.n
			continue
		}
		out = append(out, x)
	}
	return out
}

const (
	maxTable  = 1 << 14 // cells of the table for the exact comparison of a gap
	lookAhead = 24      // words tried when a gap is too large for it
	patience  = 100     // words without an equal one after which a gap is given up
)

// gap appends the equal words between input [w0, w1) and reference [r0, r1).
func (a *aligner) gap(runs []run, w0, w1, r0, r1 int) []run {
	if w0 >= w1 || r0 >= r1 {
		return runs
	}
	if (w1-w0+1)*(r1-r0+1) <= maxTable && w1-w0 < 255 && r1-r0 < 255 {
		return a.exact(runs, w0, w1, r0, r1)
	}
	return a.greedy(runs, w0, w1, r0, r1)
}

// exact finds a longest common subsequence.
func (a *aligner) exact(runs []run, w0, w1, r0, r1 int) []run {
	n, m := w1-w0, r1-r0
	a.steps += n * m
	if n == 1 || m == 1 { // most gaps: one word stands for another
		return a.only(runs, w0, w1, r0, r1)
	}
	if cap(a.lcs) < (n+1)*(m+1) {
		a.lcs = make([]uint8, maxTable)
	}
	t := a.lcs[:(n+1)*(m+1)]
	clear(t[n*(m+1):])
	seq := a.ref.seq[r0:r1]
	for i := n - 1; i >= 0; i-- {
		row, below := t[i*(m+1):][:m+1], t[(i+1)*(m+1):][:m+1]
		right := uint8(0)
		row[m] = 0
		id := a.in[w0+i]
		for j := len(seq) - 1; j >= 0; j-- {
			if id == seq[j] {
				right = below[j+1] + 1
			} else {
				right = max(below[j], right)
			}
			row[j] = right
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case a.in[w0+i] == seq[j]:
			runs = push(runs, w0+i, r0+j)
			i, j = i+1, j+1
		case t[(i+1)*(m+1)+j] >= t[i*(m+1)+j+1]:
			i++
		default:
			j++
		}
	}
	return runs
}

// only is exact where one side has one word: its first equal is paired.
func (a *aligner) only(runs []run, w0, w1, r0, r1 int) []run {
	for w := w0; w < w1; w++ {
		for r := r0; r < r1; r++ {
			if a.in[w] == a.ref.seq[r] {
				return push(runs, w, r)
			}
		}
	}
	return runs
}

// push adds a pair of equal words, to the last run where it touches that.
func push(runs []run, w, r int) []run {
	if n := len(runs); n > 0 && runs[n-1].w+runs[n-1].n == w && runs[n-1].r+runs[n-1].n == r {
		runs[n-1].n++
		return runs
	}
	return append(runs, run{w, r, 1})
}

// greedy walks both sides and, where they differ, takes the nearest place
// where three words agree again: linear time, for gaps of any size.
func (a *aligner) greedy(runs []run, w0, w1, r0, r1 int) []run {
	i, j, misses := w0, r0, 0
	for i < w1 && j < r1 && misses < patience {
		a.steps++
		if a.in[i] == a.ref.seq[j] {
			runs = push(runs, i, j)
			i, j, misses = i+1, j+1, 0
			continue
		}
		di, dj, ok := a.resync(i, j, w1, r1)
		if !ok {
			di, dj = 1, 1
			misses++
		}
		i, j = i+di, j+dj
	}
	return runs
}

func (a *aligner) resync(i, j, w1, r1 int) (di, dj int, ok bool) {
	for d := 1; d <= lookAhead; d++ {
		a.steps += d + 1
		for di := 0; di <= d; di++ {
			x, y := i+di, j+d-di
			if x+2 < w1 && y+2 < r1 && a.in[x] == a.ref.seq[y] && a.in[x+1] == a.ref.seq[y+1] &&
				a.in[x+2] == a.ref.seq[y+2] {
				return di, d - di, true
			}
		}
	}
	return 0, 0, false
}
