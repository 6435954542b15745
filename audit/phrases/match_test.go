package phrases

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// parsed makes a book of wordings alone, each a phrase of its own.
func parsed(t testing.TB, says ...string) *Book {
	var list []*Phrase
	for i, say := range says {
		p, err := parsePattern(say, nil)
		if err != nil {
			t.Fatalf("%q: %v", say, err)
		}
		list = append(list, &Phrase{Fact: fmt.Sprintf("test.p%d", i), Say: say, pattern: p})
	}
	return newBook(list, func(p *Phrase, err error) { t.Fatalf("%q: %v", p.Say, err) })
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ say, text, found string }{
		{"coming soon", "Data: coming soon!", "coming soon"},
		{"coming soon", "**Coming** _soon_", "Coming** _soon"},
		{"coming soon", "The data is coming. Soon it rains.", ""},
		{"coming soon", "coming\nsoon", "coming\nsoon"},
		{"coming soon", "coming\n\nsoon", ""},
		{"coming soon", "# Coming\nsoon", ""},
		{"coming soon", "- coming\n- soon", ""},
		{"coming soon", "| coming | soon |", ""},
		{"coming soon", "coming<br>soon", ""},
		{"coming soon", "<b>coming</b> soon", "coming</b> soon"},
		{"coming soon", "[coming](https://example.org/a_b) soon", "coming](https://example.org/a_b) soon"},
		{"coming soon", "ＣＯＭＩＮＧ ｓｏｏｎ", "ＣＯＭＩＮＧ ｓｏｏｎ"},
		{"coming soon", "com\u00ading so\u200bon", "com\u00ading so\u200bon"},
		{"(a|b c) d", "x b c d", "b c d"},
		{"(a|b c) d", "x b d", ""},
		{"a b? c", "a c; a b c", "a c|a b c"},
		{"a (b c)? d", "a d. a b c d. a b d", "a d|a b c d"},
		{"a __2__ b", "a b, a x b, a x y b, a x y z b", "a b|a x b|a x y b"},
		{"a __2__ b", "a xx. b", ""},
		{"releas*", "We release releases; released, relax", "release|releases|released"},
		{"*daten", "Trainingsdaten und Daten, datenlos", "Trainingsdaten|Daten"},
		{"pre-training", "pretraining, pre-training; pre training; training", "pretraining|pre-training|pre training"},
		{"fine-tun*", "finetuned fine-tuning fine tune fine", "finetuned|fine-tuning|fine tune"},
		{"^ data", "Data is data. data", "Data|data"},
		{"data $", "data data. Data!", "data|Data"},
		{"can't", "can’t; can't; can&#39;t", "can’t|can't|can&#39;t"},
		{"model data", "the model's data", "model's data"},
		{"données", "les donnees, l'«Données»", "donnees|Données"},
		{"n'est pas", "ce n’est pas", "n’est pas"},
		{"即将开源", "代码即将开源。即将 开源", "即将开源|即将 开源"},
		{"数据__3__公开", "数据不公开，数据将会不公开", "数据不公开|数据将会不公开"},
		{"數據", "数据 and 數據", "数据|數據"},
		{"공개*", "데이터를 공개합니다", "공개합니다"},
		{"[ ] data", "- [ ] data\n- [x] data\n- [ ](data)", "[ ] data"},
		{", but", "out, but not; but no", "but"},
		{", (we|they)", "we, they", "they"},
		{"training code", "`training_code`", "training_code"},
		{"a b", "See et al. a b", "a b"},
		{"al shows", "Okafor et al. shows", "al. shows"},
		{"1.5 trillion", "1.5 trillion", "1.5 trillion"},
		{"see more", "see https://example.org/x.y/z?q=1 more", ""},
		{"see __1__ more", "see https://example.org/x.y/z?q=1 more", "see https://example.org/x.y/z?q=1 more"},
		{"the end", "the &nbsp; end", "the &nbsp; end"},
	} {
		var got []string
		for _, m := range parsed(t, c.say).FindString(c.text) {
			got = append(got, c.text[m.Start:m.End])
		}
		if s := strings.Join(got, "|"); s != c.found {
			t.Errorf("%q in %q: found %q, want %q", c.say, c.text, s, c.found)
		}
	}
}

func TestPatternFaults(t *testing.T) {
	for say, want := range map[string]string{
		"":                            "nothing at all",
		"(a":                          "not closed",
		"a)":                          "closes nothing",
		"a | ":                        "may be empty",
		"(a|b?)":                      "put ? after the parenthesis",
		"__3__":                       "nothing at all",
		"a __0__ b":                   "from 1 to 20",
		"a __99__ b":                  "from 1 to 20",
		"a __x b":                     "a gap is written",
		"{none}":                      `no group is named "none"`,
		"{none":                       "brace",
		"a*b":                         "no word",
		"*a*":                         "one end",
		"a*":                          "2 to 24 letters",
		"数*":                          "2 to 24 letters",
		"?":                           "no meaning here",
		"a ] b":                       "no meaning here",
		"...":                         "no word",
		"model's":                     "leave it out",
		"a, (b)? c":                   "a comma stands before a word",
		"a,":                          "a comma stands before a word",
		strings.Repeat("(", 20) + "a": "nested too deep",
		strings.Repeat("a ", 300):     "more than 256 words",
		strings.Repeat("a ", 2100):    "longer than",
	} {
		p, err := parsePattern(say, nil)
		if err == nil {
			_, _, err = (&compiler{ids: make(map[atomKey]int32)}).compile(p)
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: error %v, want %q", say, err, want)
		}
	}
}

// TestOf: a part of the book finds what the whole finds of its facts.
func TestOf(t *testing.T) {
	text := []byte("We plan to release the pre-training data. You can fine-tune it, but 数据不公开。")
	var want []string
	for _, m := range Default().Find(text) {
		if m.Phrase.Fact == "mode" {
			want = append(want, fmt.Sprint(m.Start, m.End, m.Phrase.Say))
		}
	}
	var got []string
	for _, m := range Default().Of("mode").Find(text) {
		got = append(got, fmt.Sprint(m.Start, m.End, m.Phrase.Say))
	}
	slices.Sort(want)
	slices.Sort(got)
	if len(got) == 0 || !slices.Equal(got, want) {
		t.Errorf("of mode: %q, of all: %q", got, want)
	}
	if first, again := Default().Of("mode"), Default().Of("mode"); first != again {
		t.Error("the part is compiled twice")
	}
}

// reference finds matches as the definition says and in no clever way: at every
// word of every sentence it tries all ways through the pattern.
func reference(b *Book, text []byte) []Match {
	type token struct {
		word       string
		start, end int
		comma      bool
	}
	var sentences [][]token
	l := lexer{text: text}
	for open := false; l.next(); open = true {
		if l.breaks || !open || len(sentences[len(sentences)-1]) == maxSentence {
			sentences = append(sentences, nil)
		}
		last := &sentences[len(sentences)-1]
		*last = append(*last, token{string(l.word), l.start, l.end, l.comma})
	}
	var ends func(n node, s []token, at int) []int // where a part that begins at a word may end
	ends = func(n node, s []token, at int) []int {
		switch n.op {
		case opWord:
			if at == len(s) || n.word.comma && !s[at].comma {
				return nil
			}
			fits := s[at].word == n.word.text
			switch n.word.kind {
			case prefix:
				fits = strings.HasPrefix(s[at].word, n.word.text)
			case suffix:
				fits = strings.HasSuffix(s[at].word, n.word.text)
			}
			if !fits {
				return nil
			}
			return []int{at + 1}
		case opGap:
			var list []int
			for k := range n.n + 1 {
				if at+k <= len(s) {
					list = append(list, at+k)
				}
			}
			return list
		case opMaybe:
			return append(ends(n.subs[0], s, at), at)
		case opAlt:
			var list []int
			for _, sub := range n.subs {
				list = append(list, ends(sub, s, at)...)
			}
			return list
		}
		list := []int{at}
		for _, sub := range n.subs {
			var next []int
			for _, from := range list {
				next = append(next, ends(sub, s, from)...)
			}
			slices.Sort(next)
			list = slices.Compact(next)
		}
		return list
	}
	var out []Match
	for _, s := range sentences {
		for _, p := range b.phrases {
			for at := 0; at < len(s); at++ {
				if p.pattern.start && at > 0 {
					break
				}
				best := -1
				for _, end := range ends(p.pattern.root, s, at) {
					if !p.pattern.end || end == len(s) {
						best = max(best, end)
					}
				}
				if best > at {
					out = append(out, Match{p, s[at].start, s[best-1].end})
					at = best - 1
				}
			}
		}
	}
	return out
}

func inOneOrder(list []Match) []string {
	slices.SortFunc(list, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Phrase.Say, b.Phrase.Say))
	})
	var out []string
	for _, m := range list {
		out = append(out, fmt.Sprintf("%d-%d %s", m.Start, m.End, m.Phrase.Say))
	}
	return out
}

// randomSay makes a wording of few words, so that matches are frequent.
func randomSay(r *rand.Rand, depth int) string {
	var b strings.Builder
	for i := range 1 + r.IntN(4) {
		if i > 0 {
			b.WriteByte(' ')
		}
		switch r.IntN(9) {
		case 0:
			if depth > 0 {
				fmt.Fprintf(&b, "(%s|%s)", randomSay(r, depth-1), randomSay(r, depth-1))
				break
			}
			fallthrough
		case 1:
			fmt.Fprintf(&b, "(%s)?", string(rune('a'+r.IntN(4))))
		case 2:
			fmt.Fprintf(&b, "__%d__", 1+r.IntN(3))
		case 3:
			b.WriteString([]string{"aa*", "*bb", "a-b", ", a", "数"}[r.IntN(5)])
		default:
			b.WriteString(string(rune('a' + r.IntN(4))))
		}
	}
	return b.String()
}

// randomBook makes some wordings; those that are none are left out.
func randomBook(r *rand.Rand) *Book {
	var list []*Phrase
	for len(list) < 6 {
		say := randomSay(r, 2)
		if r.IntN(6) == 0 {
			say = "^ " + say
		}
		if r.IntN(6) == 0 {
			say += " $"
		}
		if p, err := parsePattern(say, nil); err == nil {
			list = append(list, &Phrase{Fact: "test.p", Say: say, pattern: p})
		}
	}
	return newBook(list, func(*Phrase, error) {})
}

// same compares the matcher with the reference.
func same(t *testing.T, b *Book, text []byte) {
	t.Helper()
	found := b.Find(text)
	for _, m := range found {
		if m.Start < 0 || m.Start >= m.End || m.End > len(text) {
			t.Fatalf("match %d-%d of %d bytes", m.Start, m.End, len(text))
		}
	}
	got, want := inOneOrder(found), inOneOrder(reference(b, text))
	if !slices.Equal(got, want) {
		t.Fatalf("in %q\nfound %q\nwant  %q", text, got, want)
	}
}

// TestAgainstReference: the matcher finds what the definition says, for random
// wordings in random texts.
func TestAgainstReference(t *testing.T) {
	pieces := []string{"a", "b", "c", "d", "aa", "aab", "bbb", "abb", " ", " ", " ", " ", "-", ", ", ". ", "\n", "\n\n",
		"数", "据", "，", "。", "**", "[a](b)", "x"}
	matches := 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		b := randomBook(r)
		var text strings.Builder
		for range 60 {
			text.WriteString(pieces[r.IntN(len(pieces))])
		}
		same(t, b, []byte(text.String()))
		matches += len(b.FindString(text.String()))
	}
	if matches < 5000 {
		t.Errorf("only %d matches were compared", matches)
	}
}

func FuzzFind(f *testing.F) {
	for i, p := range Default().phrases {
		if i%7 == 0 {
			f.Add(uint64(i), p.Yes[0]+" "+p.No[0])
		}
	}
	f.Add(uint64(1), "a, b\n# c\n- [ ] aa*\xff\xfe <b> &amp; http://x.y ](a 数据、")
	f.Fuzz(func(t *testing.T, seed uint64, text string) {
		same(t, randomBook(rand.New(rand.NewPCG(seed, 2))), []byte(text))
		same(t, Default().Of("clause"), []byte(text))
	})
}
