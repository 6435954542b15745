package text

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"openness/audit/page"
	"openness/audit/papers/text/markdown"
)

// Papers made for the purpose: each as LaTeX source (written for these tests,
// models and machines invented), as HTML edition (made of it by LaTeXML) and as
// PDF (made of it by pdfTeX). The same facts must be found in every form.
var madePapers = []struct {
	name                string
	title               string
	hardware, data      string
	hardwareIn, dataIn  string // the innermost heading
	rows                [][]string
	notes               []string
	caption, ownSection string
}{
	{
		"heron", "Heron: A Small Model for Shallow Waters",
		"Heron-2B was trained on 64 Marsh M100 accelerators with 80 GB of memory each for 21 days.",
		"The training corpus holds 1.4 trillion tokens, of which 62 percent come from the ReedBed web crawl.",
		"2.1 Hardware", "2.2 Data", [][]string{{"Learning rate", "3e-4"}, {"Batch size", "4096"}, {"Warm-up steps",
			"2000"}, {"Weight decay", "0.1"}},
		[]string{"The cluster is described at https://example.org/marsh.",
			"A list of all sources is kept with the code."},
		"Table 1: Hyper-parameters of Heron-2B.", "A.1 Energy",
	},
	{
		"plover", "Plover: Walking Along the Shore with Seven Billion Parameters",
		"All runs of Plover-7B used 512 Dune D4 processors in two data centres, connected by a 400 gigabit network.",
		"We trained Plover-7B on 2.1 trillion tokens of text from the SandBank collection and on 300 billion tokens of source code.",
		"3.1 Infrastructure", "3.2 Corpus", [][]string{{"Layers", "32", "40"}, {"Hidden size", "4096", "5120"},
			{"Learning rate", "2.5e-4", "2e-4"}},
		[]string{"Both centres run on wind power."}, "Table 1: Settings of the two Plover models.", "5 Related Work",
	},
	{
		"avocet", "Avocet: Multilingual Instruction Tuning Without Tears",
		"Instruction tuning of Avocet-3B took nine hours on eight Lagoon L40 cards with mixed precision arithmetic.",
		"The instruction data consists of 182,000 conversations that volunteers wrote in fourteen languages for the Mudflat project.",
		"Compute", "Data", [][]string{{"Epochs", "3"}, {"Peak learning rate", "1e-5"}, {"Global batch size", "128"},
			{"Dropout", "0.05"}},
		nil, "Table 1: Hyper-parameters of instruction tuning.", "4 Limitations",
	},
	{
		"curlew", "Curlew: Curved Attention for Long Bills",
		"Curlew was trained for six weeks on 256 Estuary E9 graphics cards, half of them rented.",
		"We took 840 billion tokens from the TideLine web corpus and added 60 billion tokens of mathematics.",
		"2.1 Machines", "2.2 Text", [][]string{{"Optimiser", "AdamW"}, {"Context length", "8192"},
			{"Parameters", "6.7B"}},
		nil, "Table 1: Hyper-parameters of Curlew.", "4 Conclusion",
	},
	{
		"godwit", "Godwit Technical Report",
		"Godwit-70B was pre-trained on 4096 Breakwater B200 accelerators for 2.9 million device hours.",
		"Godwit is trained on eleven trillion tokens, and Table 1 shows how they are divided between sources.",
		"3 Infrastructure", "2 Pre-training Data", [][]string{
			{"Saltweb crawl", "21400", "7480", "68.0"}, {"Anchor code", "2600", "1760", "16.0"},
			{"Supervised tuning", "7e-6", "1200", "512"}, {"Preference tuning", "5e-7", "800", "256"},
		},
		nil, "Table 2: Stages after pre-training.", "5 Related Work",
	},
	{
		"dunlin", "Dunlin: How Flocks Decide",
		"Every Dunlin model was trained on a single node with eight Pebble P6 cards, and the largest took 96 hours.",
		"Dunlin reads 90 billion tokens of the ShingleText corpus, which is published under an open licence.",
		"A.1 Computing Resources", "A.2 Training Data", [][]string{{"Adam beta 2", "0.95"},
			{"Gradient clipping", "1.0"},
			{"Vocabulary", "32000"}, {"Steps", "150000"}},
		nil, "Table 1: Hyper-parameters of all Dunlin models.", "B Prompts",
	},
	{
		"whimbrel", "Whimbrel: An Open Recipe",
		"Whimbrel-1B was trained on 32 Cove C2 tensor processors that a university lent us for ten days.",
		"The data are 500 billion tokens from the Breaker corpus, cleaned with rules that we publish.",
		"2 The Recipe", "2 The Recipe", [][]string{{"Model width", "2048"}, {"Attention heads", "16"}, {"Learning rate",
			"4e-4"}, {"Schedule", "cosine"}},
		nil, "Table 1: Hyper-parameters of Whimbrel-1B.", "3 Discussion",
	},
	{
		"knot", "Knot: Counting Every Bird Twice",
		"The final Knot-9B run occupied 768 Reef R3 accelerators for thirty four days and was interrupted eleven times, mostly because cooling failed " +
			"in the oldest of the three halls that the operator of the centre had set aside for our project.",
		"Knot-9B has seen 3.3 trillion tokens, and none of them were written after the first of March 2023.",
		"2 Training Setup", "2 Training Setup", [][]string{{"Peak learning rate", "2e-4"}, {"Final learning rate",
			"2e-5"}, {"Tokens per batch", "4M"}},
		[]string{"The date is that of the snapshot, not of the pages."}, "Table 1: Hyper-parameters of Knot-9B.",
		"3 Related Work",
	},
	{
		"turnstone", "Turnstone: Report of the Second Year",
		"Turnstone Large was trained on the Groyne supercomputer with 1,024 Groyne G5 processors over four months.",
		"Its text comes from the national library, from 14 newspapers and from the DriftWood web archive.",
		"Compute", "Sources of text", [][]string{{"Embedding size", "6144"}, {"Feed-forward size", "16384"},
			{"Batch size (tokens)", "2M"}},
		nil, "Hyper-parameters of Turnstone Large.", "Outlook",
	},
	{
		"ruff", "Ruff: Courtship Displays of Neural Networks",
		"Training used 48 Spit S1 cards of the regional computing centre, each with 48 GB.",
		"The corpus of Ruff was assembled from nine public sources and has 610 gigabytes of text after deduplication.",
		"2 Training Ruff", "2 Training Ruff", [][]string{{"Hidden layers", "24"}, {"Learning rate", "6e-4"}, {"Warm-up",
			"1 percent"}, {"Batch", "1024"}},
		[]string{"Training used 48 Spit S1 cards of the regional computing centre, each with 48 GB."},
		"Table 1: Hyper-parameters of Ruff.", "2.1 Ablations",
	},
	{
		"stint", "Stint: The Smallest Wader",
		"We trained Stint on four workstations, each of them with two Kelp K8 cards, during the nights of one month.",
		"Stint learned from 12 billion words of transcribed radio programmes that the broadcasters gave us for this purpose.",
		"Computing hardware", "Training corpus", [][]string{{"Encoder layers", "6"}, {"Learning rate", "5e-4"},
			{"Label smoothing", "0.1"}, {"Beam size", "4"}},
		nil, "Table 1: Hyper-parameters of Stint.", "Discussion",
	},
}

const madeFolder = "testdata/papers"

// form gives the bytes of a made paper in one form.
func form(t testing.TB, name string, kind Kind) []byte {
	t.Helper()
	file := map[Kind]string{KindPDF: "paper.pdf", KindHTML: "paper.html"}[kind]
	if kind == KindLaTeX {
		return archive(t, filepath.Join(madeFolder, name, "source"))
	}
	body, err := os.ReadFile(filepath.Join(madeFolder, name, file))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// archive packs a folder as arXiv does.
func archive(t testing.TB, folder string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	w := tar.NewWriter(z)
	err := filepath.WalkDir(folder, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, p)
		if err != nil {
			return err
		}
		if err := w.WriteHeader(&tar.Header{Name: filepath.ToSlash(name), Size: int64(len(text)),
			Mode: 0o600}); err != nil {
			return err
		}
		_, err = w.Write(text)
		return err
	})
	if err := errors.Join(err, w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// same makes the forms of a paper alike: they differ in links and quotation marks.
var same = strings.NewReplacer("’", "'", "‘", "'", "“", `"`, "”", `"`,
	"[https://example.org/marsh](https://example.org/marsh)", "https://example.org/marsh")

// holding is the passage that holds a text.
func holding(text []byte, want string) (Passage, bool) {
	for p := range markdown.Passages(text) {
		if strings.Contains(same.Replace(string(text[p.Start:p.End])), want) {
			return p, true
		}
	}
	return Passage{}, false
}

func TestMadePapersSayTheSameInEveryForm(t *testing.T) {
	for _, m := range madePapers {
		for _, kind := range []Kind{KindPDF, KindHTML, KindLaTeX} {
			t.Run(m.name+"/"+string(kind), func(t *testing.T) {
				t.Parallel()
				text, info, err := Extract(t.Context(), form(t, m.name, kind), KindUnknown)
				if err != nil {
					t.Fatal(err)
				}
				defer func() {
					if t.Failed() {
						t.Logf("%s", text)
					}
				}()
				if info.Kind != kind || info.Title != m.title {
					t.Errorf("kind %q, title %q, want %q", info.Kind, info.Title, m.title)
				}
				for _, fact := range [][2]string{{m.hardware, m.hardwareIn}, {m.data, m.dataIn}} {
					p, ok := holding(text, fact[0])
					if !ok {
						t.Errorf("no passage says %q", fact[0])
						continue
					}
					if in := p.Path[len(p.Path)-1]; !sameHeading(in, fact[1]) {
						t.Errorf("%q is under %q, want %q", fact[0], in, fact[1])
					}
					if kind == KindPDF && (p.Page < 1 || p.Page > info.Pages || PageOf(text, p.Start) != p.Page) {
						t.Errorf("%q is on page %d of %d, PageOf says %d", fact[0], p.Page, info.Pages,
							PageOf(text, p.Start))
					}
				}
				for _, row := range m.rows {
					if !hasRow(text, row) {
						t.Errorf("no row %q", row)
					}
				}
				for _, note := range m.notes {
					if p, ok := holding(text, note); !ok || p.Kind != markdown.Footnote {
						t.Errorf("footnote %q: found %v, a %v", note, ok, p.Kind)
					}
				}
				if _, ok := holding(text, m.caption); !ok {
					t.Errorf("no caption %q", m.caption)
				}
				if !hasHeading(text, m.ownSection) {
					t.Errorf("no section %q", m.ownSection)
				}
				trap := "Another model was trained on 9999 imaginary chips."
				if p, ok := holding(text, trap); !ok || p.Kind != markdown.Reference {
					t.Errorf("the reference is a %v, found %v", p.Kind, ok)
				}
				for _, hidden := range []string{"trained on nothing at all", "secret machines", "<!-- page 0"} {
					if strings.Contains(string(text), hidden) {
						t.Errorf("text has %q", hidden)
					}
				}
			})
		}
	}
}

// sameHeading compares headings; chapters are numbered differently by the forms.
func sameHeading(got, want string) bool {
	_, g := page.SplitNumber(got)
	_, w := page.SplitNumber(want)
	return got == want || g == want || g == w && strings.Count(got, ".") == strings.Count(want, ".")
}

func hasHeading(text []byte, want string) bool {
	for line := range strings.Lines(string(text)) {
		if h := strings.TrimLeft(line, "#"); h != line && sameHeading(strings.TrimSpace(h), want) {
			return true
		}
	}
	return false
}

// hasRow reports whether a table has a row of just these cells.
func hasRow(text []byte, cells []string) bool {
	for p := range markdown.Passages(text) {
		if p.Kind != markdown.Row {
			continue
		}
		var got []string
		for c := range strings.SplitSeq(strings.Trim(string(text[p.Start:p.End]), "| "), " | ") {
			if c = strings.TrimSpace(c); c != "" {
				got = append(got, c)
			}
		}
		if strings.Join(got, "\n") == strings.Join(cells, "\n") {
			return true
		}
	}
	return false
}

// The text is the stored document, so it may not differ from run to run.
func TestSameBytesSameText(t *testing.T) {
	for _, kind := range []Kind{KindPDF, KindHTML, KindLaTeX} {
		body := form(t, "plover", kind)
		first, _, err := Extract(t.Context(), body, kind)
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			if again, _, err := Extract(t.Context(), body, kind); err != nil || !bytes.Equal(first, again) {
				t.Errorf("%s: another text, %v", kind, err)
			}
		}
	}
}
