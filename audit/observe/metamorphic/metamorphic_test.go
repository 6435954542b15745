package metamorphic

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"openness/rubric"
)

// TestSameSaidOtherwise: a page in another form, or with words on other models,
// gives the same classes; a promise, a denial or a request form raises none.
//
// OPENNESS_SLOW=1 makes all changes of the sample and not every other one;
// OPENNESS_METAMORPHIC_KINDS=PATTERN makes changes of some kinds alone, without bounds;
// OPENNESS_METAMORPHIC=all adds every sentence at every place, without bounds;
// OPENNESS_METAMORPHIC_REPORT=FILE writes every flip with its evidence.
func TestSameSaidOtherwise(t *testing.T) {
	if testing.Short() {
		t.Skip("reading thousands of changed pages takes a minute: left out of the short run")
	}
	subjects := gatherAll(t, chosen(t))
	checkChosen(t, subjects)
	all, some := os.Getenv("OPENNESS_METAMORPHIC") == "all", kinds() != nil
	rubrics := rubricsNamed(t, "osai-2026", "radboud-2023")
	found := make([][]flip, len(subjects))
	made := make([]map[string]int, len(subjects))
	each(len(subjects), func(i int) {
		found[i], made[i] = flipsOf(&subjects[i], i, all, rubrics)
	})
	flipped := slices.Concat(found...)
	total := map[string]int{}
	for _, m := range made {
		for kind, n := range m {
			total[kind] += n
		}
	}
	writeReport(t, "OPENNESS_METAMORPHIC_REPORT", flipped)
	holdBounds(t, flipped, total, atMost, all || some)
}

// slow tries every change of the sample and both ways to lose a source; without
// it every other one is tried, of each subject others.
var slow = os.Getenv("OPENNESS_SLOW") != ""

// kinds are those that the environment asks for; nil for all.
var kinds = sync.OnceValue(func() *regexp.Regexp {
	if only := os.Getenv("OPENNESS_METAMORPHIC_KINDS"); only != "" {
		return regexp.MustCompile(only)
	}
	return nil
})

// flipsOf reads a subject as it is and under each change, and counts the changes by kind.
func flipsOf(c *captured, turn int, all bool, rubrics []*rubric.Rubric) ([]flip, map[string]int) {
	before := read(c.subject, c.docs, rubrics)
	made := map[string]int{}
	var found []flip
	for i, change := range changes(c, turn, all) {
		if only := kinds(); only != nil && !only.MatchString(change.kind) ||
			only == nil && !all && !slow && (i+turn)%2 != 0 {
			continue
		}
		made[change.kind]++
		for _, f := range flips(before, read(c.subject, c.with(change.text), rubrics), change.turn) {
			f.subject, f.kind, f.name = c.target, change.kind, change.name
			found = append(found, f)
		}
	}
	return found, made
}

// checkChosen holds the sample to what it is said to be.
func checkChosen(t *testing.T, subjects []captured) {
	t.Helper()
	cards, chinese, repositories := 0, 0, 0
	makers := map[string]bool{}
	for i := range subjects {
		if strings.HasPrefix(subjects[i].target, "github:") {
			repositories++
			continue
		}
		cards++
		makers[strings.Split(subjects[i].target, "/")[0]] = true
		if han(subjects[i].text()) > 150 {
			chinese++
		}
	}
	t.Logf("%d cards of %d makers, %d with Chinese text, and %d repositories", cards, len(makers), chinese,
		repositories)
	if cards < 60 || chinese < 10 || repositories < 20 {
		t.Errorf("want at least 60 cards, 10 with Chinese text, and 20 repositories")
	}
}

func rubricsNamed(t *testing.T, names ...string) []*rubric.Rubric {
	t.Helper()
	var all []*rubric.Rubric
	for _, name := range names {
		r, err := rubric.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// writeReport writes every flip to the file that the environment names.
func writeReport(t *testing.T, variable string, flipped []flip) {
	t.Helper()
	file := os.Getenv(variable)
	if file == "" {
		return
	}
	var w strings.Builder
	w.WriteString("subject\tkind\tchange\trubric\tdimension\tbefore -> after\tobserved after only\tobserved before only\n")
	for _, f := range flipped {
		fmt.Fprintln(&w, f)
	}
	if err := os.WriteFile(file, []byte(w.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// holdBounds compares the flips of each kind with its bound and lists what is
// over one. Every kind must have a bound and have been tried.
func holdBounds(t *testing.T, flipped []flip, made, bounds map[string]int, unbounded bool) {
	t.Helper()
	byKind, byDimension := map[string][]flip{}, map[string]map[string]int{}
	for _, f := range flipped {
		byKind[f.kind] = append(byKind[f.kind], f)
		if byDimension[f.kind] == nil {
			byDimension[f.kind] = map[string]int{}
		}
		byDimension[f.kind][f.dimension]++
	}
	for _, kind := range slices.Sorted(maps.Keys(made)) {
		bound, ok := bounds[kind]
		t.Logf("%-34s %5d changes %4d flips, at most %4d: %v", kind, made[kind], len(byKind[kind]), bound,
			byDimension[kind])
		if !unbounded && (!ok || len(byKind[kind]) > bound) {
			t.Errorf("%s: %d flips, at most %d are allowed; one is\n%s", kind, len(byKind[kind]), bound,
				first(byKind[kind]))
		}
	}
	for kind := range bounds {
		if made[kind] == 0 && !unbounded {
			t.Errorf("%s has a bound, but no change of this kind was made", kind)
		}
	}
	t.Logf("%d flips in all", len(flipped))
}

func first(list []flip) string {
	if len(list) == 0 {
		return "none"
	}
	return list[0].String()
}
