package whose

import (
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/page"
)

// TestSiblings: what a page says of another version, size, line or tuning of its
// family is taken off; what it says of the model, or of all of them, stays.
func TestSiblings(t *testing.T) {
	s := audit.Subject{ID: "acme/Falco-2-13B-Chat", Name: "Falco-2-13B-Chat", Base: "acme/Falco-2-13B"}
	for text, sibling := range map[string]bool{
		"Falco-2-13B-Chat was trained on songs.":                                            false,
		"Falco 2 was trained on songs.":                                                     false,
		"Falco was trained on songs.":                                                       false,
		"Falco-2-13B was trained on songs.":                                                 false, // the base
		"We trained Falco-2-13B-Chat on songs.":                                             false,
		"Falco-2-7B and 13B were trained on songs.":                                         false,
		"All Falco models, from Falco-2-7B to Falco-2-70B, were trained on songs.":          false,
		"The Falco family includes Falco-2-7B and Falco-2-70B.":                             false,
		"It is better than Falco-1.":                                                        false,
		"Our model was tuned from Falco-1.":                                                 false,
		"Compared with Falco-1, our model is better.":                                       false,
		"It follows the Falco-1 license.":                                                   false,
		"We release [Falco-Songs](https://huggingface.co/datasets/acme/falco-songs-v1).":    false,
		"Falco-2-7B was trained on songs.":                                                  true,
		"All Falco-1 models were trained on songs.":                                         true,
		"Falco 1 saw songs, for people of all sizes.":                                       true,
		"FALCO-1 WAS TRAINED ON SONGS.":                                                     true,
		"falco-2-7b-chat was trained on songs.":                                             true,
		"FalcoCoder was trained on songs.":                                                  true,
		"We trained Falco-2-70B on 512 GPUs.":                                               true,
		"We release the training code of Falco-1.":                                          true,
		"- [2024.01] Release the training code of Falco-1.":                                 true,
		"- **Falco-2-7B**: trained on songs.":                                               true,
		"Version 1 was trained on songs.":                                                   true,
		"Version 2 was trained on songs.":                                                   false,
		"次の版では songs で学習する。":                                                                true,
		"The previous version was trained on songs.":                                        true,
		"我们开源了 Falco-1 的训练代码。":                                                              true,
		"## Falco-2-7B\n\nWe trained the model on songs.":                                   true,
		"## Falco-1\n\n### Data\n\nSongs of owls.":                                          true,
		"## 7B\n\nIt saw songs.":                                                            true,
		"## What changed since Falco-1\n\nIt saw songs.":                                    false,
		"## Falco-2-7B and Falco-2-13B-Chat\n\nThey saw songs.":                             false,
		"| Model | Data |\n|---|---|\n| Falco-2-7B | songs |":                               true,
		"| | Falco-2-13B-Chat | Falco-2-7B |\n|---|---|---|\n| Data | | songs |":            true,
		"| M | D |\n|---|---|\n| Falco-2-13B-Chat Twin | songs |\n| Falco-2-13B-Chat | - |": true,
		"| M | D |\n|---|---|\n| Falco-2-13B-Chat Ours | songs |":                           false,
		"| | 7B | 13B |\n|---|---|---|\n| Data | songs | |":                                 true,
		"| | 7B | 13B |\n|---|---|---|\n| Data | | songs |":                                 false,
	} {
		d := &audit.Document{Kind: audit.DocReadme, Body: []byte("# Falco\n\nText.\n\n" + text + "\n")}
		sp := NewSpeaker(s, nil)
		v := sp.ViewOf(d, false)
		view, kin := v.Body, v.Kin
		word := "songs"
		for _, w := range []string{"SONGS", "512", "code", "代码", "Songs", "better", "tuned", "license", "includes"} {
			if strings.Contains(text, w) {
				word = w
			}
		}
		if got := !strings.Contains(strings.ToLower(string(view)), strings.ToLower(word)); got != sibling {
			t.Errorf("%q: taken off %v, want %v", text, got, sibling)
		}
		if kin != nil && !strings.Contains(strings.ToLower(string(kin)), strings.ToLower(word)) {
			t.Errorf("%q: not kept among what is said of siblings", text)
		}
	}
}

// TestResumed: what follows a relative clause on another takes up the clause that the relative stands in.
func TestResumed(t *testing.T) {
	for text, kept := range map[string]bool{
		"Falco is trained with Wren's WrenAI nest, which eases the training of models, and AMD's songs.": true,
		"Falco is trained with the WrenAI nest, which eases training, running, and songs.":               false,
		"Falco is trained with the WrenAI nest, which eases training, and is good at songs.":             false,
		"Falco is trained with the WrenAI nest, which eases training and songs.":                         false,
		"WrenAI is trained with the Nest2 trainer, which eases training, and songs.":                     false,
		"We compare it with Owl-7B, which was trained on 5T tokens, and 64 songs over 3 days.":           false,
		"It is faster than Swift-7B, which was trained with Nest, and 64 songs for 3 days.":              false,
		"It is faster than Swift-7B, which eases training, and 64 songs for 3 days.":                     false,
		"Falco is trained with Owl-7B, which eases training, and 64 songs for 3 days.":                   false,
		"Falco is trained with the WrenAI nest, which uses eggs, and 64 songs.":                          false,
		"Falco is trained with the WrenAI nest, which eases training on eggs, and 64 songs.":             false,
		"Falco is trained with the WrenAI nest, which was built from eggs, as well as 64 songs.":         false,
	} {
		sp := NewSpeaker(audit.Subject{ID: "acme/falco-7b"}, nil)
		v := sp.ViewOf(&audit.Document{Kind: audit.DocModelCard, Body: []byte("# Falco\n\nText.\n\n" + text + "\n")}, false)
		if got := strings.Contains(string(v.Body), "songs"); got != kept {
			t.Errorf("%q: kept %v, want %v", text, got, kept)
		}
	}
}

// TestVersionAlone: what a page says of another version by its number alone is no version's without a number.
func TestVersionAlone(t *testing.T) {
	for _, c := range []struct {
		model, text string
		kept        bool
	}{
		{"acme/falco_7b", "The v2 models are trained on songs.", false},
		{"acme/falco_7b", "The v1 models are trained on songs.", true},
		{"acme/falco_7b", "The v1 and v2 models are trained on songs.", true},
		{"acme/falco_7b_v2", "The v2 models are trained on songs.", true},
		{"acme/falco_7b_v2", "The v1 models are trained on songs.", false},
		{"acme/falco", "The v2 models are trained on songs.", true},
	} {
		d := &audit.Document{Kind: audit.DocReadme, Body: []byte("# Falco\n\nText.\n\n" + c.text + "\n")}
		sp := NewSpeaker(audit.Subject{ID: c.model}, nil)
		v := sp.ViewOf(d, false)
		if got := strings.Contains(string(v.Body), "songs"); got != c.kept {
			t.Errorf("%s: %q kept %v, want %v", c.model, c.text, got, c.kept)
		}
	}
}

// TestSiblingsPage: a page of a repository that is titled after a sibling, or lies
// in its folder, says nothing of the model where it does not name it.
func TestSiblingsPage(t *testing.T) {
	sp := NewSpeaker(audit.Subject{ID: "acme/Falco-AR", Name: "Falco-AR"}, nil)
	for _, c := range []struct {
		path, text string
		kept       bool
	}{
		{"README.md", "# Falco\n\nWe trained it on owls.\n", true},
		{"README.md", "# Falco-E\n\nWe trained it on owls.\n", false},
		{"README.md", "# Falco-E\n\nFalco-AR was trained on owls.\n", true},
		{"README.md", "# Falco-E\n\n## Falco-AR\n\nWe trained it on owls.\n", true},
		{"README.md", "# Falco-E\n\nAll our models were trained on owls.\n", false},
		{"README.md", "# Falco-E 2\n\nThey released the Falco-E 2 family of models for owls.\n", false},
		{"README.md", "# Falco-E\n\n```\n@misc{f, title={Falco-AR Technical Report}, note={owls}}\n```\n", true},
		{"README.md", "## Notice\n\nThis moved.\n\n# Falco-E\n\nWe trained it on owls.\n", false},
		{"README.md", "## Falco-E: A Model\n\nWe trained it on owls.\n\n## News\n", false},
		{"README.md", "## Falco-E\n\nWe trained it on owls.\n\n## News\n\nOf owls.", true}, // the first of several parts
		{"Falco-E/README.md", "# How to train\n\nWe trained it on owls.\n", false},
		{"Falco-AR/README.md", "# How to train\n\nWe trained it on owls.\n", true},
		{"docs/falco_training.md", "# How to train\n\nWe trained it on owls.\n", true},
	} {
		d := &audit.Document{Kind: audit.DocReadme, Path: c.path, Body: []byte(c.text)}
		if view := sp.ViewOf(d, false).Body; strings.Contains(string(view), "owls") != c.kept {
			t.Errorf("%s, %q: kept %v", c.path, c.text, !c.kept)
		}
	}
	for file, want := range map[string]bool{
		"Falco-E/train.py": true, "falco_e/train.py": true, "Falco-AR/train.py": false,
		"recipes/pelikan-7b/sft.yaml": true,
		"training/train.py":           false, "falco/train.py": false, "models/falco_trainer.py": false,
	} {
		if got := sp.ForeignPath(file); got != want {
			t.Errorf("%s is another's: %v", file, got)
		}
	}
}

// TestBasesPage: the page of the base's repository may be titled otherwise than the base, but not after another
// version of it.
func TestBasesPage(t *testing.T) {
	sp := NewSpeaker(audit.Subject{ID: "lab/Owlet", Name: "Owlet", Base: "acme/Falco-2-7B"}, nil)
	for text, kept := range map[string]bool{
		"# Pelikan-7B\n\nWe trained it on owls.\n": true,
		"# Falco 1\n\nWe trained it on owls.\n":    false,
	} {
		d := &audit.Document{Kind: audit.DocReadme, Role: audit.RoleBase, Path: "README.md", Body: []byte(text)}
		if view := sp.ViewOf(d, false).Body; strings.Contains(string(view), "owls") != kept {
			t.Errorf("%q: kept %v", text, !kept)
		}
	}
}

// TestForeignKeepsBounds: what is taken off lies within the page.
func TestForeignKeepsBounds(t *testing.T) {
	sp := NewSpeaker(audit.Subject{ID: "acme/Falco-2-13B"}, nil)
	body := []byte("# F\n\n| | 7B | 13B\n|--|\n| a || b |\n|||\n\nFalco-1; Falco-2-7B, which; 鸢-7B 与")
	c := page.Parse(body)
	for _, tag := range sp.Of(&audit.Document{Kind: audit.DocReadme}, c).Foreign(c) {
		if !tag.Within(len(body)) {
			t.Errorf("%v of %d bytes", tag, len(body))
		}
	}
}

// TestRoundedSize: a count of parameters alone in a cell is the model's whose size it rounds to.
func TestRoundedSize(t *testing.T) {
	sp := NewSpeaker(audit.Subject{ID: "acme/Falco-7B"}, nil)
	for mark, want := range map[string]audit.About{
		"7B": audit.AboutOwn, "7.24B": audit.AboutOwn, "6.7B": audit.AboutOwn, "13B": audit.AboutSibling,
		"8B": audit.AboutSibling, "1.1B": audit.AboutSibling,
	} {
		if got := sp.bareMark(mark); got != want {
			t.Errorf("%s: %q, want %q", mark, got, want)
		}
	}
}
