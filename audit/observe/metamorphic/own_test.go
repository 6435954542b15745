package metamorphic

import (
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/observe"
)

// ownSentences are on the model of the page, which they name: NAME stands for
// it. Each must be read in the value that it gives.
var ownSentences = []struct{ fact, value, text string }{
	{"docs.hardware", "detailed", "NAME was trained on 384 A100 GPUs for three weeks."},
	{"code.training.denied", "true", "The training code of NAME is not released."},
	{"data.pretraining.disclosure", "listed", "NAME was pre-trained on the RefinedWeb dataset."},
}

// atLeastRead is of how many cards an added sentence on the model itself is
// read, by fact, as it was measured. A reading that no foreign sentence can turn
// is worth nothing if it is deaf to the model's own, and a change that reached no
// reader would turn nothing either. Each number is to rise, but not to all: the
// data of a pre-training is not that of a model that was tuned from another's. One
// card ends with a question in bold about other models, below which the sentence
// on hardware then stands: it was read (48 cards) while bold lines below another
// were no headings.
var atLeastRead = map[string]int{
	"docs.hardware":               47,
	"code.training.denied":        51,
	"data.pretraining.disclosure": 46,
}

// TestOwnSentenceIsRead: the same kind of sentence on the model of the page
// itself is read.
func TestOwnSentenceIsRead(t *testing.T) {
	if testing.Short() {
		t.Skip("reading hundreds of changed pages takes seconds: left out of the short run")
	}
	subjects := gatherAll(t, chosen(t))
	for _, s := range ownSentences {
		read := make([]bool, len(subjects))
		each(len(subjects), func(i int) {
			c := &subjects[i]
			if strings.HasPrefix(c.target, "github:") {
				return // a repository holds many models
			}
			_, name, _ := strings.Cut(c.target, "/")
			added := strings.ReplaceAll(s.text, "NAME", name)
			text, _ := withText(c.text(), func(page string) (string, bool) { return atEnd(page, added), true })
			read[i] = quoted(observe.All(c.subject, c.with(text)), s.fact, s.value, added)
		})
		n := 0
		for _, ok := range read {
			if ok {
				n++
			}
		}
		t.Logf("%-28s is read from %q in %d cards, at least %d", s.fact, s.text, n, atLeastRead[s.fact])
		if n < atLeastRead[s.fact] {
			t.Errorf("%s is read from %q in %d cards only", s.fact, s.text, n)
		}
	}
}

// quoted reports whether a value was observed in a passage with these words.
func quoted(observed []audit.Observation, fact, value, words string) bool {
	for _, o := range observed {
		if o.Fact == fact && o.Value == value && strings.Contains(o.Quote, strings.TrimSuffix(words, ".")) {
			return true
		}
	}
	return false
}
