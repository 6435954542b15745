package claims

import (
	"strings"
	"testing"

	"openness/rubric"
)

// supportedSentences are the labelled sentences that are supported.
func supportedSentences(t *testing.T, language string) []string {
	var list []string
	for _, file := range []string{"sentences", "harder", "third"} {
		for _, l := range readLabelled(t, "testdata/"+file+".tsv") {
			c := checker.Check(l.sentence, namesIn(l.sentence), "")
			if l.want == rubric.Supported && l.language == language && c.Verdict == rubric.Supported {
				list = append(list, l.sentence)
			}
		}
	}
	if len(list) < 10 {
		t.Fatalf("%d supported sentences in %s", len(list), language)
	}
	return list
}

// TestAnUnknownWordIsNotSupported: a word that the book does not hold keeps a
// sentence from being supported, wherever it stands.
func TestAnUnknownWordIsNotSupported(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of sentences in one goroutine: left out of the short run, which looks for races")
	}
	tried := 0
	for _, language := range []string{"en", "de", "fr", "es"} {
		for n, s := range supportedSentences(t, language) {
			if strings.HasPrefix(s, "Contrary to what") { // what somebody says there may be anything
				continue
			}
			words := strings.Split(s, " ")
			for at := n % 2; at <= len(words); at += 2 {
				changed := strings.Join(words[:at], " ") + " blorby " + strings.Join(words[at:], " ")
				tried++
				if c := checker.Check(changed, namesIn(changed), ""); c.Verdict == rubric.Supported {
					t.Errorf("%q is supported: %s", changed, explain(c))
				}
			}
		}
	}
	t.Logf("%d sentences", tried)
}

// TestWhatIsNotAssertedIsNotSupported: a supported sentence is no longer
// supported when it is doubted, denied, asked, promised, hedged or put in
// somebody's mouth.
func TestWhatIsNotAssertedIsNotSupported(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of sentences in one goroutine: left out of the short run, which looks for races")
	}
	around := map[string][][2]string{
		"en": {{"Critics doubt that ", ""}, {"It is not true that ", ""}, {"It is a myth that ", ""},
			{"Is it true that ", "?"}, {"", "?"}, {"If ", ", that is good"}, {"A spokesperson said that ", ""},
			{"According to a blog, ", ""}, {"Allegedly, ", ""}, {"Perhaps ", ""}, {"It is unclear whether ", ""},
			{"We hope that ", ""}, {"In the future, ", ""}, {"People believe that ", ""},
			{"", ", or so they say"}, {"It would be nice if ", ""}, {"Supposedly ", ""}, {"", ", allegedly"},
			{"Once upon a time, ", ""}, {"Nobody thinks that ", ""}, {"They pretend that ", ""},
			{"Imagine that ", ""}, {"", ", according to a rumour"}, {"The claim that ", " is false"},
			{"I dreamt that ", ""}, {"Only in name: ", ""}, {"", " and cures cancer"}, {"", " but only in part"}},
		"de": {{"Kritiker bezweifeln, dass ", ""}, {"Es stimmt nicht, dass ", ""}, {"Ist es wahr, dass ", "?"},
			{"Angeblich: ", ""}, {"Laut einem Bericht: ", ""}, {"Es ist unklar, ob ", ""}, {"", ", heißt es angeblich"},
			{"", ", behauptet der Hersteller"}},
		"fr": {{"Des critiques doutent que ", ""}, {"Il est faux que ", ""}, {"Est-ce que ", " ?"},
			{"Selon un blog, ", ""}, {"", ", paraît-il"}, {"Peut-être ", ""}, {"On dit que ", ""}},
		"es": {{"Muchos dudan que ", ""}, {"No es cierto que ", ""}, {"¿Es cierto que ", "?"}, {"Según un blog, ", ""},
			{"Supuestamente, ", ""}, {"Dicen que ", ""}},
		"zh": {{"有人怀疑", ""}, {"据说", ""}, {"", "吗？"}, {"如果", ""}, {"有人声称", ""}, {"说", "是谎言"}, {"也许", ""}},
	}
	for language, frames := range around {
		for n, s := range supportedSentences(t, language) {
			body := strings.TrimRight(s, ".。")
			for at, f := range frames {
				if (at+n)%3 != 0 { // each frame around every third sentence
					continue
				}
				changed := f[0] + body + f[1]
				if c := checker.Check(changed, namesIn(changed), ""); c.Verdict == rubric.Supported {
					t.Errorf("%q is supported: %s", changed, explain(c))
				}
			}
		}
	}
}
