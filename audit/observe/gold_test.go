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

func (s goldScore) recall() float64 { return share(s.recalled, s.positives) }

func (s goldScore) String() string {
	return fmt.Sprintf("%3d; %s (%3d) %s %s", s.positives, figure(s.right, s.claims), s.claims,
		figure(s.recalled, s.positives), figure(s.quoted, s.positives))
}

// figure writes a share, or that there is nothing to take one of.
func figure(part, whole int) string {
	if whole == 0 {
		return "   -"
	}
	return fmt.Sprintf("%.2f", share(part, whole))
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
// where the page gave its value, or more, from whatever passage. The readers had
// no label for commercial use that needs a permission: where the program takes
// such a condition of the model for its terms, nothing tells whether it is right.
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
		untold := here.unnamed && want == 0 && it.first.whose == "own" && it.first.mode == "conditional"
		if here.value != "" && !untold {
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
				wrong = append(wrong, goldError{theme, kind, label, here.value, here.why, it})
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
			wrong = append(wrong, goldError{theme, "too little", label, page.value, page.why, it})
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

// goldBounds hold what was measured, so that a change for the worse is seen; no
// theme need be better than what is asked. Where nothing is claimed, no claim is
// wrong, and where nothing is to be found, all is: such a bound binds the first
// false claim. Each is to rise to 0.9 and 0.8, and is raised when it does.
//
// Two fell on purpose, and no reading became false. One passage links a data set in
// a list whose other entries link none: its page then tells of a part of the data.
// One right licence is claimed no more, for its model's card was not looked at.
var goldBounds = map[string]goldBound{
	"whose=other":          {0.46, 0.31},
	"mode=denied":          {0.66, 0.28},
	"mode=promised":        {0.68, 0.64},
	"weights.published":    {0.80, 0.72},
	"data.pretraining":     {0.88, 0.76}, // two pre-trainings that went on from a base: docs/agreement.md
	"data.finetuning":      {0.82, 0.80},
	"data.denied":          {1.00, 1.00},
	"code.training":        {1.00, 0.54},
	"code.training.denied": {1.00, 1.00},
	"hardware":             {0.92, 0.89},
	"architecture":         {0.85, 0.59}, // readers took settings of a training for a detailed one
	"paper":                {0.90, 0.78},
	"license.weights":      {0.85, 0.95}, // one right claim is quoted from another sentence: 6 of 7 for 7 of 8
	"license.code":         {0.33, 0.42},
	"gate":                 {1.00, 0.66},
	"api":                  {1.00, 0.00},
	"package":              {1.00, 0.50},
	"all themes":           {0.86, 0.74},
}

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
	rows := []string{"whose=other", "mode=denied", "mode=promised"}
	for _, th := range goldThemes {
		rows = append(rows, th.name)
	}
	score := func(row string, of []goldItem) (goldScore, []goldError) {
		if row == "whose=other" {
			return scoreWhose(of, pages)
		}
		if mode, ok := strings.CutPrefix(row, "mode="); ok {
			return scoreMode(mode, of, pages)
		}
		return scoreTheme(row, of, pages)
	}
	var wrong []goldError
	var total [3]goldScore
	hold := func(row string, all, zh, rnd goldScore) {
		t.Logf("%-20s %v | Chinese %v | random %v", row, all, zh, rnd)
		bound, ok := goldBounds[row]
		precise := all.precision() >= min(bound.precision, askedPrecision)
		if !ok || !precise || all.recall() < min(bound.recall, askedRecall) {
			t.Errorf("%s: precision %.3f and recall %.3f, where %.2f and %.2f were measured",
				row, all.precision(), all.recall(), bound.precision, bound.recall)
		}
	}
	t.Log("positives; precision (claims), recall, recall by the passage itself")
	for _, row := range rows {
		all, errors := score(row, items)
		zh, _ := score(row, chinese)
		rnd, _ := score(row, random)
		wrong = append(wrong, errors...)
		hold(row, all, zh, rnd)
		if row != "whose=other" && !strings.HasPrefix(row, "mode=") {
			total[0], total[1], total[2] = total[0].plus(all), total[1].plus(zh), total[2].plus(rnd)
		}
	}
	hold("all themes", total[0], total[1], total[2])
	writeGoldReport(t, wrong, pages)
}

func (s goldScore) plus(o goldScore) goldScore {
	return goldScore{s.claims + o.claims, s.right + o.right,
		s.positives + o.positives, s.recalled + o.recalled, s.quoted + o.quoted}
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
		it, said := e.item, e.item.first
		text := strings.Fields(string(pages[it.file].body[it.span.Start:it.span.End]))
		fmt.Fprintf(&w, "%s: %s | %d | label %q, read %q | %s\n", e.theme, e.kind, it.n, e.label, e.read, e.why)
		fmt.Fprintf(&w, "  labelled %s, %s, %s | %s at %d\n", said.whose, said.mode, said.stage, it.file, it.span.Start)
		fmt.Fprintf(&w, "  %s\n", strings.Join(text, " "))
	}
	if err := os.WriteFile(file, []byte(w.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
