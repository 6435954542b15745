package kin

import (
	"fmt"
	"strings"
	"testing"

	"openness/audit"
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
