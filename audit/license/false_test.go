package license_test

import (
	"hash/maphash"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"openness/audit/license"
)

// legal are names of files that may hold a licence text.
var legal = regexp.MustCompile(
	`(?i)licen[cs]e|copying|notice|policy|terms|legal|third.?party|copyright|eula|agreement|authors|patents`,
)

// prose are the endings of documents people read.
var prose = regexp.MustCompile(`(?i)\.(md|mdx|rst|txt|html|cff|toml|cfg|yaml|yml|bib)$`)

// documents calls f with each document of the shared corpus that is no licence
// file: READMEs, model and dataset cards, documentation, manifests.
func documents(t testing.TB, f func(path string, text []byte)) {
	t.Helper()
	root := filepath.Dir(corpusDir)
	if _, err := os.Stat(root); err != nil {
		t.Skipf("the shared corpus is not here: %v", err)
	}
	for _, part := range []string{"github", "huggingface", "modelscope"} {
		err := filepath.WalkDir(filepath.Join(root, part), func(path string, entry fs.DirEntry, err error) error {
			rel := strings.TrimPrefix(path, root+"/")
			if err != nil || entry.IsDir() || !prose.MatchString(path) || legal.MatchString(rel) {
				return err
			}
			text, err := os.ReadFile(path)
			if err == nil {
				f(rel, text)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// An oracle tells without the engine whether a licence's text is in a
// document: by the share of the text's runs of eight words that are there.
type oracle struct {
	seed  maphash.Seed
	texts []oracleText
	runs  map[uint64][]int // run -> texts that have it
}

type oracleText struct {
	id   string
	runs int
}

const oracleRun = 8

var markup = regexp.MustCompile(`<[^<>]{1,200}>|\\[nrt]|https?://\S+`)

// runsOf hashes each run of eight words; a Han character is a word.
func (o *oracle) runsOf(text []byte) map[uint64]bool {
	var words []uint64
	var word []byte
	flush := func() {
		if len(word) > 0 {
			words, word = append(words, maphash.Bytes(o.seed, word)), word[:0]
		}
	}
	for _, r := range string(markup.ReplaceAll(text, []byte(" "))) {
		switch {
		case unicode.Is(unicode.Han, r):
			flush()
			word = utf8.AppendRune(word, r)
			flush()
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			word = utf8.AppendRune(word, unicode.ToLower(r))
		default:
			flush()
		}
	}
	flush()
	runs := make(map[uint64]bool, len(words))
	for i := oracleRun; i <= len(words); i++ {
		h := uint64(0)
		for _, w := range words[i-oracleRun : i] {
			h = (h ^ w) * 0x9e3779b97f4a7c15
			h ^= h >> 29
		}
		runs[h] = true
	}
	return runs
}

func newOracle(t testing.TB) *oracle {
	o := &oracle{seed: maphash.MakeSeed(), runs: make(map[uint64][]int)}
	for _, row := range labelled(t) {
		runs := o.runsOf(readText(t, row))
		if row.ID() == "" || len(runs) < 40 {
			continue
		}
		for run := range runs {
			o.runs[run] = append(o.runs[run], len(o.texts))
		}
		o.texts = append(o.texts, oracleText{row.ID(), len(runs)})
	}
	return o
}

// shares returns, for each licence, the largest share of one of its texts that
// is in a document.
func (o *oracle) shares(text []byte) map[string]float64 {
	counts := make([]int, len(o.texts))
	for run := range o.runsOf(text) {
		for _, i := range o.runs[run] {
			counts[i]++
		}
	}
	shares := make(map[string]float64)
	for i, n := range counts {
		shares[o.texts[i].id] = max(shares[o.texts[i].id], float64(n)/float64(o.texts[i].runs))
	}
	return shares
}

// Documents without a licence text are never reported to hold one, and those
// that hold one are. Which is which is counted in another way than the engine
// does it: at least half of a text's runs of eight words make a report right,
// nine tenths demand one.
func TestNoLicenseWhereNoneIs(t *testing.T) {
	plainRunOnly(t)
	o := newOracle(t)
	all, held, reported, wrong := 0, 0, 0, 0
	documents(t, func(path string, text []byte) {
		all++
		shares := o.shares(text)
		res := license.Identify(text)
		for _, m := range res.Matches {
			if shares[m.License] < 0.5 {
				wrong++
				t.Errorf("%s: %s is reported at %d-%d, %.0f %% of its text is there", path, m.License, m.Start, m.End,
					100*shares[m.License])
			}
		}
		if res.License != "" {
			reported++
			t.Logf("%s: %s", path, verdict(res))
		}
		for id, share := range shares {
			if share < 0.9 {
				continue
			}
			held++
			if res.License == "" {
				t.Errorf("%s: %.0f %% of %s is there and nothing is reported", path, 100*share, id)
			}
			break
		}
	})
	t.Logf("%d documents, %d hold a licence text, %d reported, %d of them wrongly", all, held, reported, wrong)
}
