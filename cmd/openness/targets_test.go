package main

import (
	"strings"
	"testing"

	"openness/audit/crawl"
)

// TestTargetsOfCatalogue: what the catalogue adds to each kind of target.
func TestTargetsOfCatalogue(t *testing.T) {
	for text, want := range map[string]struct{ kind, id, twin, hint string }{
		"llama 3":                             {crawl.Hub, "meta-llama/Meta-Llama-3-8B-Instruct", "LLM-Research/Meta-Llama-3-8B-Instruct", ""},
		"GPT-4":                               {crawl.Catalogue, "gpt-4", "", ""},
		"modelscope:ZhipuAI/glm-4-9b-chat-hf": {crawl.Hub, "zai-org/glm-4-9b-chat-hf", "ZhipuAI/glm-4-9b-chat-hf", ""},
		"modelscope:nobody/nothing":           {crawl.ModelScope, "nobody/nothing", "", ""},
		"meta-llama/Meta-Llama-3-8B-Instruct": {crawl.Hub, "meta-llama/Meta-Llama-3-8B-Instruct", "LLM-Research/Meta-Llama-3-8B-Instruct", ""},
		"acme/model":                          {crawl.Hub, "acme/model", "", ""},
		"gtp-4":                               {crawl.Catalogue, "gtp-4", "", "did you mean gpt-4?"},
		"nothing-like-it":                     {crawl.Catalogue, "nothing-like-it", "", ""},
		"https://huggingface.co/gpt2":         {crawl.Hub, "gpt2", "", ""},
	} {
		got, err := parseTarget(text)
		if err != nil || got.Kind != want.kind || got.ID != want.id || got.Twin != want.twin || got.Hint != want.hint {
			t.Errorf("%q: %s %q, twin %q, hint %q, %v; want %+v", text, got.Kind, got.ID, got.Twin, got.Hint, err, want)
		}
	}
	listed, err := crawl.ReadTargets(strings.NewReader("target,base\nacme/model,llama-3 acme/base gpt2\n"), "list.csv")
	if err != nil {
		t.Fatal(err)
	}
	if err := fromCatalogue(&listed[0]); err != nil || strings.Join(listed[0].Bases, " ") != "meta-llama/Meta-Llama-3-8B-Instruct acme/base gpt2" {
		t.Errorf("bases %q, %v", listed[0].Bases, err)
	}
}
