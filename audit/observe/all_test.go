package observe

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/observe/licences"
)

// themeNames are the observers in the order of themes, and terms.
var themeNames = []string{"weights", "data", "code", "docs", "papers", "cards", "datasheets", "access", "licences",
	"vendor", "summary"}

// TestEveryFactIsYielded: each fact of the table is found somewhere in the
// synthetic documents, by the observer that the table names.
func TestEveryFactIsYielded(t *testing.T) {
	if len(themeNames) != len(themes) {
		t.Fatalf("%d names for %d themes", len(themeNames), len(themes))
	}
	yielded := make(map[string]map[string]bool) // fact -> observers
	note := func(observer string, list []audit.Observation) {
		for _, o := range list {
			if o.Finding == audit.Present {
				if yielded[o.Fact] == nil {
					yielded[o.Fact] = make(map[string]bool)
				}
				yielded[o.Fact][observer] = true
			}
		}
	}
	paper := together{name: "a paper"}
	paper.s, paper.docs = uplands(paperDocument(t, "../papers/text/testdata/papers/dotterel/paper.html"), true)
	found := []together{paper, summarised(madeSummary), quantised("license: mit\nbase_model: reeds/heron-2b\n",
		`{"license":"cc-by-nc-4.0","base_model":"others/pipit-3b"}`),
		twins("license: mit\n", `"License":"MIT License"`, `{"Code":200,"Success":true,"Data":{"Files":[]}}`)}
	for _, c := range slices.Concat(spread(), odd(), torn(t), found) {
		in := newInput(c.s, c.docs)
		for i, theme := range themes {
			note(themeNames[i], theme(in))
		}
		note("terms", licences.Terms(licences.Read(in.licences)))
		checkObservations(t, All(c.s, c.docs))
	}
	for _, f := range audit.Facts() {
		if !yielded[f.Name][f.Observer] {
			t.Errorf("fact %q is yielded by %v, not by %q as audit/facts.yaml says: the theme %q must yield it (FromBook reads a phrase of the book), and odd in this file needs a page that says it",
				f.Name, slices.Sorted(maps.Keys(yielded[f.Name])), f.Observer, f.Observer)
		}
	}
	for name, by := range yielded {
		f, ok := audit.FactNamed(name)
		for observer := range by {
			// what the base's licence limits is known with the lineage
			inherited := f.Observer == "terms" && observer == "licences"
			// A maker's page, and a summary of training content, tell of several themes.
			if several := observer == "vendor" || observer == "summary"; !ok ||
				observer != f.Observer && !several && !inherited {
				t.Errorf("%q yields %q, which audit/facts.yaml gives to %q: change the row, or the theme", observer,
					name, f.Observer)
			}
		}
	}
}

// odd are subjects with the facts that few models have.
func odd() []together {
	const end, base = "acme/Falco-7B-Chat", "rival/Condor-13B"
	card := func(text string) audit.Document { return pageOf(audit.DocModelCard, audit.RoleEnd, end, text) }
	licence := inRepository(audit.DocLicense, "acme/falco", "LICENSE-MODEL",
		strings.Repeat("FALCO MODEL AGREEMENT. You may use the model and its weights for research only.\n", 9))
	return []together{
		{"withheld", model(end, ""),
			[]audit.Document{card("---\nlicense: cc-by-nc-4.0\n---\n# Falco\nThese are delta weights: apply the delta to the original first.\nWe do not release the pre-training data.\n\nWe do not release the fine-tuning data.\n\nWe do not release the training code.\n")}},
		{"conflicts", model(end, base),
			[]audit.Document{card("---\nlicense: mit\n---\n# Falco\nTrained from scratch.\n\nThe documentation is licensed under CC BY 4.0.\n"), licence,
				pageOf(audit.DocModelCard, audit.RoleBase, base, "---\nlicense: llama2\n---\n# Condor\n")}},
		{"another base", model(end, base),
			[]audit.Document{card("# Falco\nA fine-tune of https://huggingface.co/rival/Condor-13B.\n")}},
		{"llama", model(end, ""),
			[]audit.Document{card("---\nlicense: llama3.1\n---\n# Falco\nTrained from scratch.\n")}},
		{"code of all kinds", model(end, ""), []audit.Document{tree("acme/falco", "pretrain.py", "train.py",
			"sft/finetune.py", "scripts/dpo.py", "configs/train/a.yaml", "data/prepare_dataset.py", "eval/run_eval.py",
			"generate.py"),
			inRepository(audit.DocRepoAPI, "acme/falco", "", `{"full_name":"acme/falco"}`),
			inRepository(audit.DocReadme, "acme/falco", "README.md",
				"# Falco\nFirst run `data/prepare_dataset.py`.\n")}},
		{"a service", audit.Subject{ID: "catalogue:y"},
			[]audit.Document{vendorPage("https://vendor.example/y",
				"<html><body><p>Y is available through the Acme platform.</p></body></html>")}},
	}
}

// torn are subjects whose licences disagree, one for each kind of conflict.
func torn(t *testing.T) []together {
	const end, base, repo = "acme/Falco-7B-Chat", "rival/Condor-13B", "acme/falco"
	text, err := os.ReadFile(above("LICENSE")) // the project's own
	if err != nil {
		t.Fatal(err)
	}
	apache := string(text)
	tag := func(id, text string) audit.Document {
		return pageOf(audit.DocModelCard, audit.RoleEnd, end, "---\nlicense: "+id+"\nbase_model: "+base+
			"\n---\n# Falco\n"+text)
	}
	of := func(id string) audit.Document {
		return pageOf(audit.DocModelCard, audit.RoleBase, base, "---\nlicense: "+id+"\n---\n# Condor\n")
	}
	file := func(text string) audit.Document {
		d := pageOf(audit.DocLicense, audit.RoleEnd, end, text)
		d.Path = "LICENSE"
		return d
	}
	files := pageOf(audit.DocModelAPI, audit.RoleEnd, end,
		`{"id":"`+end+`","siblings":[{"rfilename":"model.safetensors"}]}`)
	readme := inRepository(audit.DocReadme, repo, "README.md", "# Falco\n")
	inRepo := func(path, text string) audit.Document { return inRepository(audit.DocLicense, repo, path, text) }
	changed := strings.Replace(apache,
		"perpetual,\n      worldwide, non-exclusive, no-charge, royalty-free, irrevocable",
		"revocable, for research that is not commercial,", 1)
	one, two := model(end, ""), model(end, base)
	return []together{
		{"tag and text", one, []audit.Document{tag("mit", ""), file(apache)}},
		{"tag and changed text", one, []audit.Document{tag("apache-2.0", ""), file(changed)}},
		{"forge and text", one, []audit.Document{readme, inRepo("LICENSE", apache), inRepository(audit.DocRepoAPI, repo,
			"", `{"full_name":"acme/falco","license":{"spdx_id":"MIT"}}`)}},
		{"hub and repository", one, []audit.Document{tag("cc-by-nc-4.0", ""), readme, inRepo("LICENSE-MODEL", apache)}},
		{"tag and prose", one, []audit.Document{tag("mit",
			"The model weights are released under the Apache 2.0 License.\n")}},
		{"more than the base grants", two, []audit.Document{tag("mit", ""), of("cc-by-nc-4.0")}},
		{"without the base's restrictions", two, []audit.Document{tag("apache-2.0", ""), of("bigscience-openrail-m")}},
		{"not alike", two, []audit.Document{tag("mit", ""), of("cc-by-sa-4.0")}},
		{"without the base's name", two, []audit.Document{tag("llama3.1", ""), files, of("llama3.1")}},
	}
}

// TestOrderDoesNotMatter: documents in another order give the same
// observations, value for value.
func TestOrderDoesNotMatter(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for _, c := range slices.Concat(spread(), odd(), torn(t)) {
		t.Run(c.name, func(t *testing.T) {
			want := summary(All(c.s, c.docs))
			for range 10 {
				docs := slices.Clone(c.docs)
				random.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
				if got := summary(All(c.s, docs)); got != want {
					t.Fatalf("in another order:\n%s", difference(want, got))
				}
			}
		})
	}
}

// TestSameTwice: the same documents give the same observations, byte for byte,
// and are not changed by looking.
func TestSameTwice(t *testing.T) {
	for _, c := range append(spread(), odd()...) {
		before := slices.Clone(c.docs)
		first, second := All(c.s, c.docs), All(c.s, c.docs)
		if !reflect.DeepEqual(first, second) {
			t.Errorf("%s: two readings differ", c.name)
		}
		if !reflect.DeepEqual(before, c.docs) {
			t.Errorf("%s: looking changed the documents", c.name)
		}
	}
}

// summary lists the values that were found, fact by fact.
func summary(list []audit.Observation) string {
	var lines []string
	for _, o := range list {
		lines = append(lines, fmt.Sprintf("%s %s %q %s %d-%d", o.Fact, o.Finding, o.Value, o.URL, o.Start, o.End))
	}
	slices.Sort(lines)
	return strings.Join(slices.Compact(lines), "\n")
}

func difference(want, got string) string {
	var w strings.Builder
	have := strings.Split(got, "\n")
	for _, l := range strings.Split(want, "\n") {
		if !slices.Contains(have, l) {
			fmt.Fprintln(&w, "-", l)
		}
	}
	for _, l := range have {
		if !slices.Contains(strings.Split(want, "\n"), l) {
			fmt.Fprintln(&w, "+", l)
		}
	}
	return w.String()
}

// spoken are what pages say in the words that the themes look for.
var spoken = []string{"# Falco\n", "## Training\n", "## Training data\n", "## License\n", "## Evaluation\n",
	"Falco was trained on ", "the SeedPile dataset", "64 A100 GPUs", "2T tokens", ". ", "\n", "\n\n",
	"We release the training code", "We do not release the ", "will be released soon", "model weights",
	"https://huggingface.co/acme/Falco-7B-Chat", "https://huggingface.co/datasets/acme/corpus",
	"https://github.com/acme/falco/tree/main/train",
	"[Paper](https://arxiv.org/abs/2401.00001)", "@article{falco, title={Falco}, journal={arXiv}}\n",
	"accepted at ICLR 2024", "licensed under the MIT License", "CC BY-NC 4.0", " and the Apache 2.0 License",
	"pip install falco", "```\npython train.py\n```\n",
	"---\nlicense: mit\n---\n", "---\n", "license: other\n", "datasets: [a/b]\n", "extra_gated_prompt: x\n",
	"fill out this form to access the weights", "delta weights",
	"fine-tuned from [Condor](https://huggingface.co/rival/Condor-13B)",
	"API pricing", "<!-- ", " -->", "<p>", "| a | b |\n", "\xff", "\x00", "é", "模型权重下载申请", "代码采用 MIT 协议", "- [ ] ",
	"32 layers", "from scratch", "```\n"}

// TestAnythingObserved puts pages together at random from these, always the same.
func TestAnythingObserved(t *testing.T) {
	plainRunOnly(t)
	random := rand.New(rand.NewPCG(7, 8))
	text := func() string {
		var w strings.Builder
		for range random.IntN(40) {
			w.WriteString(spoken[random.IntN(len(spoken))])
		}
		return w.String()
	}
	for range 400 {
		docs := []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B-Chat", text()),
			pageOf(audit.DocModelCard, audit.RoleBase, "acme/Falco-7B", text()),
			inRepository(audit.DocReadme, "acme/falco", "README.md", text()), inRepository(audit.DocProse, "acme/falco",
				"docs/data.md", text()),
			pageOf(audit.DocDataCard, audit.RoleData, "acme/data", text()), tree("acme/falco", "train.py",
				"generate.py")}
		checkAgainst(t, model("acme/Falco-7B-Chat", "acme/Falco-7B"), docs)
		checkAgainst(t, audit.Subject{ID: "catalogue:x"},
			[]audit.Document{vendorPage("https://vendor.example/x", "<html>"+text())})
	}
}

// TestLongPages: a page of 32 KB of one phrase is read in time.
func TestLongPages(t *testing.T) {
	plainRunOnly(t)
	for _, phrase := range spoken {
		long := strings.Repeat(phrase, 32<<10/len(phrase))
		begin := time.Now()
		checkAgainst(t, model("acme/Falco-7B-Chat", ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd,
			"acme/Falco-7B-Chat", long)})
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("32 KB of %q took %v", phrase, took)
		}
	}
}

// FuzzObserve reads any bytes as the card, the README, the tree and the hub's
// answer of one model. No theme may panic, quote from outside of a document or
// give a value that its fact cannot have.
func FuzzObserve(f *testing.F) {
	for _, c := range append(spread(), odd()...) {
		for _, d := range c.docs {
			f.Add(d.Body, d.Body)
		}
	}
	f.Add([]byte("---\nlicense: &a [*a]\n---\n# Falco\xff\n"),
		[]byte(`{"tree":[{"path":"train.py"},{"path":5}],"gated":"x","siblings":[{"rfilename":"\u0000.bin"}]}`))
	f.Fuzz(func(t *testing.T, text, answer []byte) {
		const end, base, repo = "acme/Falco-7B-Chat", "acme/Falco-7B", "acme/falco"
		docs := []audit.Document{
			pageOf(audit.DocModelAPI, audit.RoleEnd, end, string(answer)), pageOf(audit.DocModelCard, audit.RoleEnd,
				end, string(text)),
			pageOf(audit.DocModelCard, audit.RoleBase, base, string(text)), pageOf(audit.DocDataCard, audit.RoleData,
				"acme/data", string(text)),
			inRepository(audit.DocRepoAPI, repo, "", string(answer)), inRepository(audit.DocTree, repo, "",
				string(answer)),
			inRepository(audit.DocReadme, repo, "README.md", string(text)), inRepository(audit.DocProse, repo,
				"docs/DATASHEET.md", string(text)),
			inRepository(audit.DocLicense, repo, "LICENSE", string(text)), pageOf(audit.DocPaper, audit.RolePaper,
				"2401.00001", string(answer)),
		}
		checkAgainst(t, model(end, base), docs)
		checkAgainst(t, audit.Subject{ID: "catalogue:x"},
			[]audit.Document{vendorPage("https://vendor.example/x", string(text))})
	})
}

// checkAgainst observes documents and compares every quote with its document.
func checkAgainst(t *testing.T, s audit.Subject, docs []audit.Document) {
	t.Helper()
	bodies := make(map[string][]byte)
	for _, d := range docs {
		bodies[d.URL] = d.Body
	}
	for _, o := range All(s, docs) {
		f, ok := audit.FactNamed(o.Fact)
		if !ok {
			t.Fatalf("fact %q is not in the table", o.Fact)
		}
		if o.Finding != audit.Present {
			continue
		}
		if err := f.Check(o.Value); err != nil {
			t.Fatal(err)
		}
		body, ok := bodies[o.URL]
		if !ok || !(audit.Span{Start: o.Start, End: o.End}).Within(len(body)) ||
			string(body[o.Start:o.End]) != o.Quote {
			t.Fatalf("%s = %q quotes %q at %d-%d of %s", o.Fact, o.Value, o.Quote, o.Start, o.End, o.URL)
		}
	}
}
