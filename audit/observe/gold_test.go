package observe

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"openness/audit/phrases"
)

// A goldScore counts one theme.
type goldScore struct {
	claims, right    int // claims that rest on a passage, and those that its labels bear out
	positives        int // passages that prove a value
	recalled, quoted int // those whose value the page gave, and those that gave it themselves
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

func (s goldScore) precision() float64 { return share(s.right, s.claims) }
func (s goldScore) recall() float64    { return share(s.recalled, s.positives) }

func (s goldScore) String() string {
	return fmt.Sprintf("%4d positives; precision %.2f (%d of %d), recall %.2f (%d), of these quoted %d",
		s.positives, s.precision(), s.right, s.claims, s.recall(), s.recalled, s.quoted)
}

// A goldError is a passage that the program reads otherwise than its readers.
type goldError struct {
	theme, kind, label, read, why string
	item                          *goldItem
}

// otherStage is the theme that a theme of data is easily taken for.
var otherStage = map[string]string{"data.pretraining": "data.finetuning", "data.finetuning": "data.pretraining"}

// scoreTheme measures one theme on the passages whose readers agree on it.
//
// A claim is right where the label says as much or more. Some facts are read
// from the page's first or best statements only: a passage counts as recalled
// where the page gave its value, or more, from whatever passage.
func scoreTheme(theme string, items []goldItem, pages map[string]*goldReading) (s goldScore, wrong []goldError) {
	for i := range items {
		it := &items[i]
		label, ok := it.agreed(labelOf(theme))
		if !ok {
			continue
		}
		r := pages[it.file]
		want := goldRank(theme, label)
		here := r.best(theme, func(c goldClaim) bool { return c.quotes(it.span) })
		page := r.best(theme, func(goldClaim) bool { return true })
		if here.value != "" {
			s.claims++
			if goldRank(theme, here.value) <= want {
				s.right++
			} else {
				kind := "nothing is proved"
				if want > 0 {
					kind = "too much"
				} else if other, ok := otherStage[theme]; ok && it.first.values[other] != "" {
					kind = "of the other stage"
				}
				wrong = append(wrong, goldError{theme, kind, label, here.value, here.fact, it})
			}
		}
		if want == 0 {
			continue
		}
		s.positives++
		switch {
		case goldRank(theme, page.value) >= want:
			s.recalled++
			if goldRank(theme, here.value) >= want {
				s.quoted++
			}
		case page.value != "":
			wrong = append(wrong, goldError{theme, "too little", label, page.value, page.fact, it})
		default:
			why := ""
			if r.blanks(it.span) {
				why = "taken off as another's"
			}
			wrong = append(wrong, goldError{theme, "missed", label, "", why, it})
		}
	}
	return s, wrong
}

// scoreWhose measures what is taken off pages as another's. Passages on the
// reader or on nobody prove nothing, whether they are taken off or not; one on a
// sibling is rightly taken off, but need not be.
func scoreWhose(items []goldItem, pages map[string]*goldReading) (s goldScore, wrong []goldError) {
	for i := range items {
		it := &items[i]
		label, ok := it.agreed(labelWhose)
		if !ok || label == "reader" || label == "nobody" || !pages[it.file].judged {
			continue
		}
		off := pages[it.file].blanks(it.span)
		if off {
			s.claims++
		}
		switch {
		case label == "other":
			s.positives++
			if off {
				s.right++
				s.recalled++
				s.quoted++
			} else {
				wrong = append(wrong, goldError{"whose", "missed", label, "kept", "", it})
			}
		case off && label == "sibling":
			s.right++
		case off:
			wrong = append(wrong, goldError{"whose", "taken off", label, "other", "", it})
		}
	}
	return s, wrong
}

// scoreMode measures one mode, as the phrase book reads the passage's text.
func scoreMode(mode string, items []goldItem, pages map[string]*goldReading) (s goldScore, wrong []goldError) {
	for i := range items {
		it := &items[i]
		label, ok := it.agreed(labelMode)
		if !ok {
			continue
		}
		read, because := phrases.Mode(string(pages[it.file].body[it.span.Start:it.span.End]))
		if read == mode {
			s.claims++
		}
		if label == mode {
			s.positives++
		}
		switch {
		case read == mode && label == mode:
			s.right++
			s.recalled++
			s.quoted++
		case read == mode:
			why := fmt.Sprintf("%s:%d %s", because.Phrase.File, because.Phrase.Line, because.Phrase.Say)
			wrong = append(wrong, goldError{"mode " + mode, "not so", label, read, why, it})
		case label == mode:
			wrong = append(wrong, goldError{"mode " + mode, "missed", label, read, "", it})
		}
	}
	return s, wrong
}

// What is asked of every theme.
const (
	askedPrecision = 0.9
	askedRecall    = 0.8
)

// A goldBound is the precision and recall of a theme as they were measured,
// rounded down.
type goldBound struct{ precision, recall float64 }

// goldBounds hold what was measured, so that a change for the worse is seen.
var goldBounds = map[string]goldBound{}

// TestGoldReading measures the program's reading against the gold set. The file
// that OPENNESS_GOLD_REPORT names gets every disagreement, with the passages'
// texts: it belongs outside the repository.
func TestGoldReading(t *testing.T) {
	plainRunOnly(t)
	if _, err := os.Stat(sharedCorpus); err != nil {
		t.Skip("no shared corpus beside the checkout")
	}
	items := readGold(t)
	pages := readGoldPages(t, items)
	chinese := slices.DeleteFunc(slices.Clone(items), func(it goldItem) bool { return !it.chinese })
	random := slices.DeleteFunc(slices.Clone(items), func(it goldItem) bool { return it.half != "random" })
	type measure struct {
		name string
		of   func([]goldItem) (goldScore, []goldError)
	}
	measures := []measure{
		{"whose=other", func(of []goldItem) (goldScore, []goldError) { return scoreWhose(of, pages) }},
		{"mode=denied", func(of []goldItem) (goldScore, []goldError) { return scoreMode("denied", of, pages) }},
		{"mode=promised", func(of []goldItem) (goldScore, []goldError) { return scoreMode("promised", of, pages) }},
	}
	for _, th := range goldThemes {
		measures = append(measures, measure{th.name, func(of []goldItem) (goldScore, []goldError) { return scoreTheme(th.name, of, pages) }})
	}
	var wrong []goldError
	total := make(map[string]goldScore)
	for i, m := range measures {
		all, errors := m.of(items)
		wrong = append(wrong, errors...)
		t.Logf("%-20s %v", m.name, all)
		for part, of := range map[string][]goldItem{"in Chinese": chinese, "drawn at random": random} {
			s, _ := m.of(of)
			t.Logf("%20s %v", part, s)
			if i >= 3 {
				total[part] = total[part].plus(s)
			}
		}
		if i >= 3 {
			total["all themes"] = total["all themes"].plus(all)
		}
		bound, ok := goldBounds[m.name]
		if !ok || all.precision() < bound.precision || all.recall() < bound.recall {
			t.Errorf("%s: precision %.3f and recall %.3f, measured were %.2f and %.2f", m.name, all.precision(), all.recall(), bound.precision, bound.recall)
		}
	}
	for name, s := range total {
		t.Logf("%-20s %v", name, s)
	}
	writeGoldReport(t, wrong, pages)
}

func (s goldScore) plus(o goldScore) goldScore {
	return goldScore{s.claims + o.claims, s.right + o.right, s.positives + o.positives, s.recalled + o.recalled, s.quoted + o.quoted}
}

// writeGoldReport writes the disagreements to the file that the environment names.
func writeGoldReport(t *testing.T, wrong []goldError, pages map[string]*goldReading) {
	t.Helper()
	file := os.Getenv("OPENNESS_GOLD_REPORT")
	if file == "" {
		return
	}
	slices.SortStableFunc(wrong, func(a, b goldError) int {
		return cmp.Or(cmp.Compare(a.theme, b.theme), cmp.Compare(a.kind, b.kind), cmp.Compare(a.item.n, b.item.n))
	})
	var w strings.Builder
	for _, e := range wrong {
		text := pages[e.item.file].body[e.item.span.Start:e.item.span.End]
		fmt.Fprintf(&w, "%s: %s | %d | label %q, read %q | %s\n  labelled %s, %s, %s | %s at %d\n  %s\n", e.theme, e.kind, e.item.n, e.label, e.read, e.why,
			e.item.first.whose, e.item.first.mode, e.item.first.stage, e.item.file, e.item.span.Start, strings.Join(strings.Fields(string(text)), " "))
	}
	if err := os.WriteFile(file, []byte(w.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
