package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/rubric"
	"openness/rubric/claims"
)

// The sentences and articles of testdata/claims were written before their
// author had read a rule or a wording. They speak of real models; the facts
// that they were labelled by are kept beside them (store.jsonl.gz: what was
// observed of each, without text of others), so that a new snapshot changes no label.

// A keptStore is those facts.
type keptStore []claims.Model

func (s keptStore) Models() []claims.Model { return s }

func (s keptStore) Model(id string, _ time.Time) (claims.Model, bool) {
	i := slices.IndexFunc(s, func(m claims.Model) bool { return m.ID == id })
	if i < 0 {
		return claims.Model{}, false
	}
	return s[i], true
}

func readKept(t *testing.T) (*namer, *claims.Checker) {
	t.Helper()
	file, err := os.Open("testdata/claims/store.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)
	var subjects []audit.Subject
	var store keptStore
	scanner := bufio.NewScanner(lines)
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		var r audit.Record
		if err := json.Unmarshal(scanner.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		for i := range r.Observations {
			o := &r.Observations[i]
			o.RetrievedAt, o.URL, o.SHA256, o.End = day, "https://hub.example/"+r.Subject.ID, "x", 1
		}
		subjects = append(subjects, r.Subject)
		store = append(store, claims.Model{ID: r.Subject.ID, Released: r.Subject.Released,
			Observations: r.Observations})
	}
	if err := scanner.Err(); err != nil || len(store) < 50 {
		t.Fatalf("%d models, %v", len(store), err)
	}
	return newNamer(subjects), &claims.Checker{Library: store, Now: day}
}

func verdictOn(n *namer, k *claims.Checker, text string) claims.Checked {
	names, unclear := n.names(text)
	if unclear != "" {
		return claims.Checked{Verdict: rubric.NotRecognised}
	}
	c := k.Check(text, names, "")
	if c.Model == nil {
		c.Verdict = rubric.NotRecognised
	}
	return c
}

// TestOutsiders: nine of ten sentences get the verdict that a reader gives
// them, and nothing is supported that is not.
func TestOutsiders(t *testing.T) {
	n, k := readKept(t)
	text, err := os.ReadFile("testdata/claims/sentences.tsv")
	if err != nil {
		t.Fatal(err)
	}
	right, strict, all := 0, 0, 0
	given := make(map[string]int)
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") {
			continue
		}
		if len(f) != 3 {
			t.Fatalf("%q has %d fields, not 3", line, len(f))
		}
		all++
		c := verdictOn(n, k, f[2])
		wants := strings.Split(f[0], "/")
		given[wants[0]+" -> "+string(c.Verdict)]++
		switch {
		case slices.Contains(wants, string(c.Verdict)):
			right++
			if wants[0] == string(c.Verdict) {
				strict++
			}
		case c.Verdict == rubric.Supported:
			t.Errorf("%q is supported, want %s: %s", f[2], f[0], partsOf(&c))
		default:
			t.Logf("%s: %q: %s, want %s: %s", f[1], f[2], c.Verdict, f[0], partsOf(&c))
		}
	}
	t.Logf("right %d (the first label: %d) of %d = %.3f", right, strict, all, float64(right)/float64(all))
	var rows []string
	for row, count := range given {
		rows = append(rows, fmt.Sprintf("%s: %d", row, count))
	}
	slices.Sort(rows)
	t.Log(strings.Join(rows, "\n"))
	if all < 300 || float64(right) < 0.9*float64(all) {
		t.Errorf("%d of %d are right, want 0.9 of at least 300", right, all)
	}
}

// TestWordsTooMany: a word that says more keeps a sentence from being supported.
func TestWordsTooMany(t *testing.T) {
	n, k := readKept(t)
	text, err := os.ReadFile("testdata/claims/unsupported.txt")
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		tried++
		if c := verdictOn(n, k, line); c.Verdict == rubric.Supported {
			t.Errorf("%q is supported: %s", line, partsOf(&c))
		}
	}
	if c := verdictOn(n, k, "GPT-NeoX-20B is open source."); c.Verdict != rubric.Supported || tried < 50 {
		t.Errorf("%d sentences tried; without a word too many: %s", tried, c.Verdict)
	}
}

func partsOf(c *claims.Checked) string {
	var b strings.Builder
	for _, p := range c.Parts {
		value, model := "", ""
		if p.Value != nil {
			value = "=" + *p.Value
		}
		if p.Model != nil {
			model = *p.Model
		}
		fmt.Fprintf(&b, "[%s%s of %s %s %s %s: %.80s] ", p.Predicate, value, model, p.Polarity, p.Verdict, p.Mood,
			p.Reason)
	}
	return b.String() + fmt.Sprintf("unchecked %q", c.Unchecked)
}

// A marked claim is a stretch of an article and what a reader makes of it.
type marked struct {
	start, end int
	want       rubric.Verdict
}

var mark = regexp.MustCompile(`\{([SRPN]):([^{}]*)\}`)

// readMarked takes the marks out of an article: "{S:X is open source}".
func readMarked(t *testing.T, name string) (text string, list []marked) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[string]rubric.Verdict{"S": rubric.Supported, "R": rubric.Refuted, "P": rubric.Partly,
		"N": rubric.NotCheckable}
	var b strings.Builder
	at := 0
	for _, m := range mark.FindAllSubmatchIndex(data, -1) {
		b.Write(data[at:m[0]])
		start := b.Len()
		b.Write(data[m[4]:m[5]])
		list = append(list, marked{start, b.Len(), verdicts[string(data[m[2]:m[3]])]})
		at = m[1]
	}
	b.Write(data[at:])
	return b.String(), list
}

// TestOutsidersArticles: of the claims in three articles, four of five are
// found with their model, and none is supported that is not. What somebody
// else is said to say may be told by that as well as by what is so.
func TestOutsidersArticles(t *testing.T) {
	n, k := readKept(t)
	found, right, all, more := 0, 0, 0, 0
	for _, language := range []string{"en", "de", "zh"} {
		text, list := readMarked(t, filepath.Join("testdata/claims", "article-"+language+".txt"))
		names, _ := n.names(text)
		checked := k.Article(text, names)
		met := make(map[int]bool)
		for _, m := range list {
			all++
			var verdicts []rubric.Verdict
			for i, c := range checked {
				if *c.Start < m.end && m.start < *c.End {
					met[i] = true
					if c.Model != nil {
						verdicts = append(verdicts, c.Verdict)
					}
				}
			}
			if len(verdicts) > 0 {
				found++
			}
			switch {
			case slices.Contains(verdicts, m.want), m.want == rubric.Refuted &&
				slices.Contains(verdicts, rubric.NotCheckable):
				right++
			case slices.Contains(verdicts, rubric.Supported):
				t.Errorf("%s: %q is supported, want %s", language, text[m.start:m.end], m.want)
			default:
				t.Logf("%s: %q: %q, want %s", language, text[m.start:m.end], verdicts, m.want)
				for _, c := range checked {
					if *c.Start < m.end && m.start < *c.End {
						t.Logf("    %q %s", c.Claim, partsOf(&c))
					}
				}
			}
		}
		for i, c := range checked {
			if !met[i] {
				more++
				t.Logf("%s: more: %s %q %s", language, c.Verdict, c.Claim, partsOf(&c))
				if c.Verdict == rubric.Supported {
					t.Errorf("%s: %q claims nothing of a model and is supported", language, c.Claim)
				}
			}
		}
	}
	t.Logf("found %d, right %d of %d; %d more", found, right, all, more)
	if all < 90 || float64(found) < 0.8*float64(all) || float64(right) < 0.7*float64(all) {
		t.Errorf("found %d and right %d of %d, want 0.8 and 0.7 of at least 90", found, right, all)
	}
}
