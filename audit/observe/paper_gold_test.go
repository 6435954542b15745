package observe

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/observe/data"
	"openness/audit/observe/document"
	"openness/audit/papers/text"
)

// The gold set for papers: passages of three real papers, and what a reader who had
// not seen the rules said of each. It holds no text: where a passage stands, and its
// labels. Lists of works are about others; machines are told in detail where their
// number and the time are; a number of tokens alone describes data; models of trials
// are others, and those that a paper distils are its own.
const goldPapers = "gold/testdata/papers.tsv"

// A paperItem is a passage of a paper with what its reader said of it.
type paperItem struct {
	n          int
	file, hash string
	span       audit.Span // of the text that was labelled, later of the one that is read
	model      string
	about      string
	values     map[string]string // hardware, data and stage; "none" is left out
}

// paperLabels are the labels that a reader may give, from the least to the most.
var paperLabels = map[string][]string{
	"about":    {"this", "base", "other"},
	"hardware": {"mentioned", "detailed"},
	"data":     {"described", "listed", "downloadable"},
	"stage":    {"pretraining", "finetuning", "preference", "data", "evaluation", "inference"},
}

// stageNames are the labels of stages by what the program calls them.
var stageNames = map[audit.Stage]string{"pre-training": "pretraining", "tuning": "finetuning",
	"preference":      "preference",
	"data-processing": "data", "evaluation": "evaluation", "inference": "inference"}

// readPaperGold reads the passages and their labels.
func readPaperGold(t testing.TB) []*paperItem {
	t.Helper()
	var all []*paperItem
	for _, f := range goldTable(t, goldPapers, 10) {
		number := goldNumbers(t, f[0], f[3], f[4])
		it := &paperItem{n: number[0], file: f[1], hash: f[2], span: audit.Span{Start: number[1], End: number[2]},
			model: f[5], values: make(map[string]string)}
		for i, theme := range []string{"about", "hardware", "data", "stage"} {
			label := f[6+i]
			if label == "none" {
				continue
			}
			if !slices.Contains(paperLabels[theme], label) {
				t.Fatalf("%d: %q is no label of %s", it.n, label, theme)
			}
			it.values[theme] = label
		}
		it.about = it.values["about"]
		all = append(all, it)
	}
	return all
}

// A paperReading is what the program reads in one paper.
type paperReading struct {
	body   []byte
	claims []goldClaim
	stage  func(audit.Span) audit.Stage
}

// readGoldPaper reads a paper as the audit does, all of what it says of a fact: an
// audit keeps the passages that say most.
func readGoldPaper(t testing.TB, model string, body []byte) *paperReading {
	t.Helper()
	family := model[strings.Index(model, "/")+1:]
	end := pageOf(audit.DocModelCard, audit.RoleEnd, model, "# "+family+"\n\nA language model.\n")
	d := audit.Document{URL: "https://export.arxiv.org/html/2999.00001v1" + document.TextMark, Kind: audit.DocProse,
		Place: audit.ArXivPaper, PlaceID: "2999.00001",
		Role: audit.RolePaper, Outcome: audit.Fetched, Body: body, SHA256: audit.Hash(body)}
	s := audit.Subject{ID: model, Name: family, Places: []audit.Place{{Kind: audit.HubModel, Role: audit.RoleEnd,
		ID: model}}}
	in := newInput(s, []audit.Document{end, d})
	in.Look()
	own := in.OwnTexts()
	if len(own) != 1 {
		t.Fatalf("%s: the paper is not taken for the model's own", model)
	}
	found := data.Read(in.data)
	hard, _ := in.paperTold(own[0], "own", true)
	for _, h := range hard {
		found = append(found, h.found...)
	}
	in.Requote(found)
	r := &paperReading{body: body}
	for _, o := range found {
		if o.URL != d.URL || o.Finding != audit.Present {
			continue
		}
		theme, _, _ := strings.Cut(strings.TrimPrefix(o.Fact, "docs."), ".")
		if len(paperLabels[theme]) > 0 && !strings.HasSuffix(o.Fact, ".scope") && slices.Contains(paperLabels[theme],
			o.Value) {
			if o.Value == "detailed" && !timeTold.MatchString(o.Quote) {
				o.Value = "mentioned" // by the readers' convention: the program asks for an amount alone
			}
			r.claims = append(r.claims, goldClaim{theme, o.Value, audit.Span{Start: o.Start, End: o.End},
				o.Fact + "=" + o.Value + ": " + o.Note, false})
		}
	}
	r.stage = func(at audit.Span) audit.Stage {
		return data.StageAt(in.data.PaperOutline(own[0]), body, at, in.FamilyWord)
	}
	return r
}

// timeTold is a time that a training took.
var timeTold = regexp.MustCompile(`(?i)\b(?:hours?|days?|weeks?|months?)\b`)

var goldWord = regexp.MustCompile(`[a-z0-9]+`)

// paperWords are the words of a text and where they stand; a word that was broken at
// the end of a line is one.
func paperWords(body []byte) (words []string, at []audit.Span) {
	low := strings.ToLower(string(body))
	spans := goldWord.FindAllStringIndex(low, -1)
	for i := 0; i < len(spans); i++ {
		word, span := low[spans[i][0]:spans[i][1]], audit.Span{Start: spans[i][0], End: spans[i][1]}
		if i+1 < len(spans) && strings.HasPrefix(low[span.End:], "-\n") &&
			strings.TrimSpace(low[span.End+1:spans[i+1][0]]) == "" {
			i++
			word, span.End = word+low[spans[i][0]:spans[i][1]], spans[i][1]
		}
		words, at = append(words, word), append(at, span)
	}
	return words, at
}

// placeInPDF finds passages of a text that another tool made of a PDF in the text that
// this program makes of it: where most of their words stand together. The passages
// that are nowhere (labels of plots) are left out.
func placeInPDF(items []*paperItem, labelled, read []byte) (found []*paperItem) {
	words, at := paperWords(read)
	pairs := make(map[string][]int)
	for i := 0; i+1 < len(words); i++ {
		pairs[words[i]+" "+words[i+1]] = append(pairs[words[i]+" "+words[i+1]], i)
	}
	for _, it := range items {
		mine, _ := paperWords(labelled[it.span.Start:it.span.End])
		votes := make(map[int]int) // by where the passage would begin, in tens of words
		for i := 0; i+1 < len(mine); i++ {
			for _, p := range pairs[mine[i]+" "+mine[i+1]] {
				if slot := (p - i + 10) / 10; p-i > -10 {
					votes[slot]++
					votes[slot+1]++
				}
			}
		}
		best := 0
		for slot, n := range votes {
			if n > votes[best] || n == votes[best] && slot < best {
				best = slot
			}
		}
		if 2*votes[best] < len(mine)-1 || len(mine) < 2 {
			continue
		}
		first, last := -1, -1 // of the pairs that stand there
		for i := 0; i+1 < len(mine); i++ {
			for _, p := range pairs[mine[i]+" "+mine[i+1]] {
				if slot := (p - i + 10) / 10; slot == best || slot == best-1 {
					if first < 0 {
						first = p
					}
					last = p + 1
				}
			}
		}
		if first < 0 || last < first {
			continue
		}
		placed := *it
		placed.span = audit.Span{Start: at[first].Start, End: at[last].End}
		found = append(found, &placed)
	}
	return found
}

// paperBounds hold what was measured, rounded down, so that a change for the worse is
// seen. At first sight, before anything was mended for these passages, precision and
// recall were 0.67 and 0.36 for machines (6 claims), 0.67 and 0.05 for data (3 claims),
// 0.58 and 0.38 for the stage (101 claims).
var paperBounds = map[string]goldBound{
	"hardware": {0.90, 0.54},
	"data":     {0.90, 0.37},
	"stage":    {0.90, 0.86},
}

// TestPaperGold measures what is read in papers: precision and recall by passage.
func TestPaperGold(t *testing.T) {
	plainRunOnly(t)
	if _, err := os.Stat(filepath.Join(sharedCorpus, "papers")); err != nil {
		t.Skip("no shared corpus beside the checkout")
	}
	byFile := make(map[string][]*paperItem)
	for _, it := range readPaperGold(t) {
		byFile[it.file] = append(byFile[it.file], it)
	}
	var report strings.Builder
	total := make(map[string]goldScore)
	placed := 0
	for file, items := range byFile {
		body := readCorpus(t, filepath.Join(sharedCorpus, filepath.FromSlash(file)))
		if audit.Hash(body) != items[0].hash {
			t.Fatalf("%s is another version", file)
		}
		if plain, ok := strings.CutSuffix(file, ".txt"); ok {
			made, _, err := text.Extract(t.Context(),
				readCorpus(t, filepath.Join(sharedCorpus, filepath.FromSlash(plain+".pdf"))), text.KindPDF)
			if err != nil {
				t.Fatal(err)
			}
			items, body = placeInPDF(items, body, made), made
		}
		placed += len(items)
		r := readGoldPaper(t, items[0].model, body)
		for _, it := range items {
			for _, theme := range []string{"hardware", "data", "stage"} {
				score := total[theme]
				total[theme] = score.plus(scorePaper(theme, it, r, &report))
			}
		}
	}
	t.Logf("%d passages were found in the texts that are read", placed)
	for _, theme := range []string{"hardware", "data", "stage"} {
		s := total[theme]
		t.Logf("%-8s %3d positives, %3d claims: precision %.2f, recall %.2f", theme, s.positives, s.claims,
			s.precision(), s.recall())
		if bound := paperBounds[theme]; s.precision() < bound.precision || s.recall() < bound.recall {
			t.Errorf("%s: precision %.3f and recall %.3f, where %.2f and %.2f were measured", theme, s.precision(),
				s.recall(), bound.precision, bound.recall)
		}
	}
	if file := os.Getenv("OPENNESS_PAPER_REPORT"); file != "" {
		if err := os.WriteFile(file, []byte(report.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// scorePaper measures one theme on one passage, and reports what is read otherwise.
// A claim is right where the label says as much or more.
func scorePaper(theme string, it *paperItem, r *paperReading, report *strings.Builder) (s goldScore) {
	rank := func(value string) int { return slices.Index(paperLabels[theme], value) + 1 }
	read, why := "", ""
	for _, c := range r.claims {
		if c.theme == theme && c.quotes(it.span) && rank(c.value) > rank(read) {
			read, why = c.value, c.why
		}
	}
	if theme == "stage" {
		read = stageNames[r.stage(it.span)]
	}
	want := it.values[theme]
	right := read != "" && (read == want || theme != "stage" && rank(read) <= rank(want))
	if read != "" {
		s.claims++
	}
	if right {
		s.right++
	}
	if want != "" {
		s.positives++
		if right && rank(read) >= rank(want) {
			s.recalled++
		}
	}
	if read != want {
		fmt.Fprintf(report, "%s | %d %s | about %q label %q, read %q | %s\n  %s\n", theme, it.n, it.file, it.about,
			want, read, why,
			strings.Join(strings.Fields(string(r.body[it.span.Start:it.span.End])), " "))
	}
	return s
}
