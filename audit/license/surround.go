package license

import "sync"

// A licence's text may stand within another text: a notice of a library within
// a commercial agreement, an open licence before terms of the makers' own. The
// share of the file decides, not how much of the licence is there.
const (
	// closingWords is the length from which words around a licence that read
	// like one are terms that nobody looked at: the licence is then not all
	// that the file says.
	closingWords = 30
	// surroundingShare is the share of a file's words from which such terms are
	// what the file is, and the licence within only a part of it.
	surroundingShare = 0.3
)

// foreignLegal are the words of licences in languages that legalWords leaves out.
const foreignLegal = "lizenz lizenzgeber lizenznehmer lizenzvertrag nutzungsrecht nutzung schutzgegenstand " +
	"urheberrecht rechte haftung gewährleistung vereinbarung bedingungen verbreiten weitergabe dürfen " +
	"kommerzielle " +
	"licencié concédant droits auteur oeuvre œuvre contrat licence autorisation responsabilité garantie " +
	"garanties clauses distribuer exploitation offre " +
	"licencia derechos obra autor condiciones responsabilidad garantía términos licenciante uso permiso acuerdo " +
	"licenza diritti opera autore condizioni licenziante garanzia responsabilità licença direitos obra autor " +
	"condições licenciante garantia " +
	"ライセンス 利用 規約 許諾 著作権 条件 責任 禁止 라이선스 이용 약관 권리 조건 책임 금지"

// policyWords are those of use policies, which limit without being licences.
const policyWords = "prohibited prohibits policy violate violates violation unlawful illegal illegally harmful " +
	"must agree accordance infringe infringes fraud fraudulent exploitation engage promote incite facilitate " +
	"military weapons terrorism violence deceptive disinformation harassment discrimination acceptable " +
	"regulation regulations law laws applicable"

// aroundBits are the words that tell terms from other prose. A line with
// holders and years has "copyright" and "rights", and says nothing by it.
var aroundBits = sync.OnceValue(func() *wordBits {
	set := wordSet(legalWords + " " + foreignLegal + " " + policyWords)
	for id := range wordSet("copyright rights") {
		delete(set, id)
	}
	return bitsOf(set)
})

// around looks at the words that no match covers. It returns the blocks that
// read like a licence, and the share of the file's words that they have.
func (s *scan) around(text []byte) (blocks [][2]int, share float64) {
	bits := aroundBits()
	ids := s.words.ids
	total := 0
	look := func(from, to int) {
		n := 0
		for _, id := range ids[from:to] {
			if bits.has(id) {
				n++
			}
		}
		if to-from >= closingWords && n*1000 >= legalPerMille*(to-from) && n >= 3 &&
			!s.disclaimer(text, hunk{w0: from, w1: to}) {
			blocks = append(blocks, [2]int{from, to})
			total += to - from
		}
	}
	at := 0
	for _, m := range s.found {
		look(at, max(at, m.from))
		at = max(at, m.to)
	}
	look(at, len(ids))
	return blocks, float64(total) / float64(max(1, len(ids)))
}
