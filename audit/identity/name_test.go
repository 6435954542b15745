package identity

import (
	"fmt"
	"strings"
	"testing"

	"openness/audit"
)

// TestParse reads names of every shape. What stands behind a name is what the two
// engines that this one replaces made of its family: they disagreed there.
func TestParse(t *testing.T) {
	for id, want := range map[string]string{
		"Falco2-13B-Chat":               "falco version 2 size 13b tuned",
		"open-falco":                    "openfalco",
		"falco_v1.5-8x7b-instruct-0724": "falco version 1.5 size 8x7b date 0724 tuned",     // falcov, falco
		"Falco-R1-Distill-Condor-32B":   "falco series Distill,Condor version r1 size 32b", // falcor
		"FalcoCoder":                    "falcocoder",
		"falco-7b-GGUF":                 "falco size 7b format gguf",
		"falco-7b.Q4_K_M":               "falco size 7b format q4",
		"Falco-7B-w4a16":                "falco size 7b format w4a16",
		"Condor-Falco-SLERP":            "condorfalco",             // condorfalcoslerp
		"t5-falco-xl":                   "t5falco",                 // t, t
		"chat-falco-6b":                 "chatfalco size 6b tuned", // none, falco
		"falco3.1-it":                   "falco version 3.1 tuned",
		"acme/acme-lm":                  "acmelm by acme",
		"Acme-AI/acme-lm":               "acmelm by acme",
		"360falco":                      "360falco",        // 360falco, none
		"01-falco-7b":                   "01falco size 7b", // none, none
		"F-7B":                          "f size 7b",
		"t5-large":                      "t5 version 5",
		"Falco-V3":                      "falco version 3", // falcov, falco
		"falcov2":                       "falco version 2",
		"falco-v3p1-8b":                 "falco version 3.1 size 8b",
		"falco-vl-7b":                   "falco series vl size 7b", // falcovl; and of the same in capitals falco
		"Falco-VL-7B":                   "falco series VL size 7b",
		"gpt-j-6b":                      "gptj size 6b",
		"yi-vl-6b":                      "yivl size 6b",
		"falco7b_chat":                  "falco size 7b tuned", // falco7b, falco
		"Falco-7B-128k":                 "falco size 7b",
		"Falco-3n-E4B-it":               "falco version 3n size e4b tuned",
		"Falco-30BA3B":                  "falco size 30ba3b",
		"Falco-30B-A3B":                 "falco size 30b,a3b",
		"falco-7b1":                     "falco size 7b1",
		"Falco-1T":                      "falco size 1t",
		"Falco-7B-2T":                   "falco size 7b", // trained on two trillion
		"Falco-Base-7B":                 "falco size 7b base",
		"Falco-7B-pt":                   "falco size 7b base",
		"falco-base-uncased":            "falco series uncased", // a size in words
		"falco-base-finetuned-birds":    "falco series birds tuned",
		"falco-7b-finetuned":            "falco size 7b tuned",
		"Falco-2024-07-24":              "falco date 2024,07,24",
		"falco-r-08-2024":               "falco series r date 08,2024",
		"open-chat-7b":                  "openchat size 7b tuned",
		"stable-code-3b":                "stablecode size 3b",  // stable
		"code-falco-7b":                 "codefalco size 7b",   // none, codefalco
		"tiny-falco-1.1b":               "tinyfalco size 1.1b", // none, falco
		"falco-en-it":                   "falco",               // Italian
		"instruction-falco":             "instructionfalco",
		"wav2song2-large":               "wav2song version 2",
		"song4all":                      "song4all",
		"h2o-falco-7b":                  "h2ofalco size 7b",
		"falco_24khz":                   "falco series 24khz",
		"github:acme-labs/falco":        "falco by acme",
		"":                              "",
		"acme/..":                       " by acme",
	} {
		if got := told(Parse(id)); got != want {
			t.Errorf("%q: %q, want %q", id, got, want)
		}
	}
}

// told writes a name down as the test's table does.
func told(n Name) string {
	s := n.Family
	for _, list := range []struct {
		what  string
		words []string
	}{{"series", n.Series}, {"version", n.Version}, {"size", n.Sizes}, {"date", n.Dates}} {
		if len(list.words) > 0 {
			s += fmt.Sprintf(" %s %s", list.what, strings.Join(list.words, ","))
		}
	}
	for what, is := range map[string]bool{" tuned": n.Tuned, " base": n.Base} {
		if is {
			s += what
		}
	}
	if n.Format != "" {
		s += " format " + n.Format
	}
	if n.Maker != "" {
		s += " by " + n.Maker
	}
	return s
}

// TestParameters: in billions, with the experts multiplied and the active ones left out.
func TestParameters(t *testing.T) {
	for name, want := range map[string]float64{"falco-7b": 7, "mix-8x7B": 56, "tiny-125m": 0.125, "big-1T": 1000,
		"moe-30B-A3B": 30, "falco": 0,
		"falco-7b1": 7.1, "falco-e4b": 4, "falco7b": 7, "falco-128k": 0, "falco-a3b": 0} {
		if got := Parameters(name); got != want {
			t.Errorf("%s: %v billion, want %v", name, got, want)
		}
	}
}

// TestMakers: what two accounts must share, and what is no more than a common word.
func TestMakers(t *testing.T) {
	for _, c := range []struct {
		a, b string
		like int
	}{
		{"acme", "Acme-AI", 4}, {"acme-labs", "acme-hq", 4}, {"abc-ai", "abc", 4}, {"AcmeLM", "Acme", 3},
		{"AcmeCloud", "acme", 3},
		{"acmeresearch", "acme.official", 4}, {"acmeworks", "acme", 2}, {"acmesystemsgames", "acmesystems", 3},
		{"open-acme", "acme", 2}, {"open", "openacme", 0}, {"openai", "openbird", 0}, {"deep", "deepacme", 0},
		{"x", "xacme", 0}, {"", "", 0}, {"", "acme", 0},
		{"numbat", "acme", 0},
	} {
		if got, back := OwnerLikeness(c.a, c.b), OwnerLikeness(c.b, c.a); got != c.like || back != c.like {
			t.Errorf("%q and %q: %d and %d, want %d", c.a, c.b, got, back, c.like)
		}
		if got := SameMaker(c.a, c.b); got != (c.like >= 3) {
			t.Errorf("%q and %q: same maker %v", c.a, c.b, got)
		}
	}
}

func TestBaseOf(t *testing.T) {
	for _, c := range []struct {
		base, end string
		want      bool
	}{
		{"acme/Falco-7B", "acme/Falco-7B-Chat", true},
		{"acme/falco-7b-hf", "acme/Falco-7B-Instruct-hf", true},
		{"acme/Falco-7B-v0.1", "acme/Falco-7B-Instruct-v0.1", true},
		{"acme/Falco-7B", "acme/Falco-7B-Instruct-v0.3", true}, // of which version is not said
		{"acme/Falco-7B", "acme/Falco-7B-Instruct-0724", true},
		{"acme/Falco-13B-Base", "acme/Falco-7B-Chat", false},
		{"acme/Falco-1.5-Base", "acme/Falco-2-Chat", false},
		{"acme/Falco-7B-Base", "acme/Falco-7B", true},
		{"acme/falco-base", "acme/falco-small", false}, // sizes in words
		{"acme/falco-base", "acme/falco-large-chat", false},
		{"acme/falco-base", "acme/falco-base-birds", true},
		{"acme/falco-base-en", "acme/falco-base-en-v1.5", false},
		{"acme/falco-base-birds", "acme/falco-base-songs", false},
		{"acme/falco-base-onnx", "acme/falco-base", false},
		{"rival/Falco-7B", "acme/Falco-7B-Chat", false},
		{"acme/Falco-7B-Chat", "acme/Falco-7B-DPO", false},
		{"acme/falco-6b", "acme/chat-falco-6b", true},
		{"acme/Falco-7B", "acme/Falco-7B-Chat-Int4", true},
		{"acme/Falco-7B-GGUF", "acme/Falco-7B-Chat", false}, // a copy of what is asked for
	} {
		if got := BaseOf(c.base, c.end); got != c.want {
			t.Errorf("%s as the base of %s: %v, want %v", c.base, c.end, got, c.want)
		}
	}
}

// TestFamilyPattern: what matches a family's name in a text.
func TestFamilyPattern(t *testing.T) {
	for name, want := range map[string]string{
		"Open-Falco-Plan": "Open[-_ ]?Falco", "Falco-Coder-7B": "Falco", "open-instruct-mix-65b": "open[-_ ]?instruct",
		"falcov2-base": "falcov?",
		"F-7B":         "F[-_ ]?7B", "Yi-Coder-9B": "Yi[-_ ]?Coder", "t5-falco": "t5[-_ ]?falco",
		"Falco 2 Chat": "Falcov?",
	} {
		if got := FamilyPattern(audit.Subject{Name: name}); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// FuzzParse: no name breaks it, and a name's parts lie within it.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"acme/Falco2-13B-Chat", "falco-v3p1", "文心-4.0-8K", "a/b/c", "..", "-7-", "\xff2b"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, id string) {
		n := Parse(id)
		for _, w := range append(append([]string{}, n.Words...), n.Series...) {
			if !strings.Contains(n.Model, w) {
				t.Fatalf("%q has no %q", n.Model, w)
			}
		}
		if n.Tuned && n.Base {
			t.Fatalf("%q is tuned and base", id)
		}
		Likeness(id, n.Model)
		VersionMarks(id)
		FamilyPattern(audit.Subject{ID: id})
	})
}

// TestAdapterIsTuned: a name with an adapter's word says that it was trained on from another.
func TestAdapterIsTuned(t *testing.T) {
	for id, want := range map[string]bool{"nest/falco-lora-7b": true, "nest/falco-7b-adapter": true, "nest/falco-7b": false,
		"nest/falco-7b-preview": false} {
		if got := Parse(id).Tuned; got != want {
			t.Errorf("%s: tuned %v, want %v", id, got, want)
		}
	}
}
