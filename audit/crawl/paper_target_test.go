package crawl

import (
	"testing"

	"openness/audit/page"
	"openness/audit/papers"
)

// TestIntroducedModel: a paper names the model that it introduces, and one on something else none.
func TestIntroducedModel(t *testing.T) {
	for _, c := range []struct{ title, abstract, want string }{
		{"Wagtail: A 7B Language Model for Small Birds", "We present Wagtail-7B, a language model trained on songs.", "Wagtail-7B"},
		{"Wagtail 2 Technical Report", "Birds sing. This report introduces Wagtail 2, our latest series of large language models.", "Wagtail 2"},
		{"Songs of Birds without Data", "In this work, we introduce Wagtail, a 2B encoder for songs.", "Wagtail"},
		{"Wagtail: Open Language Models", "Songs are sung.", "Wagtail"},
		{"NestBench: A Benchmark for Models of Birds", "We introduce NestBench, a benchmark for language models.", ""},
		{"FewFeathers: Adaptation of Language Models", "We propose FewFeathers, or Feather Adaptation, of models.", ""},
		{"Songs of Birds", "We present a study of language models.", ""},
		{"NestEval: A Language Model Evaluation Suite", "Birds sing.", ""},
		{"Songs", "We introduce NestFlow, an LLM agent framework.", ""},
		{"Songs", "We introduce NestFlow, a language model serving engine for birds.", ""},
		{"Songs", "We introduce NestBench, the first multi-model benchmark.", ""},
		{"NestTune: Training Language Models on Songs", "Birds sing.", ""},
		{"Wagtail: A Family of Open Language Models", "Birds sing.", "Wagtail"},
		{"Songs", "We release Wagtail, a fine-tuned language model trained on songs.", "Wagtail"},
		{"Attention to Birds", "We propose Wagging, a new method for training models.", ""},
	} {
		if got := introducedModel(papers.Paper{Title: papers.Field{Text: c.title}, Summary: c.abstract}); got != c.want {
			t.Errorf("%s: %q, want %q", c.title, got, c.want)
		}
	}
}

// TestPublishedBy: of the models that a paper links, the one that it introduces is its own.
func TestPublishedBy(t *testing.T) {
	paper := page.Parse([]byte("# Wagtail\n\nUnlike https://huggingface.co/rival/condor-7b, it is at https://huggingface.co/zoo/wagtail-1b " +
		"and https://huggingface.co/zoo/wagtail-7b.\n"))
	for name, want := range map[string]string{"Wagtail-7B": "zoo/wagtail-7b", "Wagtail": "zoo/wagtail-1b", "Pipit": ""} {
		if got := publishedBy(paper, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	const hub = "https://huggingface.co/"
	for text, want := range map[string]string{
		"A copy by others is at " + hub + "rival/wagtailor-7b.":                          "",
		"The baseline is at " + hub + "rival/wagtail-gguf.":                              "",
		"We compare it with " + hub + "rival/wagtail-7b.":                                "",
		"We thank the makers of " + hub + "rival/wagtail-7b.":                            "",
		"It is at " + hub + "zoo/wagtail-7b or at " + hub + "rival/wagtail-7b.":          "",
		"It is at " + hub + "zoo/wagtail-7b-chat. An older one: " + hub + "zoo/wagtail.": "zoo/wagtail-7b-chat",
	} {
		if got := publishedBy(page.Parse([]byte("# Wagtail\n\n"+text+"\n")), "Wagtail"); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
