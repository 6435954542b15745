package observe

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestQuoteOfASiblingThatIsTheBase: what a page says of siblings is taken off for the
// themes; the base is one, and its row is quoted all the same.
func TestQuoteOfASiblingThatIsTheBase(t *testing.T) {
	text := "# Falco\n\nFalco sings.\n\n| | Chat | Base |\n|---|---|---|\n| 7B | [hub](https://huggingface.co/acme/Falco-7B-Chat) | [hub](https://huggingface.co/acme/Falco-7B) |\n" +
		"\n- [Falco-7B](https://huggingface.co/acme/Falco-7B) was released as well.\n"
	docs := []audit.Document{barePage(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B-Chat", text)}
	for _, o := range All(model("acme/Falco-7B-Chat", ""), docs) {
		if o.Fact == "weights.base.published" && o.Finding == audit.Present {
			if !strings.Contains(o.Quote, "acme/Falco-7B") {
				t.Errorf("quoted by %q", o.Quote)
			}
			return
		}
	}
	t.Error("no base is found")
}
