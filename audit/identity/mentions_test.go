package identity

import (
	"slices"
	"strings"
	"testing"
)

func TestMentions(t *testing.T) {
	for text, want := range map[string]string{
		"Falcon-40B was trained on 384 A100 GPUs with RefinedWeb.": "Falcon-40B RefinedWeb",
		"We trained Condor 7B on 300B tokens.":                     "Condor 7B",
		"The 7B model was trained for 2 weeks.":                    "",
		"Unlike GPT-4, our model is open.":                         "GPT-4",
		"acme/Condor-7B-v0.1 is here.":                             "Condor-7B-v0.1",
		"See Table 2 and Section 3.1.":                             "",
		"Python 3.10 and CUDA 12 are needed.":                      "",
		"Licensed under Apache 2.0 since June 2023.":               "",
		"与 Condor-13B 相比,我们使用 64 张 A100。":                          "Condor-13B",
		"Condor v2 improves on Condor.":                            "Condor v2",
		"CondorT5+, unlike CondorT5, has Condor-7B-65k+ and 7B+.":  "CondorT5+|CondorT5|Condor-7B-65k",
		"It has 7B parameters and 32 layers.":                      "",
		"PelikanLM's code is public.":                              "PelikanLM",
		"Llama 2 Chat is tuned from Llama 2.":                      "Llama 2 Chat|Llama 2",
		"We use 64 H100-80GB GPUs.":                                "",
		"The data was written by ChatGPT.":                         "ChatGPT",
		"Mistral 7B Instruct and condor-7b":                        "Mistral 7B Instruct|condor-7b",
		"FALCON-40B AND PYTHIA ARE OPEN.":                          "FALCON-40B PYTHIA",
		"tuned from qwen2.5-7b-instruct and llama2":                "qwen2.5-7b-instruct llama2",
		"It saw a falcon and bloom in 7b words.":                   "",
		"Stage 2 used 100B tokens.":                                "",
		"Training took 30 days on a DGX.":                          "",
		"Pile 300B tokens":                                         "",
	} {
		var names []string
		for _, m := range Mentions(text) {
			names = append(names, m.Name)
			if text[m.Start:m.End] != m.Name {
				t.Errorf("%q: offsets of %q are wrong", text, m.Name)
			}
		}
		sep := " "
		if strings.Contains(want, "|") {
			sep = "|"
		}
		if got := strings.Join(names, sep); got != want {
			t.Errorf("%q names %q, want %q", text, got, want)
		}
	}
}

// TestSizeOfVersion: a size with a version glued behind it is both.
func TestSizeOfVersion(t *testing.T) {
	m := Mentions("We release the Falco 7Bv2 model, which differs.")
	if len(m) != 1 || m[0].Name != "Falco 7Bv2" {
		t.Errorf("mentions %v", m)
	}
	n := Parse("Falco-7Bv2")
	if !slices.Equal(n.Sizes, []string{"7b"}) || !slices.Equal(n.Version, []string{"2"}) {
		t.Errorf("sizes %q, version %q", n.Sizes, n.Version)
	}
}
