package identity

import (
	"slices"
	"strings"

	"openness/audit/pattern"
)

// A part of a name lies between hyphens and the like.
type part struct {
	text    string // in small letters
	written string
	kind    kind
	letters string // of a word with a number: "falco" of "falco2"
	number  string // "2"
	behind  string // letters behind the number: "n" of "3n"
}

// A kind is what a part of a name says.
type kind int

const (
	word       kind = iota
	lettered        // a word, or the letters of a series, with a number behind: "falco2", "r1"
	version         // "2", "v1.5", "3n"
	size            // "7b"
	date            // "0724"
	count           // other numbers: lengths, steps, experts: "128k"
	format          // of copies for some runtime
	conversion      // to the files of the usual libraries
	tuned
	base
	variant
	content // of a repository or folder: "training"
)

var (
	totalSize  = pattern.MustCompile(`^(?:(\d+)x)?e?(\d+(?:\.\d+)?)([bmt])(\d*)(?:a\d+(?:\.\d+)?[bm])?$`)
	activeSize = pattern.MustCompile(`^a(?:\d+x)?\d+(?:\.\d+)?[bm]$`)
	otherCount = pattern.MustCompile(`^\d+(?:\.\d+)?(?:k|e|x|t|steps?|epochs?)$`)
	dayOrYear  = pattern.MustCompile(`^\d{4}(?:\d{2}(?:\d{2})?)?$`)
	year       = pattern.MustCompile(`^(?:19|20)\d\d$`)
	dayOrMonth = pattern.MustCompile(`^[0-3]\d$`)
	fewBits    = pattern.MustCompile(`^(?:int\d|\d+(?:\.\d+)?bits?|(?:nv|mx)?fp[468]|nf4|i?q\d|w\d+a\d+|exl\d)$`)
	quantMix   = pattern.MustCompile(`^(?:[ksml01]|x+s|nl)$`) // behind a number of bits: "q4_k_m"
	wideFloat  = pattern.MustCompile(`^(?:fp|f|bf)(?:16|32)$`)
	plainNo    = pattern.MustCompile(`^v?(\d+(?:\.\d+)*)([a-z]?)$`)
	wordAndNo  = pattern.MustCompile(`^([a-z0-9]*[a-z])(\d+(?:\.\d+)*)([a-z]?)$`)
	gluedSize  = pattern.MustCompile(`^([a-z]{3,})((?:\d+x)?\d+(?:\.\d+)?[bm])$`)
	// sizeOfVersion is a size with a version written behind it as one: "7Bv2".
	sizeOfVersion = pattern.MustCompile(`^((?:\d+x)?\d+(?:\.\d+)?[bm])(v\d+(?:\.\d+)*)$`)
	pointAsP      = pattern.MustCompile(`(\d)p(\d)`)
)

// partsOf splits a name at all but letters, digits and the points of numbers,
// and tells what each part is.
func partsOf(name string) []part {
	var parts []part
	start := -1
	for i := 0; i <= len(name); i++ {
		if i < len(name) && (alphanumeric(name[i]) || pointOfNumber(name, i)) {
			if start < 0 {
				start = i
			}
		} else if start >= 0 {
			parts, start = split(parts, name[start:i]), -1
		}
	}
	for i := range parts {
		classify(parts, i)
	}
	return parts
}

// split appends a part, or two where a word and a size, or a size and a version, are
// written as one.
func split(parts []part, written string) []part {
	text := strings.ToLower(written)
	m := gluedSize.FindStringSubmatch(text)
	if m == nil {
		m = sizeOfVersion.FindStringSubmatch(text)
	}
	if m != nil && len(text) == len(written) {
		n := len(m[1])
		return append(parts, part{text: m[1], written: written[:n]}, part{text: m[2], written: written[n:]})
	}
	return append(parts, part{text: pointAsP.ReplaceAllString(text, "$1.$2"), written: written})
}

// classify tells what a part is; those before it are known. The first part is
// never a mere mark of a variant: "tiny-falco" is no release of Falco.
func classify(parts []part, i int) {
	p := &parts[i]
	known, ok := theWords().kinds[p.text]
	switch {
	case i > 0 && isLanguage(parts, i):
		p.kind = variant
	case i > 0 && ok:
		p.kind = known
	case activeSize.MatchString(p.text), totalSize.MatchString(p.text) && !(strings.HasSuffix(p.text, "t") &&
		slices.ContainsFunc(parts[:i], isSize)):
		p.kind = size
	case otherCount.MatchString(p.text):
		p.kind = count
	case dayOrYear.MatchString(p.text) || besideYear(parts, i):
		p.kind = date
	case i > 0 && (fewBits.MatchString(p.text) || parts[i-1].kind == format && quantMix.MatchString(p.text)):
		p.kind = format
	case i > 0 && wideFloat.MatchString(p.text):
		p.kind = conversion
	default:
		p.readNumber()
	}
}

// readNumber reads the number of a part that may have one.
func (p *part) readNumber() {
	if m := plainNo.FindStringSubmatch(p.text); m != nil {
		p.kind, p.number, p.behind = version, m[1], m[2]
	} else if m := wordAndNo.FindStringSubmatch(p.text); m != nil && (m[3] == "" || len(m[1]) >= shortWord) {
		p.kind, p.letters, p.number, p.behind = lettered, m[1], m[2], m[3]
		if rest := strings.TrimSuffix(m[1], "v"); len(rest) >= shortWord {
			p.letters = rest // "falcov2"
		}
	}
}

// isSize reports whether a part is a size.
func isSize(p part) bool { return p.kind == size }

// isLanguage reports whether a part is the code of a language. Two of them mean
// other things as well, and are languages beside another one only.
func isLanguage(parts []part, i int) bool {
	if !slices.Contains(theWords().Languages, parts[i].text) {
		return false
	}
	if _, also := theWords().kinds[parts[i].text]; !also {
		return true
	}
	other := func(j int) bool {
		return j >= 0 && j < len(parts) && slices.Contains(theWords().Languages, parts[j].text)
	}
	return other(i-1) || other(i+1)
}

// besideYear reports whether a part is the month or day of a date with its year:
// "2024-07-24", "08-2024".
func besideYear(parts []part, i int) bool {
	isYear := func(j int) bool { return j >= 0 && j < len(parts) && year.MatchString(parts[j].text) }
	return dayOrMonth.MatchString(parts[i].text) &&
		(isYear(i-1) || isYear(i+1) || isYear(i-2) && dayOrMonth.MatchString(parts[i-1].text))
}

// pointOfNumber reports whether a point stands between two digits.
func pointOfNumber(s string, i int) bool {
	return s[i] == '.' && i > 0 && i+1 < len(s) && digit(s[i-1]) && digit(s[i+1])
}

func digit(b byte) bool { return '0' <= b && b <= '9' }

func upper(b byte) bool { return 'A' <= b && b <= 'Z' }

// alphanumeric reports whether a byte belongs to a word; all of other scripts do.
func alphanumeric(b byte) bool { return digit(b) || upper(b) || 'a' <= b && b <= 'z' || b >= 0x80 }
