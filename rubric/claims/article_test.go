package claims

import (
	"strings"
	"testing"

	"openness/rubric"
)

// articles are short texts in three languages with the claims that a reader
// marked, each with its verdict; what is not marked claims nothing.
var articles = map[string]struct {
	text string
	want []string
}{
	"en": {`Open, or merely cheap?

Acme surprised everyone this week. Its new model Quokka-7B is open source. The
weights are public, and so is its training data. It was presented in Berlin.

Rival takes another path. Wombat-7B is not open source. It is gated. Will its
data be published? Rival says that Wombat-7B is open source. Dr. Smith of the
university (cf. No. 3) is not convinced, e.g. because of the licence.

Numbat-3B may be used commercially! Its training data is public.
`, []string{
		"supported: Its new model Quokka-7B is open source.",
		"supported: The\nweights are public, and so is its training data.",
		"supported: Wombat-7B is not open source.",
		"supported: It is gated.",
		"not_checkable: Will its\ndata be published?",
		"refuted: Rival says that Wombat-7B is open source.",
		"supported: Numbat-3B may be used commercially!",
		"refuted: Its training data is public.",
	}},
	"de": {`Acme hat Quokka-7B vorgestellt. Das Modell ist quelloffen. Seine Trainingsdaten sind öffentlich, z. B. auf der eigenen Seite.

- Wombat-7B ist nicht quelloffen.
- Dingo-2B darf kommerziell genutzt werden.

Numbat-3B steht unter der MIT-Lizenz. Kritiker bezweifeln, dass Bilby quelloffen ist.`, []string{
		"supported: Das Modell ist quelloffen.",
		"partly: Seine Trainingsdaten sind öffentlich, z. B. auf der eigenen Seite.",
		"supported: - Wombat-7B ist nicht quelloffen.",
		"refuted: - Dingo-2B darf kommerziell genutzt werden.",
		"supported: Numbat-3B steht unter der MIT-Lizenz.",
		"not_checkable: Kritiker bezweifeln, dass Bilby quelloffen ist.",
	}},
	"zh": {`Acme发布了新模型Quokka-7B。它是开源的，训练数据也已公开。Wombat-7B的训练数据没有公开。据Rival称，Wombat-7B是开源模型。
Numbat-3B可商用吗？Dingo-2B不可商用。`, []string{
		"supported: 它是开源的，训练数据也已公开。",
		"supported: Wombat-7B的训练数据没有公开。",
		"refuted: 据Rival称，Wombat-7B是开源模型。",
		"not_checkable: Numbat-3B可商用吗？",
		"supported: Dingo-2B不可商用。",
	}},
}

// TestArticle: every marked claim of a text is found at its place, with its
// verdict, and nothing else.
func TestArticle(t *testing.T) {
	for language, a := range articles {
		var got []string
		for _, c := range checker.Article(a.text, namesIn(a.text)) {
			if a.text[*c.Start:*c.End] != c.Claim {
				t.Errorf("%s: bytes %d to %d are %q, not %q", language, *c.Start, *c.End, a.text[*c.Start:*c.End],
					c.Claim)
			}
			for _, p := range c.Parts {
				if c.Claim[p.Start:p.End] != p.Text {
					t.Errorf("%s: bytes %d to %d of %q are not %q", language, p.Start, p.End, c.Claim, p.Text)
				}
			}
			got = append(got, string(c.Verdict)+": "+c.Claim)
		}
		if g, w := strings.Join(got, "\n"), strings.Join(a.want, "\n"); g != w {
			t.Errorf("%s: got\n%s\nwant\n%s", language, g, w)
		}
	}
}

// TestItMeansTheModelBefore: "it" is the one model that the sentence before
// named; after two, nobody can tell.
func TestItMeansTheModelBefore(t *testing.T) {
	text := "Quokka-7B beats Wombat-7B. It is open source."
	list := checker.Article(text, namesIn(text))
	if len(list) != 1 || list[0].Verdict != rubric.Unverifiable || list[0].Parts[0].Model != nil {
		t.Errorf("after two models: %d claims, %+v", len(list), list)
	}
}

// TestSmallNames: a full stop before the name of a model ends a sentence though
// the name begins with a small letter; before another small letter it does not.
func TestSmallNames(t *testing.T) {
	text := "Quokka-7B may be used commercially. numbat-3b-it is under the MIT licence, cf. numbat-3b-it. its data is not."
	var names []Name
	for name, id := range map[string]string{"Quokka-7B": "acme/Quokka-7B", "numbat-3b-it": "fenn/Numbat-3B"} {
		for at := 0; ; {
			i := strings.Index(text[at:], name)
			if i < 0 {
				break
			}
			names = append(names, Name{Start: at + i, End: at + i + len(name), ID: id})
			at += i + len(name)
		}
	}
	var got []string
	for _, s := range Sentences(text, names) {
		got = append(got, text[s.Start:s.End])
	}
	if len(got) != 2 || got[0] != "Quokka-7B may be used commercially." {
		t.Errorf("%d sentences: %q", len(got), got)
	}
	for _, c := range checker.Article(text, names)[:1] {
		if c.Verdict != rubric.Supported {
			t.Errorf("%q: %s, want supported", c.Claim, c.Verdict)
		}
	}
}

// TestWhatWasNotUnderstood: a sentence that speaks of a known model's openness and
// was not understood is listed, by its name or as "it"; what speaks of other things is not.
func TestWhatWasNotUnderstood(t *testing.T) {
	text := "Numbat-3B was shown in Utrecht. Its licence blorbs certain uses. Quokka-7B is open source. Wombat-7B " +
		"was praised for its wit. The weights of Wombat-7B blorb. Die Lizenz verlangt Blorbes von Firmen."
	list, unread := checker.Passages(text, namesIn(text))
	if len(list) != 1 || list[0].Verdict != rubric.Supported {
		t.Errorf("claims: %+v", list)
	}
	var got []string
	for _, c := range unread {
		got = append(got, *c.Model+": "+text[*c.Start:*c.End])
	}
	want := []string{"fenn/Numbat-3B: Its licence blorbs certain uses.",
		"rival/Wombat-7B: The weights of Wombat-7B blorb.", "rival/Wombat-7B: Die Lizenz verlangt Blorbes von Firmen."}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
