package gold

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

var write = flag.String("write", "", "draw the set anew, and write the passages for the readers to this folder")

// What a reader sees around a passage, in characters.
const (
	charactersBefore = 300
	charactersAfter  = 200
)

// Two readers share the set; those in the middle they both label.
const (
	readerAEnd   = 480
	readerBStart = 361
)

// A shown passage is what a reader gets. It holds text of others, and stays
// outside the repository.
type shown struct {
	N         int    `json:"n"`
	File      string `json:"file"`
	SHA256    string `json:"sha256"`
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Model     string `json:"model"`
	Heading   string `json:"heading"`
	TableHead string `json:"table_head,omitempty"`
	Before    string `json:"before"`
	Text      string `json:"text"`
	After     string `json:"after"`
}

// TestDraw draws the set when it is asked to.
func TestDraw(t *testing.T) {
	if *write == "" {
		t.Skip("drawn already; -write DIR draws anew")
	}
	all := pool(t)
	taken := draw(all)
	reportPool(t, all)
	items := make([]shown, len(taken))
	var table strings.Builder
	fmt.Fprintf(&table, "n\tfile\tsha256\tstart\tend\tmodel\tlang\thalf\ttheme\n")
	for i, d := range taken {
		items[i] = show(t, i+1, d)
		lang := "other"
		if d.chinese {
			lang = "zh"
		}
		fmt.Fprintf(&table, "%d\t%s\t%s\t%d\t%d\t%s\t%s\t%s\t%s\n",
			i+1, d.file, d.hash, d.span.Start, d.span.End, d.model, lang, d.half, d.theme)
	}
	if err := os.MkdirAll(filepath.Dir(drawnTable), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(drawnTable, []byte(table.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	writeLines(t, "passages.jsonl", items)
	writeLines(t, "reader-a.jsonl", mixed(items[:readerAEnd], 1))
	writeLines(t, "reader-b.jsonl", mixed(items[readerBStart-1:], 2))
}

// show cuts a passage and its surroundings out of its file.
func show(t *testing.T, n int, d drawn) shown {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(corpus, filepath.FromSlash(d.file)))
	if err != nil {
		t.Fatal(err)
	}
	text := func(s []byte) string { return strings.ToValidUTF8(string(s), "\uFFFD") }
	before := body[:d.span.Start]
	for at, left := len(before), charactersBefore; left > 0 && at > 0; left-- {
		_, size := utf8.DecodeLastRune(before[:at])
		at -= size
		if left == 1 {
			before = before[at:]
		}
	}
	after := body[d.span.End:]
	for at, left := 0, charactersAfter; left > 0 && at < len(after); left-- {
		_, size := utf8.DecodeRune(after[at:])
		at += size
		if left == 1 {
			after = after[:at]
		}
	}
	return shown{
		N: n, File: d.file, SHA256: d.hash, Start: d.span.Start, End: d.span.End, Model: d.model, Heading: d.heading,
		TableHead: d.head, Before: text(before), Text: text(body[d.span.Start:d.span.End]), After: text(after),
	}
}

// mixed gives a reader's share in an order of its own, so that what both read
// stands neither first nor last.
func mixed(items []shown, reader uint64) []shown {
	own := append([]shown(nil), items...)
	rand.New(rand.NewPCG(seed, reader)).Shuffle(len(own), func(i, j int) { own[i], own[j] = own[j], own[i] })
	return own
}

func writeLines(t *testing.T, name string, items []shown) {
	t.Helper()
	f, err := os.Create(filepath.Join(*write, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, it := range items {
		if err := enc.Encode(it); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
}

// reportPool logs the sizes of the parts that were drawn from.
func reportPool(t *testing.T, all []passage) {
	t.Helper()
	models := make(map[string]bool)
	count := make(map[string]int)
	for _, p := range all {
		for _, th := range p.themes {
			key := themes[th].name
			if p.chinese {
				key += " zh"
			}
			count[key]++
		}
		models[p.model] = true
		key := "other"
		if p.chinese {
			key = "zh"
		}
		count[key]++
		if len(p.themes) > 0 {
			count[key+" candidates"]++
		}
	}
	t.Logf("pool: %d passages of %d models and repositories: %v", len(all), len(models), count)
}
