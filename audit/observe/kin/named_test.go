package kin

import (
	"fmt"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/observe/document"
)

// TestNamedBases: however many names a page says that its model was made from, few are taken, and none that it calls
// data; what one page calls data can be another's base.
func TestNamedBases(t *testing.T) {
	const id = "acme/Falco-7B"
	page := func(kind audit.DocKind, text string) audit.Document {
		return pageOf(kind, audit.RoleEnd, id, "# Falco\n\nIt has layers.\n\n"+text+"\n")
	}
	numbered := func(format string) string {
		var b strings.Builder
		for i := range 90 {
			b.WriteString(strings.ReplaceAll(format, "%d", fmt.Sprint(i+2)))
		}
		return b.String()
	}
	const made = "This model was made from Owl-13B. "
	for _, c := range []struct {
		name string
		docs []audit.Document
		want int
	}{
		{"many", []audit.Document{page(audit.DocModelCard, numbered("This model was made from Owl-%d-13B. "))}, maxBases},
		{"one, twice", []audit.Document{page(audit.DocModelCard, made+made)}, 1},
		{"many data sets", []audit.Document{page(audit.DocModelCard,
			numbered("This model was made from Owl-%d-13B. It sings the **Owl-%d-13B** dataset. "))}, 0},
		{"linked data", []audit.Document{page(audit.DocModelCard,
			made+"It sings ([OWL-13B](https://huggingface.co/datasets/acme/owl)).")}, 0},
		{"another name of data", []audit.Document{page(audit.DocModelCard, made+"It sings the MyOwl-13B dataset.")}, 1},
		{"data on another page", []audit.Document{page(audit.DocModelCard, made+"It sings the Owl-13B corpus."),
			page(audit.DocReadme, made)}, 1},
	} {
		if got := newInput(model(id, ""), c.docs).NamedBases(); len(got) != c.want {
			t.Errorf("%s: %d bases, want %d", c.name, len(got), c.want)
		}
	}
}

// TestServedIntro: the first sentences of a page are its first as it was served, and cost no more where more follows.
func TestServedIntro(t *testing.T) {
	const id = "rival/Falco-7B-Whistle"
	read := func(text string) (*Pages, *audit.Document) {
		in := newInput(model(id, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id, text)})
		return in, &in.Docs[0]
	}
	const head = "# Whistle\n**Condor 7b** fine-tuned on songs. It whistles.\n\nOwls hear it. Gulls do not.\n\nIt is new.\n\n"
	allocs := func(more int) float64 {
		in, d := read(head + strings.Repeat("More is told of it here. It goes on.\n\n", more))
		if got := in.servedIntro(d); len(got) != document.IntroSentences ||
			string(got[0].Raw()) != "**Condor 7b** fine-tuned on songs." || string(got[3].Raw()) != "Gulls do not." {
			t.Errorf("with %d paragraphs more: %v", more, got)
		}
		return testing.AllocsPerRun(5, func() { in.servedIntro(d) })
	}
	if few, many := allocs(5), allocs(2000); many > 2*few {
		t.Errorf("%v allocations for a long page, %v for a short one", many, few)
	}
}

// TestOwnFamilyIsNoBase: of a model that goes on from its family's name, the family is a base unless the page shows that
// its makers made that too.
func TestOwnFamilyIsNoBase(t *testing.T) {
	const tuned = "SingFalco model fine-tuned for whistling on our own recordings."
	for page, want := range map[string]int{
		tuned: 1,
		"SingFalco was first released in [this repository](https://github.com/acme/SingFalco).\n\n" + tuned:  0,
		"SingFalco was first released in [this repository](https://github.com/rival/SingFalco).\n\n" + tuned: 1,
		"We present SingFalco, a family of models.\n\n" + tuned:                                              0,
	} {
		in := newInput(model("acme/singfalco_whistle", ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd,
			"acme/singfalco_whistle", "# Falco (whistling)\n\n"+page+"\n")})
		if got := in.NamedBases(); len(got) != want {
			t.Errorf("%s: %v, want %d", page, got, want)
		}
	}
}

// TestMadeFromItIsNoBase: a model of the same makers whose name goes on from the page's own was made from that.
func TestMadeFromItIsNoBase(t *testing.T) {
	const hub = "https://huggingface.co/"
	for linked, want := range map[string]int{"acme/Falco-whistle": 0, "rival/Falco-whistle": 1, "acme/Owl-whistle": 1} {
		in := newInput(model("acme/Falco", ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco",
			"# Falco\n\nIt sings.\n\nWe have published a version of this model fine-tuned from ["+linked+"]("+hub+linked+").\n")})
		if got := in.NamedBases(); len(got) != want {
			t.Errorf("%s: %v, want %d", linked, got, want)
		}
	}
}

// TestNameGoesOn: who introduces a model, or names it, whose name goes on from that of what it was made from made the
// latter no more than before. The name's end may be a size in words.
func TestNameGoesOn(t *testing.T) {
	for _, c := range []struct {
		id, page string
		want     int
	}{
		{"jay/Wagtail-7B-songs", "We introduce Wagtail-7B-songs, tuned for songs from Wagtail-7B.", 1},
		{"jay/Wagtail-7B-songs", "We present Wagtail-7B-songs, a model that was fine-tuned from Wagtail-7B.", 1},
		{"jay/Wagtail-7B-songs", "We release Wagtail-7B-songs. It is based on Wagtail-7B.", 1},
		{"jay/Wagtail-7B-songs", "We introduce Wagtail-7B. The singing model is fine-tuned from Wagtail-7B.", 0},
		{"jay/Wagtail-2-mini", "Wagtail-2-mini was distilled from Wagtail-2.", 1},
		{"jay/Wagtail-2-mini", "Wagtail-2 is fine-tuned from Wagtail-2 on songs.", 0},
		{"wagtail/Wagtail-2-mini", "Wagtail-2-mini was distilled from Wagtail-2.", 0},
	} {
		in := newInput(model(c.id, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, c.id,
			"# Songs\n\n"+c.page+"\n")})
		if got := in.NamedBases(); len(got) != c.want {
			t.Errorf("%s: %s: %v, want %d", c.id, c.page, got, c.want)
		}
	}
}

// TestLabelledBase: a label of bases tells of the page's model, although the name behind it is another's.
func TestLabelledBase(t *testing.T) {
	const id, start = "acme/songcoder-7b", "# Song\n\nIt sings. It hums. It rests. It is new. Owls hear it.\n\n- **License:** MIT\n"
	for line, want := range map[string]string{
		"- **Finetuned from model:** [Condor-2-7b]": "Condor-2-7b",
		"**Backbone Model** rival/condor-2-7b":      "condor-2-7b",
		"- **Developed for:** [Condor-2-7b]":        "",
	} {
		in := newInput(model(id, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id, start+line+"\n")})
		in.Look()
		got := ""
		for _, n := range in.NamedBases() {
			got += n.Name
		}
		if got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}
