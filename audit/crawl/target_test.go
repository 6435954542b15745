package crawl_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"openness/audit/crawl"
	"openness/audit/github"
	"openness/audit/hub"
)

func TestParseTarget(t *testing.T) {
	for _, test := range []struct{ text, kind, id string }{
		{"allenai/OLMo-7B", crawl.Hub, "allenai/OLMo-7B"},
		{"  allenai/OLMo-7B\t", crawl.Hub, "allenai/OLMo-7B"},
		{"hf:allenai/OLMo-7B", crawl.Hub, "allenai/OLMo-7B"},
		{"https://user:hf_TOKEN@huggingface.co/allenai/OLMo-7B.git", crawl.Hub, "allenai/OLMo-7B"},
		{"user:hf_TOKEN@huggingface.co/allenai/OLMo-7B", crawl.Hub, "allenai/OLMo-7B"},
		{"https://huggingface.co/allenai/OLMo-7B", crawl.Hub, "allenai/OLMo-7B"},
		{"https://huggingface.co/allenai/OLMo-7B/", crawl.Hub, "allenai/OLMo-7B"},
		{"https://huggingface.co/allenai/OLMo-7B/tree/main?x=1#readme", crawl.Hub, "allenai/OLMo-7B"},
		{"https://huggingface.co/allenai/OLMo-7B/blob/main/README.md", crawl.Hub, "allenai/OLMo-7B"},
		{"http://www.huggingface.co/allenai/OLMo-7B", crawl.Hub, "allenai/OLMo-7B"},
		{"https://hf.co/allenai/OLMo-7B", crawl.Hub, "allenai/OLMo-7B"},
		{"huggingface.co/allenai/OLMo-7B", crawl.Hub, "allenai/OLMo-7B"},
		{"https://huggingface.co/api/models/allenai/OLMo-7B", crawl.Hub, "allenai/OLMo-7B"},
		{"https://huggingface.co/gpt2", crawl.Hub, "gpt2"},
		{"01-ai/Yi-1.5-34B-Chat-16K", crawl.Hub, "01-ai/Yi-1.5-34B-Chat-16K"},
		{"github:EleutherAI/pythia", crawl.GitHub, "EleutherAI/pythia"},
		{"GitHub:EleutherAI/pythia", crawl.GitHub, "EleutherAI/pythia"},
		{"https://github.com/EleutherAI/pythia", crawl.GitHub, "EleutherAI/pythia"},
		{"https://github.com/EleutherAI/pythia.git", crawl.GitHub, "EleutherAI/pythia"},
		{"https://github.com/EleutherAI/pythia/tree/main/utils", crawl.GitHub, "EleutherAI/pythia"},
		{"git@github.com:EleutherAI/pythia.git", crawl.GitHub, "EleutherAI/pythia"},
		{"github.com/EleutherAI/pythia", crawl.GitHub, "EleutherAI/pythia"},
		{"modelscope:qwen/Qwen-7B", crawl.ModelScope, "qwen/Qwen-7B"},
		{"https://modelscope.cn/models/qwen/Qwen-7B/summary", crawl.ModelScope, "qwen/Qwen-7B"},
		{"https://www.modelscope.cn/models/qwen/Qwen-7B", crawl.ModelScope, "qwen/Qwen-7B"},
		{"arxiv:2402.00838", crawl.ArXiv, "2402.00838"},
		{"arXiv:2402.00838v3", crawl.ArXiv, "2402.00838v3"},
		{"https://arxiv.org/abs/2402.00838", crawl.ArXiv, "2402.00838"},
		{"https://arxiv.org/pdf/2402.00838v1.pdf", crawl.ArXiv, "2402.00838v1"},
		{"arxiv:cs.CL/0105001", crawl.ArXiv, "cs.CL/0105001"},
		{"allenai/OLMo-7B/", crawl.Hub, "allenai/OLMo-7B"},
		{"/allenai/OLMo-7B", crawl.Hub, "allenai/OLMo-7B"},
		{"https://huggingface.co/allenai/OLMo-7B.git", crawl.Hub, "allenai/OLMo-7B"},
		{"https://huggingface.co/allenai/OLMo-7B?library=transformers", crawl.Hub, "allenai/OLMo-7B"},
		{"hf://allenai/OLMo-7B/config.json", crawl.Hub, "allenai/OLMo-7B"},
		{"github:EleutherAI/pythia.git", crawl.GitHub, "EleutherAI/pythia"},
		{"ssh://git@github.com/EleutherAI/pythia.git", crawl.GitHub, "EleutherAI/pythia"},
		{"git+https://github.com/EleutherAI/pythia", crawl.GitHub, "EleutherAI/pythia"},
		{"2402.00838", crawl.ArXiv, "2402.00838"},
		{"https://huggingface.co/papers/2402.00838", crawl.ArXiv, "2402.00838"},
		{"https://doi.org/10.48550/arXiv.2402.00838", crawl.ArXiv, "2402.00838"},
		{"https://modelscope.ai/models/qwen/Qwen-7B?x=1", crawl.ModelScope, "qwen/Qwen-7B"},
		{"llama-3", crawl.Catalogue, "llama-3"},
		{"Claude 3.5 Sonnet", crawl.Catalogue, "Claude 3.5 Sonnet"},
		{"catalogue:gpt-4", crawl.Catalogue, "gpt-4"},
	} {
		got, err := crawl.ParseTarget(test.text)
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		if got.Kind != test.kind || got.ID != test.id || got.Text != crawl.WithoutCredentials(strings.TrimSpace(test.text)) {
			t.Errorf("%q: got %s %q, text %q; want %s %q", test.text, got.Kind, got.ID, got.Text, test.kind, test.id)
		}
	}
}

func TestParseTargetRefuses(t *testing.T) {
	for _, test := range []struct{ text, says string }{
		{"", "empty"},
		{"   ", "empty"},
		{"a/b/c", "org/name"},
		{"../etc/passwd", "org/name"},
		{"org/..", "org/name"},
		{"-org/name", "org/name"},
		{"org/na me", "org/name"},
		{"org/name?x=1", "org/name"},
		{"org/na\x00me", "control characters"},
		{"org/" + strings.Repeat("x", 600), "too long"},
		{"https://huggingface.co/", "names no model"},
		{"https://huggingface.co/datasets/allenai/dolma", "no model page (datasets)"},
		{"https://huggingface.co/spaces/a/b", "no model page (spaces)"},
		{"datasets/allenai/dolma", "a dataset: name the model"},
		{"https://huggingface.co/collections/a/b", "a collection: name its models"},
		{"https://huggingface.co/papers/other", "no model page (papers)"},
		{"https://hf-mirror.example/a/b", "HF_ENDPOINT"},
		{"https://doi.org/10.1000/x", "a DOI: name the model"},
		{"ssh://git@gitlab.com/a/b", "no web address"},
		{"https://github.com/EleutherAI", "names no repository"},
		{"https://modelscope.cn/datasets/a/b", "no model page"},
		{"https://arxiv.org/list/cs.CL/recent", "names no paper"},
		{"https://example.org/model", "example.org"},
		{"ftp://huggingface.co/a/b", "no web address"},
		{"https://", "no web address"},
		{"arxiv:24.1", "arxiv:"},
		{"github:onlyowner", "github:owner/repository"},
		{"modelscope:name", "modelscope:namespace/name"},
		{"name\nother", "control characters"},
	} {
		got, err := crawl.ParseTarget(test.text)
		if err == nil {
			t.Errorf("%q: accepted as %s %q", test.text, got.Kind, got.ID)
			continue
		}
		if !errors.Is(err, crawl.ErrTarget) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%q: error %q, want ErrTarget that says %q", test.text, err, test.says)
		}
	}
}

func TestReadTargetsLines(t *testing.T) {
	got, err := crawl.ReadTargets(strings.NewReader("\ufeff# models\nallenai/OLMo-7B # the first\r\n\n  github:EleutherAI/pythia\n"), "list")
	if err != nil {
		t.Fatal(err)
	}
	if s := fmt.Sprintf("%d %s %s %s", len(got), got[0].ID, got[1].Kind,
		got[1].ID); s != "2 allenai/OLMo-7B github EleutherAI/pythia" {
		t.Errorf("got %s", s)
	}
}

func TestReadTargetsCSV(t *testing.T) {
	const list = "id,target,base,repository,captured\nOne,org/chat,org/base other/base2,own/code own/data,1\n\"Two, the 2nd\",github:own/code,,,0\n"
	got, err := crawl.ReadTargets(strings.NewReader(list), "list.csv")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 {
		t.Fatalf("got %d targets", len(got))
	}
	if s := fmt.Sprintf("%s %s %v %v", got[0].Label, got[0].ID, got[0].Bases,
		got[0].Repositories); s != "One org/chat [org/base other/base2] [own/code own/data]" {
		t.Errorf("first: %s", s)
	}
	if s := fmt.Sprintf("%s %s %v %v", got[1].Label, got[1].Kind, got[1].Bases,
		got[1].Repositories); s != "Two, the 2nd github [] []" {
		t.Errorf("second: %s", s)
	}
}

func TestReadTargetsNamesEveryFault(t *testing.T) {
	got, err := crawl.ReadTargets(strings.NewReader("good/one\nbad/one/more\ngood/two\nhttps://example.org/x\n"),
		"list.txt")
	if err == nil || !strings.Contains(err.Error(), "list.txt:2") || !strings.Contains(err.Error(), "list.txt:4") {
		t.Errorf("error %v does not name lines 2 and 4", err)
	}
	if len(got) != 2 {
		t.Errorf("got %d good targets, want 2", len(got))
	}
	_, err = crawl.ReadTargets(strings.NewReader("target,base\norg/name,not/a/base\n"), "list.csv")
	if err == nil || !strings.Contains(err.Error(), "list.csv:2") || !strings.Contains(err.Error(), "base column") {
		t.Errorf("error %v does not name line and column", err)
	}
}

// TestReadTargetsTables: a comment may stand over the head of a table; a table
// that is none of ours is told what it lacks.
func TestReadTargetsTables(t *testing.T) {
	got, err := crawl.ReadTargets(strings.NewReader("# our models\n\nid,target\nOne,org/chat\n"), "list.csv")
	if err != nil || len(got) != 1 || got[0].Label != "One" || got[0].ID != "org/chat" {
		t.Errorf("got %+v, %v", got, err)
	}
	for list, want := range map[string]string{
		"id,model\nOne,org/chat\n":     "no column target among id, model: rename model, which holds models, to target",
		"name,note\nquokka,\"a, b\"\n": "no column target among name, note: rename the one that holds the models",
		"id;target\nOne;org/chat\n":    "separated by commas",
	} {
		_, err := crawl.ReadTargets(strings.NewReader(list), "list.csv")
		if err == nil || !strings.Contains(err.Error(), "list.csv:1") || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v does not say what is missing: %s", list, err, want)
		}
	}
}

func TestReadTargetsOfExperts(t *testing.T) {
	lists, _ := filepath.Glob("../../../shared/experts/*-targets.csv")
	if len(lists) == 0 {
		t.Skip("the shared corpus is not here")
	}
	for _, list := range lists {
		f, err := os.Open(list)
		if err != nil {
			t.Fatal(err)
		}
		targets, err := crawl.ReadTargets(f, list)
		f.Close()
		if err != nil {
			t.Error(err)
		}
		if len(targets) < 20 {
			t.Errorf("%s: %d targets", list, len(targets))
		}
		for _, target := range targets {
			if target.Label == "" {
				t.Errorf("%s: %q has no label", list, target.Text)
			}
		}
	}
}

// FuzzParseTarget: whatever is accepted is safe to build URLs from, and is
// accepted again as what it was understood to be.
func FuzzParseTarget(f *testing.F) {
	for _, seed := range []string{"org/name", "gpt2", "https://huggingface.co/a/b/tree/main", "github:a/b",
		"https://github.com/a/b.git", "git@github.com:a/b",
		"modelscope:a/b", "https://modelscope.cn/models/a/b", "arxiv:2402.00838v2",
		"https://arxiv.org/pdf/2402.00838.pdf", "catalogue:x", "hf:a", "a/../b", "://", "%2e%2e/x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := crawl.ParseTarget(text)
		if err != nil {
			if !errors.Is(err, crawl.ErrTarget) {
				t.Fatalf("error %v is not ErrTarget", err)
			}
			return
		}
		switch got.Kind {
		case crawl.Hub:
			if !hub.ValidID(got.ID) {
				t.Fatalf("%q: id %q", text, got.ID)
			}
		case crawl.GitHub:
			if !github.ValidID(got.ID) {
				t.Fatalf("%q: id %q", text, got.ID)
			}
		}
		if strings.Contains(got.ID, "..") && got.Kind != crawl.Catalogue && got.Kind != crawl.GitHub {
			t.Fatalf("%q: id %q climbs", text, got.ID)
		}
		prefix := map[string]string{crawl.Hub: "hf:", crawl.GitHub: "github:", crawl.ModelScope: "modelscope:",
			crawl.ArXiv: "arxiv:", crawl.Catalogue: "catalogue:"}[got.Kind]
		again, err := crawl.ParseTarget(prefix + got.ID)
		if err != nil || again.Kind != got.Kind || again.ID != got.ID {
			t.Fatalf("%q: %s %q is read back as %s %q, %v", text, got.Kind, got.ID, again.Kind, again.ID, err)
		}
	})
}

func FuzzReadTargets(f *testing.F) {
	f.Add("org/name\n# x\ngithub:a/b\n")
	f.Add("id,target,base,repository\nA,org/name,org/base,own/code\n")
	f.Add("target\n\"")
	f.Fuzz(func(t *testing.T, list string) {
		targets, _ := crawl.ReadTargets(strings.NewReader(list), "list")
		for _, target := range targets {
			if target.Kind == "" || target.ID == "" {
				t.Fatalf("%q gives an empty target", list)
			}
		}
	})
}

// TestReadTargetsTurned: a row that is called after its base is taken the other way
// round and says so, unless a repository of the model's makers speaks against it.
func TestReadTargetsTurned(t *testing.T) {
	const list = "id,target,base,repository\nMerlin,acme/falco-7b,lab/merlin-7b,lab/reasoning\nMerlin,acme/falco-7b,lab/merlin-7b,acme/falco\nMerlin,lab/merlin-7b,acme/falco-7b,\n"
	got, err := crawl.ReadTargets(strings.NewReader(list), "list.csv")
	if err != nil || len(got) != 3 {
		t.Fatalf("%v, %v", got, err)
	}
	for i, want := range []struct{ id, base, note string }{{"lab/merlin-7b", "acme/falco-7b",
		"taken the other way round"}, {"acme/falco-7b", "lab/merlin-7b", ""}, {"lab/merlin-7b", "acme/falco-7b", ""}} {
		if got[i].ID != want.id || got[i].Bases[0] != want.base || (want.note == "") != (got[i].Note == "") ||
			!strings.Contains(got[i].Note, want.note) {
			t.Errorf("row %d: %s from %s, note %q", i, got[i].ID, got[i].Bases[0], got[i].Note)
		}
	}
}

// TestListNamesTwice: of two columns of one name nobody can tell which is meant; a long line is a line
// like others.
func TestListNamesTwice(t *testing.T) {
	for list, fault := range map[string]string{
		"target,id,target\nacme/a,1,acme/b\n":           "t.csv:1: the column target is there twice",
		"acme/a # " + strings.Repeat("x", 2<<20) + "\n": "",
	} {
		_, err := crawl.ReadTargets(strings.NewReader(list), "t.csv")
		if (err == nil) != (fault == "") || err != nil && !strings.Contains(err.Error(), fault) {
			t.Errorf("%.40q: %v", list, err)
		}
	}
}
