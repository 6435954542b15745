package main

import (
	"strings"
	"testing"

	"openness/audit/crawl"
)

// TestTargetsOfCatalogue: what the catalogue adds to each kind of target.
func TestTargetsOfCatalogue(t *testing.T) {
	for text, want := range map[string]struct{ kind, id, twin, hint string }{
		"llama 3": {crawl.Hub, "meta-llama/Meta-Llama-3-8B-Instruct",
			"LLM-Research/Meta-Llama-3-8B-Instruct", ""},
		"GPT-4":                               {crawl.Catalogue, "gpt-4", "", ""},
		"modelscope:ZhipuAI/glm-4-9b-chat-hf": {crawl.Hub, "zai-org/glm-4-9b-chat-hf", "ZhipuAI/glm-4-9b-chat-hf", ""},
		"modelscope:nobody/nothing":           {crawl.ModelScope, "nobody/nothing", "", ""},
		"meta-llama/Meta-Llama-3-8B-Instruct": {crawl.Hub, "meta-llama/Meta-Llama-3-8B-Instruct",
			"LLM-Research/Meta-Llama-3-8B-Instruct", ""},
		"acme/model":                  {crawl.Hub, "acme/model", "", ""},
		"gtp-4":                       {crawl.Catalogue, "gtp-4", "", "did you mean gpt-4?"},
		"nothing-like-it":             {crawl.Catalogue, "nothing-like-it", "", ""},
		"https://huggingface.co/gpt2": {crawl.Hub, "gpt2", "", ""},
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
	if err := fromCatalogue(&listed[0]); err != nil ||
		strings.Join(listed[0].Bases, " ") != "meta-llama/Meta-Llama-3-8B-Instruct acme/base gpt2" {
		t.Errorf("bases %q, %v", listed[0].Bases, err)
	}
}

// TestFamiliesAreTargets: the name of a family leads to one model, and the user is
// told which and what else there is; a version that nobody knows leads nowhere.
func TestFamiliesAreTargets(t *testing.T) {
	for text, want := range map[string]struct{ id, note string }{
		"qwen":       {"Qwen/Qwen3.6-27B", "qwen3.5"},
		"ERNIE Bot":  {"baidu/ERNIE-4.5-21B-A3B-PT", "ernie-4.0"},
		"智谱":         {"zai-org/GLM-5.2", "glm-4.5"},
		"chatglm":    {"zai-org/chatglm3-6b", "this very name"},
		"百川":         {"baichuan-inc/Baichuan2-13B-Chat", ""},
		"claude":     {"claude-sonnet-5", "claude-3.5-sonnet"},
		"通义千问2.5":    {"Qwen/Qwen2.5-7B-Instruct", ""},
		"qwen 99":    {"qwen 99", ""},
		"文心一言 99":    {"文心一言 99", ""},
		"gemini-1.5": {"gemini-1.5-pro", ""},
	} {
		got, err := parseTarget(text)
		if err != nil || got.ID != want.id || (got.Note != "") != (want.note != "") ||
			!strings.Contains(got.Note, want.note) {
			t.Errorf("%q: %q, note %q, %v; want %+v", text, got.ID, got.Note, err, want)
		}
	}
}
