package observe

import (
	"testing"

	"openness/audit"
)

// TestPaperQuoted: of several passages that lead to a paper the first is the one by
// which a reader knows whose it is.
func TestPaperQuoted(t *testing.T) {
	in := newInput(audit.Subject{ID: "acme/Falco-2-7B-Chat", Name: "Falco-2-7B-Chat"}, nil)
	best := []string{ // each convinces more than the next
		"@article{a, title={Falco 2: A Small Model}, journal={arXiv preprint arXiv:2401.00001}}",
		"See the [Falco 2 report](https://arxiv.org/abs/2401.00001).",
		"[Learning to Speak with Few Words at Hand](https://arxiv.org/abs/2401.00001)",
		"For details see our [paper](https://arxiv.org/abs/2401.00001) and website.",
		"[![arXiv](https://img.example/badge.svg)](https://arxiv.org/abs/2401.00001)",
	}
	worth := func(quote string) int {
		return in.showsPaper(&audit.Observation{Fact: "paper.preprint", Quote: quote, Finding: audit.Present}, quote)
	}
	for i, q := range best[1:] {
		if worth(best[i]) <= worth(q) {
			t.Errorf("%q (%d) is worth no more than %q (%d)", best[i], worth(best[i]), q, worth(q))
		}
	}
	if first := worth("[Falco: A Small Model for Birds](https://arxiv.org/abs/2301.00001)"); first >= worth(best[0]) {
		t.Errorf("the paper of the line is worth %d, that of this generation %d", first, worth(best[0]))
	}
}

// TestGateBesideFiles: the hub's list of files is quoted together with the gate, and
// where the two stand far apart with the model and its gate.
func TestGateBesideFiles(t *testing.T) {
	const end = "acme/Falco-7B-Chat"
	long := make([]byte, 3000)
	for i := range long {
		long[i] = 'x'
	}
	answer := pageOf(audit.DocModelAPI, audit.RoleEnd, end, `{"id":"acme/Falco-7B-Chat","private":false,"gated":false,`+
		`"config":{"chat_template":"`+string(long)+`"},"siblings":[{"rfilename":"model.safetensors"}]}`)
	const want = `"id":"acme/Falco-7B-Chat","private":false,"gated":false`
	for _, o := range All(model(end, ""), []audit.Document{answer}) {
		if o.Fact == "weights.end.published" && o.Quote != want {
			t.Errorf("quoted %q, want %q", o.Quote, want)
		}
	}
}
