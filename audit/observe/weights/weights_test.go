package weights

import (
	"strings"
	"testing"

	"openness/audit"
)

func TestOfferIsThePlainest(t *testing.T) {
	const id = "acme/Falco-7B"
	for _, c := range []struct{ text, want string }{
		{"See https://huggingface.co/acme/Falco-7B for formats.\n\nDownload: https://huggingface.co/acme/Falco-7B\n",
			"Download: https://huggingface.co/acme/Falco-7B"},
		{"We asked acme/Falco-7B for help.\n\nThe page is https://huggingface.co/acme/Falco-7B\n",
			"The page is https://huggingface.co/acme/Falco-7B"},
		{"t = AutoTokenizer.from_pretrained(\"acme/Falco-7B\")\nm = AutoModel.from_pretrained(\"acme/Falco-7B\")\n",
			"m = AutoModel.from_pretrained(\"acme/Falco-7B\")"},
		{"m = AutoModel.from_pretrained(\n    \"acme/Falco-7B\",\n)\n",
			"m = AutoModel.from_pretrained(\n    \"acme/Falco-7B\",\n)"},
	} {
		in := newInput(model(id, ""), []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", c.text)})
		got := in.namedWeights(in.OwnPages(), EndSlot, id)
		if len(got) == 0 || got[0].Quote != c.want {
			t.Errorf("quoted %v, want %q", got, c.want)
		}
	}
}

func TestReleaseNamesMostClosely(t *testing.T) {
	d := pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
		"Our Falco models are released.\n\nOur model Falco-7B-Instruct is released here: the weights are available.\n")
	in := newInput(model("acme/Falco-7B-Instruct", ""), []audit.Document{d})
	span, parts := in.releaseSentence(&in.Docs[0], "acme/Falco-7B-Instruct", "falco")
	if got := string(d.Body[span.Start:span.End]); parts != 3 || !strings.Contains(got, "Falco-7B-Instruct") {
		t.Errorf("the statement is %q with %d parts of the name, want the one that names all 3", got, parts)
	}
}

// TestGateOfOthers: what stands before the download of one maker stands not before that of another's copy,
// unless the page names the copy.
func TestGateOfOthers(t *testing.T) {
	const asks = "# Falco\nVisit our site. Once your request is approved, you will receive a signed URL.\n"
	for id, c := range map[string]struct {
		text string
		want bool
	}{
		"acme/Falco-7B":  {asks, true},
		"rival/Falco-7B": {asks, false},
		"bird/Falco-7B":  {asks + "https://huggingface.co/bird/Falco-7B\n", true},
	} {
		in := newInput(model(id, ""), []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", c.text),
			pageOf(audit.DocModelCard, audit.RoleEnd, id, "# Falco\n")})
		got := in.gateInProse(in.Of(audit.DocReadme), EndSlot, nil)
		if (len(got) > 0) != c.want {
			t.Errorf("%s: %v", id, got)
		}
	}
}

// TestNoRelease: a line on another model in a library, or on a tokenizer, releases no weights of the page's model.
func TestNoRelease(t *testing.T) {
	for text, want := range map[string]bool{
		"The Condor-like models are now available in Transformers.":                 false,
		"The SentencePiece model is released along with Falco-7B.":                  false,
		"Our models are now available.":                                             true,
		"Users do not need to register: the weights of Falco-7B are released here.": true,
		"More information and the weights of Falco-7B are available on this page.":  true,
		"You must not: release, share or publish the weights.":                      false,
	} {
		in := newInput(model("acme/Falco-7B", ""), []audit.Document{
			barePage(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", "# Falco\n\nIt sings.\n\n"+text+"\n")})
		if _, parts := in.releaseSentence(&in.Docs[0], "acme/Falco-7B", ""); (parts >= 0) != want {
			t.Errorf("%q: %d parts of the name, want a release: %v", text, parts, want)
		}
	}
}
