// Package phrases is the phrase book: what makers' pages say, in which words,
// as data.
//
// A phrase is one wording of one fact in one language, written as words,
// alternatives, optional words and gaps (docs/phrases.md has the syntax), with
// sentences that it must match and sentences that it must not. The files
// *.yaml of this folder are the built-in book. Beside the facts of
// audit/facts.yaml it has vocabularies that all themes share: "mode" (done,
// denied, promised, conditional, advice, quoted), "stage" (of training),
// "whose", "clause" (where one begins), "section" (what a heading announces) and
// "heading" (what one in another language means).
//
// A book is compiled into one matcher. It reads a text once, word by word;
// each phrase is looked for only where its rarest word stands, and the rest of
// it is tried there by an automaton that looks at a bounded number of words.
// So the cost grows in step with the text, whatever the text, and hardly with
// the number of phrases. No match goes across the end of a sentence.
//
// The package finds words. What a match proves (whose sentence it is, whether
// it is a heading or a quotation) is for others to say.
package phrases

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	textual "openness/audit/pattern"
)

// A Phrase is one entry of a book.
type Phrase struct {
	Fact  string   `json:"fact"`
	Value string   `json:"value,omitempty"`
	Mode  string   `json:"mode,omitempty"`
	Stage string   `json:"stage,omitempty"`
	Lang  string   `json:"lang"`
	Say   string   `json:"say"`
	Yes   []string `json:"yes"`
	No    []string `json:"no"`

	File string `json:"file"` // where it is written
	Line int    `json:"line"`

	pattern pattern
}

// A Match is one place of a text that a phrase matches: text[Start:End].
type Match struct {
	Phrase     *Phrase
	Start, End int
}

// A Book is a compiled set of phrases. It is safe for use by several goroutines.
type Book struct {
	phrases  []*Phrase
	programs []*program

	exact    map[string]int32 // words to atoms
	words    filter           // of these
	prefixes affixes          // by their first two bytes
	suffixes affixes          // by their last two bytes
	anchors  [][]int32        // by atom: the phrases that it anchors

	scanners sync.Pool
	lately   textual.Memory[[]Match]
	lock     sync.Mutex
	subs     map[string]*Book // of Of, by joined names
}

// newBook compiles phrases whose patterns were parsed. A phrase that cannot be
// compiled is reported to fault and left out.
func newBook(list []*Phrase, fault func(*Phrase, error)) *Book {
	b := new(Book)
	b.phrases = b.compile(list, fault)
	b.scanners.New = func() any { return b.scanner() }
	return b
}

// laterBook is newBook of phrases that are known to be good, compiled when the first text
// is read: of the whole book most runs read parts alone.
func laterBook(list []*Phrase) *Book {
	b := &Book{phrases: list}
	compiled := sync.OnceFunc(func() {
		b.compile(list, func(p *Phrase, err error) { panic(fmt.Sprintf("phrases: %s: %v", p.Say, err)) })
	})
	b.scanners.New = func() any {
		compiled()
		return b.scanner()
	}
	return b
}

func (b *Book) scanner() *scanner { return &scanner{book: b, from: make([]start, len(b.programs))} }

// compile makes the matcher of phrases and lists those that could be compiled.
func (b *Book) compile(list []*Phrase, fault func(*Phrase, error)) (good []*Phrase) {
	b.exact = make(map[string]int32)
	c := compiler{ids: make(map[atomKey]int32)}
	anchors := make(map[int32][]int32)
	for _, p := range list {
		g, anchor, err := c.compile(p.pattern)
		if err != nil {
			fault(p, err)
			continue
		}
		for _, a := range anchor {
			anchors[a] = append(anchors[a], int32(len(good)))
		}
		good, b.programs = append(good, p), append(b.programs, g)
	}
	b.anchors = make([][]int32, len(c.ids))
	for key, id := range c.ids {
		b.anchors[id] = anchors[id]
		switch key.kind {
		case exact:
			b.exact[key.text] = id
			b.words.add(key.text)
		case prefix:
			b.prefixes.add(key.text[0], key.text[1], affixed{key.text, id})
		case suffix:
			n := len(key.text)
			b.suffixes.add(key.text[n-2], key.text[n-1], affixed{key.text, id})
		}
	}
	return good
}

// Phrases lists the book's phrases. The caller must not change them.
func (b *Book) Phrases() []*Phrase { return b.phrases }

// Of gives the part of the book on some facts. Reading with it costs nothing
// for the others. It is compiled on first use and kept.
func (b *Book) Of(facts ...string) *Book {
	key := strings.Join(facts, "\n")
	b.lock.Lock()
	defer b.lock.Unlock()
	if sub := b.subs[key]; sub != nil {
		return sub
	}
	var list []*Phrase
	for _, p := range b.phrases {
		if slices.Contains(facts, p.Fact) {
			list = append(list, p)
		}
	}
	if b.subs == nil {
		b.subs = make(map[string]*Book)
	}
	b.subs[key] = newBook(list, func(*Phrase, error) {})
	return b.subs[key]
}

// Find gives every place that a phrase matches, in the order of the text. Of
// one phrase the matches do not overlap: each is the leftmost that begins after
// the one before, and the longest that begins there.
func (b *Book) Find(text []byte) []Match {
	return b.FindString(textual.Text(text))
}

// FindString is Find for a string.
func (b *Book) FindString(text string) []Match {
	return slices.Clone(b.lately.Of(text, 0, func() []Match {
		s := b.scanners.Get().(*scanner)
		defer b.scanners.Put(s)
		return s.scan([]byte(text))
	}))
}

// inOrder sorts matches by place; of those that begin together the longer is first.
func inOrder(list []Match) {
	slices.SortStableFunc(list, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
}
