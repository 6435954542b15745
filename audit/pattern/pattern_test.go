package pattern

import (
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// expressions are of the kinds that observers use, and some that no word helps.
var expressions = []string{
	`(?i)\b(pre-?trained|trained|fine-?tuned) (on|with)\b.{0,40}\bdata`,
	`(?i)pip3? install (?:-U |--upgrade )*["']?([a-z][\w.-]+)`,
	`(?m)^#+ .*[Ll]icen[cs]e$`,
	`\b(?:eight|four|2|16) ?x? ?(a100|h100)s?\b`,
	`(?i)weights\s+(?:are|is)\s+not\s+(released|public)`,
	`^A model`, `released\.$`, `\bk[gs]\b|task`, `(a|b)*c?`, `x*`, `[^\n]{3}`, `(?s)begin.*end`, `caf[eé]|(?i)ÉTÉ`,
	`mo(e|del)(s)?`, `(?i)(mask|kiss)`,
	`(?:model|weights?|checkpoints?){2}`, `data(?:set)?s?$`, `[ab][cd][ef]`, "line\nfeed", `\Amodel`, `abc|bcd|cde`,
	`(?i)\x{fffd}ab`, `\b`, `\B`, `^`, `$`, `(?m)$`, `\bdata\b`, `[^\n]{0,200}data.{3,130}on`, `(?i)\bthe\b|\Bof`,
	`a*b`, `\w+foo|(?m:^\s*x)`, `\pL+d`, `[\p{Han}]{2,6}[-_]\d`, `(?s:.{3,9}) d`, `()|a`, `\z`, `o\b.?\s`,
	`^(?:\b^)+data`, `(?:^|e )model`, `^\s*\|.*`, `(?i)^a`,
}

var samples = []string{
	"", "The model was trained on public data.",
	"A model\nwas Pre-Trained with 2T tokens of\ndata. Weights\nare not released.",
	"pip install falco\npip3 install -U 'falco-tools'\n\nPIP INSTALL Eagle", "# Licence\n## The LICENSE\ntext",
	"16x A100, eight h100s", "ta\u017fk and \u212ag", "MA\u017fK ki\u017fs",
	"begin\nand end", "caf\u00e9 \u00e9t\u00e9 \u00c9T\u00c9", "models moe model", "modelweights checkpointscheckpoint",
	"the dataset\nand datasets", "ace bdf ad", "line\nfeed", "\xff\xfeab model", "xabcde abde",
	"aab xfoo\n x", "模型-7B 模_1", "\xe6\xa8 data\xff", "a\nb\r\n\n", "dataset the data, theof data on and on",
}

// TestSame: whatever is asked, the answer is that of regexp.
func TestSame(t *testing.T) {
	for _, expr := range expressions {
		for _, text := range samples {
			checkSame(t, expr, text)
		}
		checkSame(t, expr, strings.Join(samples, "\n"))
	}
}

func checkSame(t *testing.T, expr, text string) {
	t.Helper()
	slow, fast := regexp.MustCompile(expr), MustCompile(expr)
	checkAnswers(t, expr, text, fast, slow)
	checkAnswers(t, expr, text, fast, slow) // some of which are remembered now
	fast = MustCompile(expr)
	fast.read.Store(coldBytes) // of this one its automaton is asked
	checkAnswers(t, expr, text, fast, slow)
}

func checkAnswers(t *testing.T, expr, text string, fast *Regexp, slow *regexp.Regexp) {
	t.Helper()
	b := []byte(text)
	check := func(method string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s of %q in %q = %v, want %v", method, expr, text, got, want)
		}
	}
	check("Match", fast.Match(b), slow.Match(b))
	check("MatchString", fast.MatchString(text), slow.MatchString(text))
	check("FindIndex", fast.FindIndex(b), slow.FindIndex(b))
	check("FindString", fast.FindString(text), slow.FindString(text))
	check("FindSubmatch", fast.FindSubmatch(b), slow.FindSubmatch(b))
	check("FindStringSubmatch", fast.FindStringSubmatch(text), slow.FindStringSubmatch(text))
	check("ReplaceAllString", fast.ReplaceAllString(text, "<$0>"), slow.ReplaceAllString(text, "<$0>"))
	check("ReplaceAllStringFunc", fast.ReplaceAllStringFunc(text, strings.ToUpper),
		slow.ReplaceAllStringFunc(text, strings.ToUpper))
	for _, n := range []int{-1, 0, 1, 2, 60} {
		check("FindAllSubmatch", fast.FindAllSubmatch(b, n), slow.FindAllSubmatch(b, n))
		check("FindAllIndex", fast.FindAllIndex(b, n), slow.FindAllIndex(b, n))
		check("FindAllSubmatchIndex", fast.FindAllSubmatchIndex(b, n), slow.FindAllSubmatchIndex(b, n))
		check("FindAllString", fast.FindAllString(text, n), slow.FindAllString(text, n))
		check("FindAllStringSubmatch", fast.FindAllStringSubmatch(text, n), slow.FindAllStringSubmatch(text, n))
	}
}

func TestNeeds(t *testing.T) {
	for _, c := range []struct {
		expr    string
		words   string
		oneLine bool
	}{
		{`(?i)Pip3? install`, "pip install, pip3 install", true},
		{`\b(train|tun)(ed|ing)\b`, "trained, training, tuned, tuning", true},
		{`weights\s+are`, "weights", false},
		{`.*licen[cs]e.{0,9}x`, "licence, license", true},
		{`a|bc`, "", false},
		{`(model)?`, "", false},
		{`(data){2,}`, "data", true},
		{`^model`, "", false},
		{`(?m)^model$`, "model", true},
	} {
		words, oneLine, _, _ := analyse(c.expr)
		if got := strings.Join(words, ", "); got != c.words || oneLine != c.oneLine {
			t.Errorf("%s needs %q, on one line %v; want %q, %v", c.expr, got, oneLine, c.words, c.oneLine)
		}
	}
}

// FuzzSame: any expression on any text, as above.
func FuzzSame(f *testing.F) {
	for i, expr := range expressions {
		f.Add(expr, samples[i%len(samples)])
	}
	f.Fuzz(func(t *testing.T, expr, text string) {
		if _, err := regexp.Compile(expr); err != nil || len(expr) > 200 || len(text) > 2000 {
			return
		}
		checkSame(t, expr, text)
	})
}

// TestAutomaton: most of what is asked needs no more than the automaton, it leaves out
// where nothing can match, and one that would grow without bound is let go.
func TestAutomaton(t *testing.T) {
	for _, c := range []struct{ expr, text, parts string }{
		{`(?i)weights .{0,40}out`, "Once more: the weights are not given.", ""},
		{`(?i)weights .{0,40}out`, "Now the weights are out.\nSo\nweights go out", "weights are out. weights go out"},
		{`\b(?:model|data)s?\b`, "the older datas\u00e9, remodels", "datas\u00e9"},
		{`\b(?:model|data)s?\b`, "the older database, remodels", ""},
		{`^\s*red`, " blue red", ""},
		{`red owl`, "a red dog and a red owl, a red owl", "red owl red owl"},
		{`red (?:\w+ )*owl$`, "red owl, red big owl", "red big owl"},
	} {
		r := MustCompile(c.expr)
		r.read.Store(coldBytes)
		var parts []string
		for p := range r.pieces([]byte(c.text)) {
			parts = append(parts, string(p.text[p.from:]))
		}
		if got := strings.Join(parts, " "); got != c.parts {
			t.Errorf("%s may match in %q, want %q", c.expr, got, c.parts)
		}
	}
	a := newAutomaton(`(?:a|b)*a` + strings.Repeat(`(?:a|b)`, 17) + `c`)
	r := rand.New(rand.NewPCG(1, 2))
	text := make([]byte, 1<<18)
	for i := range text {
		text[i] = "ab"[r.IntN(2)]
	}
	if _, _, found, behind := a.find(text, 0, a.begin); !found || behind != nil || a.cells > mostCells+len(a.sample) {
		t.Errorf("an automaton of %d cells: found %v, then %v", a.cells, found, behind)
	}
}
