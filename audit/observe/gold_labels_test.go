package observe

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"openness/audit"
)

// The gold set for reading: passages of pages that no rule was written for, and
// what two readers who had not seen the rules said of each. Package gold drew
// it and tells how. It holds no text: where a passage stands, and its labels.
const (
	goldPlaces = "gold/testdata/passages.tsv"
	goldLabels = "gold/testdata/labels.tsv"
)

// A goldItem is a passage with what its readers said of it.
type goldItem struct {
	n            int
	file, hash   string // below the corpus; SHA-256 of the whole file
	span         audit.Span
	model        string // org/name, github:owner/name or dataset:org/name
	chinese      bool
	half         string // random or candidate
	first, other *goldLabel
}

// A goldLabel is what one reader said of a passage.
type goldLabel struct {
	whose, mode, stage string
	values             map[string]string // by theme; of a licence that one is stated
}

// both reports whether two readers labelled a passage.
func (it *goldItem) both() bool { return it.other != nil }

// agreed is what the readers of a passage say alike of one thing: where two
// differ there is no telling, and the passage is not counted for it.
func (it *goldItem) agreed(of func(*goldLabel) string) (label string, ok bool) {
	label = of(it.first)
	return label, it.other == nil || of(it.other) == label
}

func labelWhose(l *goldLabel) string { return l.whose }

func labelMode(l *goldLabel) string { return l.mode }

// labelOf gives what a reader says that a passage proves of a theme.
func labelOf(theme string) func(*goldLabel) string {
	return func(l *goldLabel) string { return l.values[theme] }
}

// goldThemes are the themes of which a passage may prove a value, each with its
// values from the least to the most.
var goldThemes = []struct {
	name   string
	values []string
}{
	{"weights.published", []string{"true"}},
	{"data.pretraining", []string{"described", "listed", "downloadable"}},
	{"data.finetuning", []string{"described", "listed", "downloadable"}},
	{"data.denied", []string{"true"}},
	{"code.training", []string{"true"}},
	{"code.training.denied", []string{"true"}},
	{"hardware", []string{"mentioned", "detailed"}},
	{"architecture", []string{"mentioned", "detailed"}},
	{"paper", []string{"related", "own"}},
	{"license.weights", []string{"stated"}},
	{"license.code", []string{"stated"}},
	{"gate", []string{"automatic", "manual"}},
	{"api", []string{"true"}},
	{"package", []string{"true"}},
}

// goldRank is how much a value of a theme says: 0 where nothing is said, -1
// where the theme or value is unknown.
func goldRank(theme, value string) int {
	if value == "" {
		return 0
	}
	for _, th := range goldThemes {
		if th.name == theme {
			if i := slices.Index(th.values, value); i >= 0 {
				return i + 1
			}
		}
	}
	return -1
}

// The labels that a reader may give.
var (
	whoseLabels = strings.Fields("own base sibling other reader nobody")
	modeLabels  = strings.Fields("done denied promised conditional advice quoted")
	stageLabels = strings.Fields("pre-training tuning preference data-processing evaluation inference none")
)

// readGold reads the passages and their labels.
func readGold(t testing.TB) []goldItem {
	t.Helper()
	var all []goldItem
	for _, f := range goldTable(t, goldPlaces, 9) {
		number := goldNumbers(t, f[0], f[3], f[4])
		all = append(all, goldItem{n: number[0], file: f[1], hash: f[2], model: f[5], chinese: f[6] == "zh", half: f[7],
			span: audit.Span{Start: number[1], End: number[2]}})
	}
	for _, f := range goldTable(t, goldLabels, 6) {
		it := &all[goldNumbers(t, f[0])[0]-1]
		l := &goldLabel{whose: f[2], mode: f[3], stage: f[4], values: make(map[string]string)}
		for _, v := range strings.Fields(f[5]) {
			theme, value, _ := strings.Cut(v, "=")
			if strings.HasPrefix(theme, "license.") {
				value = "stated"
			}
			if goldRank(theme, value) < 1 || goldRank(theme, value) < goldRank(theme, l.values[theme]) {
				t.Fatalf("%d, reader %s: %q is no value", it.n, f[1], v)
			}
			l.values[theme] = value
		}
		known := slices.Contains(whoseLabels, l.whose) && slices.Contains(modeLabels, l.mode)
		if !known || !slices.Contains(stageLabels, l.stage) {
			t.Fatalf("%d, reader %s: %q are no labels", it.n, f[1], f[2:5])
		}
		if it.first == nil {
			it.first = l
		} else {
			it.other = l
		}
	}
	return all
}

// goldTable reads a table with a head and so many columns.
func goldTable(t testing.TB, file string, columns int) [][]string {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for i, line := range strings.Split(strings.TrimSuffix(string(body), "\n"), "\n")[1:] {
		f := strings.Split(line, "\t")
		if len(f) != columns {
			t.Fatalf("%s:%d: %d fields", file, i+2, len(f))
		}
		rows = append(rows, f)
	}
	return rows
}

func goldNumbers(t testing.TB, fields ...string) []int {
	t.Helper()
	var all []int
	for _, s := range fields {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, n)
	}
	return all
}

// TestGoldIsLabelled: every passage has its labels, and 120 have them twice.
func TestGoldIsLabelled(t *testing.T) {
	twice, values := 0, 0
	for _, it := range readGold(t) {
		if it.first == nil {
			t.Errorf("%d has no labels", it.n)
			continue
		}
		if it.both() {
			twice++
		}
		values += len(it.first.values)
	}
	if twice != 120 {
		t.Errorf("%d passages have two readers, not 120", twice)
	}
	t.Logf("%d passages were labelled by two readers; the first readings give %d values", twice, values)
}

// leastAgreement is the kappa of the readers, rounded down: a label that is
// changed must not make them agree less. Values are compared theme by theme,
// "nothing said" among them, over all themes of all passages.
var leastAgreement = map[string]float64{"whose": 0.86, "mode": 0.93, "stage": 0.91, "values": 0.91}

// TestGoldReaders states how far two readers agree on what both labelled.
func TestGoldReaders(t *testing.T) {
	pairs := make(map[string][][2]string)
	whole := 0
	for _, it := range readGold(t) {
		if !it.both() {
			continue
		}
		pairs["whose"] = append(pairs["whose"], [2]string{it.first.whose, it.other.whose})
		pairs["mode"] = append(pairs["mode"], [2]string{it.first.mode, it.other.mode})
		pairs["stage"] = append(pairs["stage"], [2]string{it.first.stage, it.other.stage})
		alike := true
		for _, th := range goldThemes {
			a, b := it.first.values[th.name], it.other.values[th.name]
			pairs["values"] = append(pairs["values"], [2]string{a, b})
			alike = alike && a == b
		}
		if alike {
			whole++
		}
	}
	n := len(pairs["whose"])
	t.Logf("two readers of %d passages give the same values, all of them, to %.1f %%", n, 100*float64(whole)/float64(n))
	for _, name := range []string{"whose", "mode", "stage", "values"} {
		raw, kappa := agreement(pairs[name])
		t.Logf("%-7s %4d pairs, the same %.1f %%, kappa %.2f", name, len(pairs[name]), 100*raw, kappa)
		if least, ok := leastAgreement[name]; !ok || kappa < least {
			t.Errorf("kappa of %s is %.3f, not %.2f as measured", name, kappa, least)
		}
	}
}

// agreement is the share of pairs that are alike, and Cohen's kappa: how far
// that goes beyond what two readers would have in common by chance.
func agreement(pairs [][2]string) (raw, kappa float64) {
	var counts [2]map[string]float64
	for i := range counts {
		counts[i] = make(map[string]float64)
	}
	for _, p := range pairs {
		if p[0] == p[1] {
			raw++
		}
		counts[0][p[0]]++
		counts[1][p[1]]++
	}
	n, chance := float64(len(pairs)), 0.0
	for label, c := range counts[0] {
		chance += c / n * counts[1][label] / n
	}
	raw /= n
	return raw, (raw - chance) / (1 - chance)
}

func TestAgreement(t *testing.T) {
	// The textbook's: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no.
	var pairs [][2]string
	for pair, n := range map[[2]string]int{{"y", "y"}: 20, {"y", "n"}: 5, {"n", "y"}: 10, {"n", "n"}: 15} {
		for range n {
			pairs = append(pairs, pair)
		}
	}
	if raw, kappa := agreement(pairs); raw != 0.7 || kappa < 0.399 || kappa > 0.401 {
		t.Errorf("agreement is %v, kappa %v, want 0.7 and 0.4", raw, kappa)
	}
}
