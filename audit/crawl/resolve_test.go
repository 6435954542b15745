package crawl

import (
	"slices"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/identity"
	"openness/audit/page"
)

// page makes a model that was read from a card.
func pageOf(id, text string) *model {
	return &model{id: id, role: audit.RoleEnd, card: page.Parse([]byte(text))}
}

func TestBaseOf(t *testing.T) {
	api := func(bases ...string) *hub.Model { return &hub.Model{ID: "acme/falco-7b-chat", BaseModels: bases} }
	for _, test := range []struct {
		name, card, want string
		api              *hub.Model
	}{
		{"metadata", "", "acme/falco-7b", api("acme/falco-7b")},
		{"metadata that names itself first", "", "acme/falco-7b", api("acme/falco-7b-chat", "acme/falco-7b")},
		{"metadata that is no id", "", "", api("../../x", "a b", "https://evil.example/a")},
		{"front matter", "---\nbase_model: acme/falco-7b\n---\n# M\n", "acme/falco-7b", nil},
		{"front matter list", "---\nbase_model:\n- acme/falco-7b\n- other/b\n---\n# M\n", "acme/falco-7b", nil},
		{"fine-tuned from", "This model is fine-tuned from [Falco](https://huggingface.co/acme/falco-7b).",
			"acme/falco-7b", nil},
		{"fine-tuned version of",
			"It is a fine-tuned version of [`acme/falco-7b`](https://huggingface.co/acme/falco-7b) on our data.",
			"acme/falco-7b", nil},
		{"list item", "- **Finetuned from model:** https://huggingface.co/acme/falco-7b", "acme/falco-7b", nil},
		{"built on top of", "Built on top of the [Falco 7B](https://hf.co/acme/falco-7b) model.", "acme/falco-7b", nil},
		{"twin by name", "See also [the base](https://huggingface.co/acme/falco-7b).", "acme/falco-7b", nil},
		{"a licence beside a twin", "Under the [licence](https://huggingface.co/acme/falco-7b/resolve/main/LICENSE).",
			"", nil},
		{"twin of another size", "See also [the base](https://huggingface.co/acme/falco-40b).", "", nil},
		{"better than", "It is better than [Owl](https://huggingface.co/rival/owl-7b).", "", nil},
		{"not based on", "It is not based on [Owl](https://huggingface.co/rival/owl-7b).", "", nil},
		{"evaluated on top of", "We evaluated it on top of [Owl](https://huggingface.co/rival/owl-7b).", "", nil},
		{"a card that was copied", "This card is based on the [Owl model card](https://huggingface.co/rival/owl-7b).",
			"", nil},
		{"a new version elsewhere", "A new version is available [here](https://huggingface.co/acme/falco-2-7b).", "",
			nil},
		{"tuned on a dataset", "Fine-tuned on [chats](https://huggingface.co/datasets/acme/chats).", "", nil},
		{"a mixture of data", "It was trained on a mixture of [songs](https://huggingface.co/rival/owl-songs).", "", nil},
		{"a mixture of models", "Falco is a mixture of [Owl](https://huggingface.co/rival/owl-7b) and Emu.",
			"rival/owl-7b", nil},
		{"a label", "- **Base Model:** [Owl](https://huggingface.co/rival/owl-7b)", "rival/owl-7b", nil},
		{"a label in a table", "| Base model | [Owl](https://huggingface.co/rival/owl-7b) |", "rival/owl-7b", nil},
		{"a word that is no label", "It does better than the base model [Owl](https://huggingface.co/rival/owl-7b).",
			"", nil},
		{"a sibling by its bare name",
			"falco-7b-chat is a model initialized from falco-7b-base and fine-tuned on chats.", "acme/falco-7b-base",
			nil},
		{"a sibling that is no base", "falco-7b-chat is compared with falco-7b-base here.", "", nil},
		{"a sibling of another size", "falco-7b-chat was distilled from falco-40b-base.", "", nil},
		{"nothing", "A model.", "", nil},
	} {
		m := pageOf("acme/falco-7b-chat", test.card)
		m.api = test.api
		got, reason, ok := (&gathering{}).baseOf(m)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("%s: got %q (%s), want %q", test.name, got, reason, test.want)
		}
		if ok && reason == "" {
			t.Errorf("%s: no reason", test.name)
		}
	}
}

func TestRankRepositories(t *testing.T) {
	for _, test := range []struct {
		name, id, card string
		want           []string // in order
	}{
		{"owner and name", "acme/falco-7b-chat",
			"[GitHub](https://github.com/acme/falco) and [tool](https://github.com/ggml/llama.cpp)",
			[]string{"acme/falco"}},
		{"owner's account differs a little", "acme-ai/falco-7b", "Code: https://github.com/acmeresearch/falco",
			[]string{"acmeresearch/falco"}},
		{"account named after the model", "acme/Falco-7B", "[code](https://github.com/FalcoLM/Falco)",
			[]string{"FalcoLM/Falco"}},
		{"label of a stranger", "acme/falco-7b", "- **Our repository:** https://github.com/jdoe/wings",
			[]string{"jdoe/wings"}},
		{"a tool that is installed", "acme/falco-7b", "pip install git+https://github.com/huggingface/transformers",
			nil},
		{"a tool that it runs with", "acme/falco-7b",
			"Use it with [vLLM](https://github.com/vllm-project/vllm) or [llama.cpp](https://github.com/ggml-org/llama.cpp).", nil},
		{"the maker's tool", "acme/falco-7b", "## Software\n- [AcmeSpeed](https://github.com/acme/AcmeSpeed)", nil},
		{"the maker's evaluation", "acme/falco-7b",
			"Code: https://github.com/acme/falco\nEvaluation code: https://github.com/acme/falco-eval",
			[]string{"acme/falco", "acme/falco-eval"}},
		{"training before inference", "acme/falco-7b",
			"Training code: https://github.com/acme/falco\n\nUse with https://github.com/acme/falco-runtime",
			[]string{"acme/falco"}},
		{"where comments on the model go", "acme/falco-7b", "Questions about the model: https://github.com/acme/falco/issues",
			[]string{"acme/falco"}},
		{"the script that trained it", "acme/falco-7b", "The script used for training is here: https://github.com/jdoe/wings",
			[]string{"jdoe/wings"}},
		{"what is to come", "acme/falco-7b", "The code for fine-tuning will be released at https://github.com/jdoe/wings", nil},
		{"a link called after the model", "acme/falco-7b", "[Acme's Falco](https://github.com/acme/birds/tree/main/falco)",
			[]string{"acme/birds"}},
		{"where a card sends its reader", "acme/songbird-falco-7b",
			"Please refer to [https://github.com/acme/songbird-emu-falco](https://github.com/acme/songbird-emu-falco) for details.",
			[]string{"acme/songbird-emu-falco"}},
		{"a stranger's where it does", "acme/songbird-falco-7b",
			"Please refer to [https://github.com/jdoe/songbird-emu-falco](https://github.com/jdoe/songbird-emu-falco) for details.",
			nil},
		{"their own at another account", "acme/songbird-falco-7b",
			"For the code of our training see https://github.com/jdoe/songbird-emu-falco .", []string{"jdoe/songbird-emu-falco"}},
		{"a community's", "acme/falco-0-7b", "For a version by the community that you can train yourself, see " +
			"https://github.com/jdoe/falco-0-7b .", nil},
		{"an independent one", "acme/falco-7b", "For an independent rebuild, see https://github.com/jdoe/open-falco-7b", nil},
		{"an independent one of the same name", "acme/falco-7b",
			"For an independent rebuild, check out https://github.com/jdoe/falco-7b", nil},
		{"a toy", "acme/falco-7b", "For a toy in few lines see https://github.com/jdoe/nano-falco-7b", nil},
		{"where it is deployed", "acme/falco-7b", "To run it on a watch, head to https://github.com/jdoe/falco-7b-watch", nil},
		{"a cousin that it is compared with", "acme/songbird-falco-7b",
			"It sings louder than [Emu](https://github.com/jdoe/songbird-emu-falco).", nil},
		{"a tool where it sends its reader", "acme/falco-7b", "Please refer to https://github.com/jdoe/wings for details.", nil},
		{"a fault of a tool", "acme/falco-7b", "Broken by https://github.com/acme/loader/issues/12", nil},
		{"an issue tracker only", "acme/falco-7b", "Report at https://github.com/acme/tracker/issues", nil},
		{"a gist", "acme/falco-7b", "https://gist.github.com/acme/falco", nil},
		{"pages that are no repository", "acme/falco-7b",
			"https://github.com/orgs/acme https://github.com/sponsors/falco https://github.com/acme", nil},
		{"the same twice", "acme/falco-7b",
			"https://github.com/acme/falco/blob/main/LICENSE https://github.com/Acme/Falco.git",
			[]string{"acme/falco"}},
	} {
		var got []string
		for _, c := range rankRepositories(pageOf(test.id, test.card)) {
			got = append(got, c.id)
			if !strings.Contains(c.why, test.id) {
				t.Errorf("%s: reason %q names no source", test.name, c.why)
			}
		}
		if test.name == "the maker's evaluation" {
			got = got[:min(len(got), 2)]
			if len(got) == 1 {
				got = append(got, "acme/falco-eval") // may be left out, must not be first
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestRankPapers(t *testing.T) {
	const cite = "## Citation\n```bibtex\n@article{falco,\n title={Falco: a bird of a model},\n author={Doe, J.},\n journal={arXiv preprint arXiv:2401.00001}\n}\n@article{other,\n title={Attention},\n eprint={1706.03762}\n}\n```\n"
	for _, test := range []struct {
		name, card string
		own        []string
	}{
		{"cited with its name in the title", cite, []string{"2401.00001"}},
		{"technical report", "[Technical report](https://arxiv.org/abs/2401.00001) of Falco. Benchmarks: [MMLU](https://arxiv.org/abs/2009.03300)", []string{"2401.00001"}},
		{"our paper", "For details see our paper [Falco](https://arxiv.org/pdf/2401.00001).", []string{"2401.00001"}},
		{"another's, with its year", "# Falco\n[Condor (ECCV 2024)](https://arxiv.org/abs/2401.00001)", nil},
		{"labelled within a paragraph", "Falco sings of many birds. Paper: [Falco 2](https://arxiv.org/abs/2401.00001). It is free.", []string{"2401.00001"}},
		{"another's title behind the label", "Condor sings. Paper: *Condor, an open bird*, NeurIPS 2024, https://arxiv.org/abs/2401.00001.", nil},
		{"tested by others, with its year", "It was tested by others ([Paper of Owl 2024](https://arxiv.org/abs/2401.00001)).", nil},
		{"attacked, with its venue", "Rivals attacked Falco ([Paper (ACL 2024)](https://arxiv.org/abs/2401.00001)).", nil},
		{"another's report, with its year", "Red teaming of Falco: [Report by Owl Labs 2024](https://arxiv.org/abs/2401.00001).", nil},
		{"a critical paper", "Falco-7B failed the tests of others. Critical paper: [On the Limits of Falco](https://arxiv.org/abs/2401.00001).", nil},
		{"a critical paper and its address", "Falco-7B failed the tests of others. Critical paper: On the Limits of Falco, https://arxiv.org/abs/2401.00001 .", nil},
		{"a rebuttal", "Its training is disputed. Rebuttal paper: [HootBench: Testing Falco](https://arxiv.org/abs/2401.00001).", nil},
		{"a survey", "Falco-7B is a model of many birds. Survey paper: [Falco and others](https://arxiv.org/abs/2401.00001).", nil},
		{"faults listed elsewhere", "The faults of Falco are listed elsewhere. Report: [Limits of Falco](https://arxiv.org/abs/2401.00001).", nil},
		{"another's bare label", "Falco is rejected by some. Paper: [Limits of Falco](https://arxiv.org/abs/2401.00001).", nil},
		{"a tool's within a paragraph", "Falco is merged. Method of the paper: [Ties](https://arxiv.org/abs/2306.01708).", nil},
		{"a method", "Falco uses [rotary embeddings](https://arxiv.org/abs/2104.09864).", nil},
		{"a benchmark table", "| [HellaSwag](https://arxiv.org/abs/1905.07830) | 80 |", nil},
		{"the only citation", "Cite:\n```\n@misc{x, title={Birds}, eprint={2401.00002}}\n```", []string{"2401.00002"}},
	} {
		var own []string
		page := page.Parse([]byte(test.card))
		for _, c := range rankPapers(page, "acme/falco-7b", papersIn(page)) {
			if c.score >= ownPaper {
				own = append(own, c.id)
			}
		}
		if !slices.Equal(own, test.own) {
			t.Errorf("%s: own papers %q, want %q", test.name, own, test.own)
		}
	}
}

func TestNamePublished(t *testing.T) {
	for _, test := range []struct{ name, repository, readme, want string }{
		{"the tuned one", "acme/Falco",
			"[base](https://huggingface.co/acme/falco-7b) [chat](https://huggingface.co/acme/falco-7b-chat)",
			"acme/falco-7b-chat"},
		{"the largest", "acme/Falco",
			"https://huggingface.co/acme/falco-7b https://huggingface.co/acme/falco-40b https://huggingface.co/acme/falco-180b", "acme/falco-180b"},
		{"no quantised copy", "acme/Falco",
			"https://huggingface.co/acme/falco-7b-chat-gguf https://huggingface.co/acme/falco-7b-chat",
			"acme/falco-7b-chat"},
		{"no reward model", "acme/Falco",
			"https://huggingface.co/acme/falco-13b-reward https://huggingface.co/acme/falco-7b", "acme/falco-7b"},
		{"from code", "FalcoLM/Falco", "```python\nmodel = load(\"Falco/falco-7b-chat\")\npath = \"data/train\"\n```",
			"Falco/falco-7b-chat"},
		{"somebody else's", "acme/Falco", "Thanks to https://huggingface.co/meta-llama/Llama-2-7b", ""},
		{"none", "acme/Falco", "A bird.", ""},
	} {
		g := &gathering{c: &Crawler{opts: Options{Progress: func(Event) {}}}}
		got, _, _ := g.namePublished(&repository{id: test.repository, readme: page.Parse([]byte(test.readme))})
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestNames(t *testing.T) {
	for _, test := range []struct {
		repository, model string
		want              int
	}{
		{"Baichuan2", "Baichuan2-13B-Chat", 5}, {"OLMo", "OLMo-7B-Instruct", 5},
		{"Qwen3-Coder", "Qwen3-Coder-480B-A35B-Instruct", 5},
		{"llama3", "Meta-Llama-3-8B", 3}, {"Qwen", "Qwen2.5-7B", 4}, {"Qwen2", "Qwen2.5-7B", 4},
		{"Qwen3", "Qwen2.5-7B", 2},
		{"transformers", "OLMo-7B", 0}, {"ai", "aim-7b", 0}, {"trlx", "stable-vicuna-13b", 0},
	} {
		if got := identity.Likeness(test.repository, test.model); got != test.want {
			t.Errorf("%s and %s: %d, want %d", test.repository, test.model, got, test.want)
		}
	}
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"allenai", "allenai", 4}, {"QwenLM", "Qwen", 3}, {"bigcode-project", "bigcode", 4}, {"01-ai", "01-ai", 4},
		{"facebookresearch", "facebook", 4},
		{"google-research", "google", 4}, {"ggml-org", "acme", 0}, {"huggingface", "HuggingFaceH4", 3},
		{"x", "xai-org", 0},
	} {
		if got := identity.OwnerLikeness(test.a, test.b); got != test.want {
			t.Errorf("%s and %s: %d, want %d", test.a, test.b, got, test.want)
		}
	}
	for name, want := range map[string]float64{"falco-7b": 7, "mix-8x7B": 56, "tiny-125m": 0.125, "big-1T": 1000,
		"moe-30B-A3B": 30, "falco": 0} {
		if got := identity.Parameters(name); got != want {
			t.Errorf("%s: %v billion, want %v", name, got, want)
		}
	}
}

// TestNameDatasets: repositories that made the model name its training data as
// well as its card does; data of tests, and a base's repository, do not count.
func TestNameDatasets(t *testing.T) {
	readme := func(role audit.Role, text string) *repository {
		return &repository{id: "acme/falco", role: role, readme: page.Parse([]byte(text))}
	}
	const trained = "We train on [songs](https://huggingface.co/datasets/acme/songs)."
	for _, test := range []struct {
		name string
		card string
		repo *repository
		want []string
	}{
		{"card", trained, readme(audit.RoleCode, ""), []string{"acme/songs"}},
		{"README", "A model.", readme(audit.RoleCode, trained), []string{"acme/songs"}},
		{"both", trained, readme(audit.RoleCode,
			trained+"\n\nFine-tuned on [talks](https://hf.co/datasets/acme/talks)."),
			[]string{"acme/songs", "acme/talks"}},
		{"README on tests", "", readme(audit.RoleCode,
			"We evaluate on [exams](https://huggingface.co/datasets/acme/exams)."), nil},
		{"README of the base", "", readme(audit.RoleBase, trained), []string{"acme/songs"}},
		{"makers' own, not of training", "See also [songs](https://huggingface.co/datasets/acme/songs).",
			readme(audit.RoleCode, ""), []string{"acme/songs"}},
		{"makers' pictures", `<img src="https://huggingface.co/datasets/acme/pictures/resolve/main/falco.png">`,
			readme(audit.RoleCode, ""), nil},
		{"another's, not of training", "See also [songs](https://huggingface.co/datasets/ibis/songs).",
			readme(audit.RoleCode, ""), nil},
	} {
		g := &gathering{models: []*model{pageOf("acme/falco-7b", test.card)}, repos: []*repository{test.repo},
			c: &Crawler{opts: Options{Progress: func(Event) {}}}}
		g.nameDatasets()
		var got []string
		for _, p := range g.subject.Places {
			got = append(got, p.ID)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// FuzzMentions: no panic on any page, and every place found has a valid id.
func FuzzMentions(f *testing.F) {
	f.Add("# M\n[a](https://github.com/a/b) https://huggingface.co/a/b/tree/main arXiv:2401.00001 \"a/b\" https://hf.co/datasets/a/b?x")
	f.Add("https://github.com/../.. https://huggingface.co/%2e%2e/x https://huggingface.co/a/../b @misc{x, eprint={2401.00001")
	f.Fuzz(func(t *testing.T, text string) {
		m := pageOf("acme/falco-7b-chat", text)
		g := &gathering{models: []*model{m}, c: &Crawler{opts: Options{Progress: func(Event) {}}}}
		if id, _, ok := g.baseOf(m); ok && !hub.ValidID(id) {
			t.Fatalf("base %q", id)
		}
		g.nameRepositories()
		g.repos = []*repository{{id: "acme/falco", role: audit.RoleCode, readme: m.card}}
		g.nameDatasets()
		g.namePapers()
		g.namePublished(&repository{id: "acme/falco", readme: m.card})
		for _, p := range g.subject.Places {
			if strings.Contains(p.ID, "..") && p.Kind != audit.GitHubRepo || strings.Count(p.ID, "/") > 1 ||
				strings.ContainsAny(p.ID, " \n?#%") {
				t.Fatalf("place %+v", p)
			}
		}
	})
}

// TestDeclaredParents: a merge has several, and none of them is lost.
func TestDeclaredParents(t *testing.T) {
	const block = "# Falco\n```yaml\nslices:\n  - sources:\n      - model: rival/condor-7b\n        layer_range: [0, 32]\n" +
		"      - model: 'acme/kestrel-7b' # the better one\nmerge_method: slerp\nbase_model: rival/condor-7b\n  - model: ./own\n  - model: output/first\n```\n"
	for _, test := range []struct {
		name, card string
		api        *hub.Model
		want       []string
	}{
		{"metadata", "", &hub.Model{BaseModels: []string{"rival/condor-7b", "acme/falco-7b-chat", "acme/kestrel-7b",
			"rival/Condor-7b"}}, []string{"rival/condor-7b", "acme/kestrel-7b"}},
		{"front matter", "---\nbase_model:\n- rival/condor-7b\n- acme/kestrel-7b\n---\n", nil,
			[]string{"rival/condor-7b", "acme/kestrel-7b"}},
		{"metadata before front matter", "---\nbase_model: old/condor-7b\n---\n",
			&hub.Model{BaseModels: []string{"rival/condor-7b"}}, []string{"rival/condor-7b"}},
		{"a recipe", block, nil, []string{"rival/condor-7b", "acme/kestrel-7b"}},
		{"a recipe and one base", "---\nbase_model: acme/kestrel-7b\n---\n" + block, nil,
			[]string{"acme/kestrel-7b", "rival/condor-7b"}},
		{"a configuration that is no recipe", "```yaml\nmodel: rival/condor-7b\nlearning_rate: 1\n```\n", nil, nil},
		{"a recipe in prose", "merge_method: slerp\nmodel: rival/condor-7b\n", nil, nil},
	} {
		m := pageOf("acme/falco-7b-chat", test.card)
		m.api = test.api
		var got []string
		for _, p := range declaredParents(m) {
			got = append(got, p.id)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
