package license

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"openness/audit/pattern"
)

// A Signal is a sentence that says something about one term.
type Signal struct {
	Span
	Term  string `json:"term"`           // by its JSON name in Terms
	Value string `json:"value"`          // yes, no, conditional, a number or a place
	Unit  string `json:"unit,omitempty"` // of what a number is
	Text  string `json:"text"`
}

// Derive reads terms off a text that is none of the known licences, or was
// made from one: the wording that licences of models share for purposes,
// thresholds, outputs, places, names and duties. It reports false where the
// text does not read like a licence. What it says is a hint with the sentence
// that it was read from, never an approval: OSIApproved is always false.
//
// Wording that it does not know is left unsaid, so an unsaid limit is no
// permission.
func Derive(text []byte) (Terms, []Signal, bool) {
	text = text[:min(len(text), maxDerived)]
	if plain, _ := fromUTF16(text); plain != nil {
		return Terms{}, nil, false
	}
	var w words
	w.split(text)
	if !legalese(&w) {
		return shortNotice(text, &w)
	}
	signals := signalsIn(text, &w)
	t := Terms{Name: "unknown licence, terms derived from its wording", Family: "unknown", Derived: true,
		Source: make(map[string]string)}
	t.take(signals)
	granted := false
	for _, s := range signals {
		granted = granted || s.Term == "grant"
	}
	return t, signals, granted && t.CommercialUse+t.Modification+t.Redistribution != Unsaid
}

// longestNotice is the length in words up to which a text that names a holder
// and limits use is a licence of its own, though it has too few words of
// licences to read like one.
const longestNotice = 150

// shortNotice reads a makers' own few sentences: whose it is, and what it may be
// used for. They grant nothing but what they say, so only limits are read.
func shortNotice(text []byte, w *words) (Terms, []Signal, bool) {
	if len(w.ids) < 8 || len(w.ids) > longestNotice || !noticeHead.Match(text) {
		return Terms{}, nil, false
	}
	t := Terms{Name: "unknown licence, terms derived from its wording", Family: "unknown", Derived: true,
		Source: make(map[string]string)}
	var limits []Signal
	for _, s := range signalsIn(text, w) {
		if s.Value != "yes" || s.Term == "use_restrictions" || s.Term == "output_restriction" ||
			s.Term == "attribution" {
			limits = append(limits, s)
		}
	}
	t.take(limits)
	return t, limits, t.CommercialUse == Forbidden || t.CommercialUse == Conditional
}

// noticeHead matches a text that begins with its holder.
var noticeHead = pattern.MustCompile(`(?i)^[\s*#/]*(?:copyright|\(c\)|©|版权)`)

// maxDerived is how much of a text is read for signals, in bytes.
const maxDerived = 1 << 20

// Words of licences and how many of a thousand must be of them: prose about
// models has few, licences of all kinds have more than twice that.
const (
	legalWords = "license licensee licensor licensed licenses grant grants granted hereby herein thereof " +
		"warranty warranties liability liable damages indemnify copyright terms conditions agreement permission " +
		"permitted prohibited shall redistribute " +
		"redistribution derivative sublicense notwithstanding comply compliance governed jurisdiction disclaim " +
		"disclaimer obligations rights 许可 协议 授权 条款 责任 权利"
	legalPerMille, legalLeast, legalLength = 45, 12, 60
)

// legalese reports whether a text reads like a licence throughout.
func legalese(w *words) bool {
	if len(w.ids) < legalLength {
		return false
	}
	bits, n := legalBits(), 0
	for _, id := range w.ids {
		if bits.has(id) {
			n++
		}
	}
	return n >= legalLeast && n*1000 >= legalPerMille*len(w.ids)
}

// signalsIn looks at each sentence of a text.
func signalsIn(text []byte, w *words) []Signal {
	var out []Signal
	var r reader
	for from := 0; from < len(w.ids); {
		to := sentenceEnd(text, w, from)
		span := Span{int(w.start[from]), int(w.end[to-1])}
		for _, s := range r.read(plainSentence(text, w, from, to)) {
			s.Span = span
			s.Text = string(bytes.ToValidUTF8(text[span.Start:span.End], []byte("\ufffd")))
			out = append(out, s)
		}
		from = to
	}
	return out
}

// maxSentence is the number of words after which a sentence is cut.
const maxSentence = 160

// sentenceEnd is the word behind the sentence that starts at word from.
func sentenceEnd(text []byte, w *words, from int) int {
	for i := from; i+1 < len(w.ids) && i < from+maxSentence; i++ {
		between := text[w.end[i]:w.start[i+1]]
		if bytes.Contains(between, []byte("\n\n")) || bytes.ContainsAny(between, ";；。") ||
			bytes.Contains(between, []byte("\n\r\n")) {
			return i + 1
		}
		if dot := bytes.IndexByte(between, '.'); dot >= 0 && (dot+1 == len(between) || between[dot+1] <= ' ' ||
			between[dot+1] >= utf8.RuneSelf) && w.end[i]-w.start[i] > 2 && len(between) > 1 {
			return i + 1
		}
	}
	return min(len(w.ids), from+maxSentence+1)
}

// plainSentence writes words in lower case with a space around each, prefixes
// joined as the tokenizer does; Chinese characters stand without spaces.
func plainSentence(text []byte, w *words, from, to int) string {
	var b strings.Builder
	b.WriteByte(' ')
	for i := from; i < to; i++ {
		word := text[w.start[i]:w.end[i]]
		letters := appendLetters(nil, word)
		for _, r := range letters {
			b.WriteRune(r)
		}
		if r, _ := utf8.DecodeRune(word); !isIdeograph(r) {
			b.WriteByte(' ')
		}
	}
	b.WriteByte(' ')
	return b.String()
}

// take sums signals up into terms. A ban weighs more than a permission; where
// the ban has a way out, the permission is conditional.
func (t *Terms) take(signals []Signal) {
	says := make(map[string]map[string]bool)
	for _, s := range signals {
		if says[s.Term] == nil {
			says[s.Term] = make(map[string]bool)
		}
		says[s.Term][s.Value] = true
		if where := fmt.Sprintf("derived from bytes %d to %d", s.Start, s.End); t.Source[s.Term] == "" {
			t.Source[s.Term] = where
		}
		switch s.Term {
		case "user_threshold":
			t.threshold(s)
		case "geographic_limit":
			if t.GeographicLimit == nil {
				place := strings.Join(strings.Fields(s.Value), " ")
				t.GeographicLimit = &place
			}
		}
	}
	yes := func(term string) *bool {
		if !says[term]["yes"] {
			return nil
		}
		v := true
		return &v
	}
	t.UseRestrictions, t.OutputRestriction, t.NamingRequirement = yes("use_restrictions"), yes("output_restriction"),
		yes("naming_requirement")
	t.Attribution, t.AcceptanceRequired, t.RegistrationRequired = yes("attribution"), yes("acceptance_required"),
		yes("registration_required")
	t.permissions(says)
}

func (t *Terms) threshold(s Signal) {
	var n int64
	if _, err := fmt.Sscan(s.Value, &n); err != nil {
		return
	}
	if t.UserThreshold == nil {
		t.UserThreshold, t.ThresholdUnit = &n, s.Unit
	}
}

// permissions decides the three permissions from what the sentences say.
func (t *Terms) permissions(says map[string]map[string]bool) {
	c := says["commercial_use"]
	switch {
	case c["no"] && t.UserThreshold == nil && !(c["conditional"] && t.RegistrationRequired != nil):
		t.CommercialUse = Forbidden
	case c["conditional"] || c["no"] || t.UserThreshold != nil:
		t.CommercialUse = Conditional
	case c["yes"]:
		t.CommercialUse = Allowed
	}
	limited := t.CommercialUse == Forbidden || t.UseRestrictions != nil
	decide := func(term string, conditional bool) Permission {
		switch said := says[term]; {
		case said["no"] && !said["yes"]:
			return Forbidden
		case said["yes"] && (conditional || said["conditional"]):
			return Conditional
		case said["yes"]:
			return Allowed
		}
		return Unsaid
	}
	t.Modification = decide("modification", t.CommercialUse == Forbidden)
	t.Redistribution = decide("redistribution", limited)
}
