// Compare measures the licence engine beside two others on the same texts and
// the same machine, and prints one table:
//
//	cd audit/license/compare
//	go run . -texts DIR -spdx FILE
//
// DIR is a folder of labelled texts (labels.tsv), FILE is spdx-full.json of the
// npm package spdx-license-list. It is a module of its own, so that the
// product does not depend on the engines that it is compared with.
//
// An answer is right if the licence that covers most of the text is the one
// wanted; ids that SPDX has since renamed count as their new names. A near-miss
// counts as passed off if the original's id is given for at least 95 % of the
// text with nothing that says that it was changed.
//
// The comparison is not blind: our index is built from these very texts, the
// other engines' from older copies of the SPDX list, and they do not know the
// licences of models. How we do on texts left out is measured by
// TestLeaveOneOut in the package above.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"openness/audit/license/sources"
)

// A text is one thing to identify.
type text struct {
	id   string // empty: no licence of the list
	near bool   // a near-miss, of the licence that of names
	data []byte
}

func main() {
	texts := flag.String("texts", "../../../../shared/corpus/licenses", "`DIR` with labels.tsv and the labelled texts")
	spdx := flag.String("spdx", os.Getenv("OPENNESS_SPDX_TEXTS"), "`FILE` spdx-full.json of npm spdx-license-list")
	rounds := flag.Int("rounds", 3, "`N`umber of timed rounds; the fastest counts")
	words := flag.Bool("replaced", false, "time texts of several sizes with every ninth word replaced, and the corpus")
	child := flag.String("child", "", "engine to start and measure alone; used by the program itself")
	flag.Parse()
	var err error
	if *child != "" {
		err = alone(*child)
	} else if *words {
		err = curve(*texts, *rounds)
	} else {
		err = run(*texts, *spdx, *rounds)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func run(dir, spdx string, rounds int) error {
	corpus, err := labelled(dir)
	if err != nil {
		return err
	}
	listed, err := list(spdx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "engine\tSPDX texts\tof those it knows\tcorpus, SPDX ids\tcorpus, all\tnear-misses passed off\tMB/s, corpus\tMB/s, SPDX\tstart-up\tresident\n")
	for _, e := range engines() {
		start, resident, err := measure(e.name)
		if err != nil {
			return err
		}
		identify, knows := e.open()
		all, known := score(identify, listed, func(string) bool { return true }), score(identify, listed, knows)
		spdxIDs := score(identify, corpus, func(id string) bool { return !strings.HasPrefix(id, "LicenseRef-") })
		every := score(identify, corpus, func(string) bool { return true })
		passed, near := nearMisses(identify, corpus)
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%d of %d\t%.1f\t%.1f\t%.0f ms\t%.0f MB\n", e.name, all, known, spdxIDs,
			every, passed, near,
			speed(identify, corpus, rounds), speed(identify, listed, rounds), start.Seconds()*1000,
			float64(resident)/1e6)
	}
	return w.Flush()
}

// labelled reads the corpus: licences by their ids, and near-misses.
func labelled(dir string) ([]text, error) {
	rows, err := sources.Labels(dir)
	if err != nil {
		return nil, err
	}
	var all []text
	for _, row := range rows {
		data, err := os.ReadFile(filepath.Join(dir, row["path"]))
		if err != nil {
			return nil, err
		}
		near := strings.HasPrefix(row["label"], "not-")
		if row.ID() != "" || near {
			all = append(all, text{id: row.ID(), near: near, data: data})
		}
	}
	return all, nil
}

func list(file string) ([]text, error) {
	texts, err := sources.Texts(file)
	if err != nil {
		return nil, err
	}
	known, err := sources.SPDX(file) // without the ids that a text cannot tell apart
	if err != nil {
		return nil, err
	}
	var all []text
	for i, s := range known {
		if i == 0 || known[i-1].ID != s.ID {
			all = append(all, text{id: s.ID, data: []byte(texts[s.ID])})
		}
	}
	return all, nil
}

// A ratio is a number of right answers.
type ratio struct{ right, all int }

func (r ratio) String() string { return fmt.Sprintf("%d of %d", r.right, r.all) }

func score(identify identifier, texts []text, counts func(id string) bool) ratio {
	var r ratio
	for _, t := range texts {
		if t.near || !counts(t.id) {
			continue
		}
		r.all++
		if id, _ := identify(t.data); id == t.id {
			r.right++
		}
	}
	return r
}

func nearMisses(identify identifier, texts []text) (passed, all int) {
	for _, t := range texts {
		if !t.near {
			continue
		}
		all++
		if id, whole := identify(t.data); id != "" && whole {
			passed++
		}
	}
	return passed, all
}

// speed is in megabytes a second of processor time, which other work on the
// machine disturbs less than the clock, over all texts, the fastest of some
// rounds.
func speed(identify identifier, texts []text, rounds int) float64 {
	best := 0.0
	for range rounds {
		size, start := 0, processorTime()
		for _, t := range texts {
			identify(t.data)
			size += len(t.data)
		}
		best = max(best, float64(size)/1e6/(processorTime()-start).Seconds())
	}
	return best
}

// curve prints how fast each engine but the slowest is on the corpus and on texts of
// several sizes that look like a licence everywhere and are one nowhere: copies of
// Apache-2.0 with every ninth word replaced.
func curve(dir string, rounds int) error {
	corpus, err := labelled(dir)
	if err != nil {
		return err
	}
	sizes := []int{1_000, 5_000, 11_000, 25_000, 100_000, 300_000, 1_000_000}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "MB/s\tcorpus")
	for _, size := range sizes {
		fmt.Fprintf(w, "\t%d kB", size/1000)
	}
	fmt.Fprintln(w)
	for _, e := range engines()[:2] {
		identify, _ := e.open()
		identify(corpus[0].data)
		fmt.Fprintf(w, "%s\t%.1f", e.name, speed(identify, corpus, rounds))
		for _, size := range sizes {
			var some []text // as many bytes of each size, so that each is timed for long enough
			for range 1_000_000 / size {
				some = append(some, text{data: replaced(corpus, size)})
			}
			fmt.Fprintf(w, "\t%.1f", speed(identify, some, rounds))
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

func replaced(corpus []text, size int) []byte {
	i := slices.IndexFunc(corpus, func(t text) bool { return t.id == "Apache-2.0" })
	words := strings.Fields(string(corpus[i].data))
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		word := words[i%len(words)]
		if i%9 == 8 {
			word = fmt.Sprint("wombat", i%7)
		}
		b.WriteString(word + " ")
	}
	return []byte(b.String()[:size])
}
