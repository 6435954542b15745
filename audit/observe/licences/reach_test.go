package licences

import (
	"testing"

	"openness/audit"
)

// readCard is how open the weights of a card come out, by its front matter and what it says.
func readCard(t *testing.T, tag, text string) string {
	t.Helper()
	const own = "acme/falco-7b-chat"
	in := newInput(model(own, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, own,
		"---\n"+tag+"\n---\n# Falco-7B-Chat\n\n"+text)})
	return values(Read(in), "license.weights.openness")
}

// TestLimitReaches: a limit on the model is not lost to what stands beside it in the sentence.
func TestLimitReaches(t *testing.T) {
	for _, text := range []string{
		"CC BY-NC 4.0 applies; the weights and the tokenizer are covered by it; Apache 2.0 applies to the code.",
		"Licenses: CC BY-NC 4.0; model weights, Apache 2.0; code.",
		"CC BY-NC 4.0; weights and tokenizer; MIT: code",
		"We chose CC BY-NC 4.0; the checkpoints must be shared under it, whereas scripts are under Apache 2.0.",
		"We chose CC BY-NC 4.0; we release the weights under it, and the scripts under Apache 2.0.",
		"Note: under CC BY-NC 4.0; this model must not be confused with the Apache 2.0 one.",
		"We use two licences: CC BY-NC 4.0; this is the one for the weights; and MIT for the code.",
		"The first release, V4, had a licence for research use only.",
		"The last version, which this page hosts, was licensed for non-commercial use only.",
		"The first version, available below, was released for non-commercial use only.",
		"The beta, offered here, was licensed for evaluation purposes only.",
		"请勿将模型用于违反法律法规的用途,以及任何商业用途。",
		"请勿将本模型用于违反国家法律法规的用途和商业用途。",
		"禁止将模型用于任何违反法律法规的场景或商业场景。",
		"商用・非商用を問わず、個人での研究目的の利用のみ可能です。",
		"商用・非商用を問わず、研究機関に所属する方のみ利用できます。",
		"The generator of images on this page is for research use only.",
		"Our docker images on this page must not be used commercially.",
		"The original Rook, by Kite, had a non-commercial licence, and so do the weights on this page.",
		"禁止将本模型用于违反法律法规的用途或商业用途，违者必究。",
		"License: terms of their own apply to the weights: non-commercial use only.",
		"The disk images in this card must not be used commercially.",
	} {
		if got := readCard(t, "license: apache-2.0", "## License\n\n"+text+"\n"); got == "open" {
			t.Errorf("%s: open", text)
		}
	}
}

// TestLimitOfOther: what others limit, and what is said of offers beside the model, is no limit on the model.
func TestLimitOfOther(t *testing.T) {
	for _, text := range []string{
		"The decoder included in the benchmark suite is Rook-D, which is for research use only.",
		"The table contains scores of Kite-Encoder. Kite-Encoder is for research use only.",
		"Kite and Rook are under a licence of their own, which forbids commercial use. Ours is Apache 2.0.",
		"The encoders of others have a licence of their own and must not be used commercially without it.",
		"The chat app is not available to users in China.",
		"It runs in any editor that reads GGUF; otherwise get the Kite license.",
		"A Kite subscription is needed for Kite; otherwise you must buy a licence of Kite. Our model is Apache 2.0.",
		"You may host it anywhere, without a license to host it.",
		"Anybody may sell it, even those without permission to sell our other products.",
		"If your team is bigger than five, contact us for a workshop on fine-tuning.",
		"If you are larger, write to us: we like to hear from big users.",
	} {
		if got := readCard(t, "license: apache-2.0", text+"\n"); got != "open" {
			t.Errorf("%s: %s", text, got)
		}
	}
	for _, text := range []string{ // others that may leave it open, and limit nothing
		"Our web chat is not offered to people in the EU.", "The prize is not open to residents of the EU.",
		"You need High-RAM, otherwise get a Colab subscription.",
		"Without a license to redistribute the book texts, we release only the weights, under Apache 2.0.",
	} {
		if got := readCard(t, "license: apache-2.0", text+"\n"); got != "open" && got != string(audit.Unreadable) {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// TestLettersThatGrow: letters that are of another length in small print, and broken bytes, shift no place.
func TestLettersThatGrow(t *testing.T) {
	for _, text := range []string{
		"İstanbul ekibinin modeli; weights: CC BY-NC 4.0", "The weights are from İTÜ (CC BY-NC 4.0",
		"İİİİİİİİİİİİİİİİİİİİİİİİİİİİİİ weights: CC BY-NC 4.0", "ȺȺȺȺȺȺ weights: CC BY-NC 4.0;",
		"\xff\xff\xff\xff\xff weights: CC BY-NC 4.0; MIT;",
		"İİİİİİİİİİ weights: CC BY-NC 4.0; we release only the weights, under MIT",
	} {
		readCard(t, "license: apache-2.0", text+"\n")
	}
}
