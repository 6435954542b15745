package license

import (
	"strings"
	"sync"
)

// Words that change what a licence allows when they are added or removed. A
// difference without any of them (a name, a heading, "this" for "the") is a
// matter of wording; one with them may be a matter of rights, and in doubt it
// is. Negations and modal verbs, limits of purpose, duties, money, users,
// places, and what models add: outputs, training, competing.
const signalWords = `
not no never neither nor none cannot only solely except unless without exclude excluded excluding excludes
prohibit prohibited prohibits prohibition forbid forbidden restrict restricted restricts restriction
restrictions restricting
may must shall should will required requires require requirement obtain
commercial commercially noncommercial business enterprise production proprietary
research researcher researchers academic scholarly educational education personal evaluation internal private nonprofit
profit fee fees charge free pay payment paid royalty revenue monetary compensation sell selling sold rent lease
sublicense sublicensing nonsublicensable revocable irrevocable nonexclusive nontransferable
permission consent approval approve prior written express register registration request
provided however notwithstanding additional additionally addition condition conditions supplementary exception
exceptions addendum
compete competitor competitors competing competitive users user active million billion monthly annual
military weapon weapons warfare nuclear surveillance law enforcement medical minors illegal unlawful harm
ethical evil good
output outputs train training improve distill finetune derivative derivatives modify modified modification
modifications distribute distributed distribution redistribute redistribution reproduce publish copy copies
attribution attribute display prominently advertising endorse promote acknowledgment acknowledgement
country countries territory china russia iran europe european union states
禁 不 非 仅 商 禁止 限
`

var signals = sync.OnceValue(func() map[uint16]string {
	set := make(map[uint16]string)
	var w words
	text := []byte(signalWords)
	w.split(text)
	for i, id := range w.ids {
		set[id] = string(text[w.start[i]:w.end[i]])
	}
	return set
})

// A wordBits is a set of word ids as a bitmap.
type wordBits [1 << 10]uint64

func bitsOf[V any](set map[uint16]V) *wordBits {
	var bits wordBits
	for id := range set {
		bits[id>>6] |= 1 << (id & 63)
	}
	return &bits
}

// signalBits is signals as a bitmap.
var signalBits = sync.OnceValue(func() *wordBits { return bitsOf(signals()) })

func (b *wordBits) has(id uint16) bool { return b[id>>6]>>(id&63)&1 != 0 }

// spelledAlike reports whether two words are spellings of one.
func spelledAlike(a, b uint16) bool { return sameBits().has(a) && sameWords()[[2]uint16{a, b}] }

// sameBits is the words of sameWords as a bitmap.
var sameBits = sync.OnceValue(func() *wordBits {
	words := make(map[uint16]bool)
	for pair := range sameWords() {
		words[pair[0]] = true
	}
	return bitsOf(words)
})

// sameWords are spellings that do not matter (from the matching guidelines of
// the SPDX project and from what copies show).
var sameWords = sync.OnceValue(func() map[[2]uint16]bool {
	same := make(map[[2]uint16]bool)
	for line := range strings.Lines(`licence license
licences licenses
sublicence sublicense
sublicences sublicenses
sublicenced sublicensed
sublicencing sublicensing
licenced licensed
licencing licensing
licencee licensee
licencees licensees
licencor licensor
licencors licensors
organisation organization
organisations organizations
acknowledgement acknowledgment
authorised authorized
merchantability merchantibility
judgement judgment
recognise recognize
favour favor
honour honor
while whilst
owner holder
owners holders
holder holders
owner owners`) {
		pair := strings.Fields(line)
		a, b := wordID(pair[0]), wordID(pair[1])
		same[[2]uint16{a, b}], same[[2]uint16{b, a}] = true, true
	}
	return same
})
