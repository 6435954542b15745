package rubric

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Fault is one thing wrong with a rubric file, and where.
type Fault struct {
	File      string `json:"file"`
	Line      int    `json:"line"`   // 1-based; 0 when the file as a whole is meant
	Column    int    `json:"column"` // 1-based; 0 when only the line is known
	Dimension string `json:"dimension,omitempty"`
	Message   string `json:"message"`
}

func (f Fault) String() string {
	var b strings.Builder
	b.WriteString(f.File)
	if f.Line > 0 {
		fmt.Fprintf(&b, ":%d", f.Line)
		if f.Column > 0 {
			fmt.Fprintf(&b, ":%d", f.Column)
		}
	}
	b.WriteString(": ")
	if f.Dimension != "" {
		fmt.Fprintf(&b, "dimension %q: ", f.Dimension)
	}
	b.WriteString(f.Message)
	return b.String()
}

// Faults is every fault of one rubric file, in the order of the file. It is
// the error that Load and Parse return for a file that could be read.
type Faults []Fault

func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "\n")
}

func (f Faults) sorted() Faults {
	slices.SortStableFunc(f, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return f
}

// DidYouMean returns `; did you mean "x"?` for the candidate nearest to word, or
// nothing where none is near enough to be a slip of the hand.
func DidYouMean(word string, candidates []string) string {
	letters := len(strings.TrimLeft(word, "-"))
	best, least := "", letters/3+2
	if letters <= 3 {
		least = 2 // of gif and pdf one letter is the same
	}
	for _, c := range candidates {
		if d := editDistance(strings.ToLower(word), strings.ToLower(c)); d < least {
			best, least = c, d
		}
	}
	if best == "" && letters > 3 {
		best = endsLater(word, candidates)
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// endsLater is the first candidate of which a word is the name without its end, such as
// its year; "" for none.
func endsLater(word string, candidates []string) string {
	for _, c := range candidates {
		if strings.HasPrefix(strings.ToLower(c), strings.ToLower(word)+"-") {
			return c
		}
	}
	return ""
}

// editDistance counts the insertions, deletions and replacements of bytes that
// turn a into b (Levenshtein).
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
