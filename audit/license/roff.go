package license

import "bytes"

// Manual pages hold licences as text and, more often, in the comments at their
// head. Their requests and escapes are letters and figures, and no words of it.

// roffHead is how far into a text a manual page shows itself as one, in bytes.
const roffHead = 8192

// isRoff reports whether a text is the source of a manual page.
func isRoff(text []byte) bool {
	head := text[:min(len(text), roffHead)]
	for _, request := range []string{".TH ", ".SH ", ".Sh ", ".Dd "} {
		if bytes.HasPrefix(head, []byte(request)) || bytes.Contains(head, []byte("\n"+request)) {
			return true
		}
	}
	return false
}

// layoutRequests are those whose arguments are measures and marks. The text of any
// other request, such as one in bold print or a heading, is text.
var layoutRequests = map[string]bool{"TH": true, "Dd": true, "Dt": true, "Os": true, "IP": true,
	"TP": true, "HP": true,
	"RS": true, "RE": true,
	"sp": true, "in": true, "ti": true, "ta": true, "nf": true, "fi": true, "br": true, "ad": true, "na": true,
	"hy": true, "nh": true, "ne": true,
	"ft": true, "ps": true, "vs": true, "ll": true, "PP": true, "LP": true, "P": true, "Pp": true, "if": true,
	"ie": true, "el": true, "de": true, "ds": true, "nr": true}

// fromRoff takes requests and escapes off a manual page.
func fromRoff(text []byte) (plain []byte, at []uint32) {
	plain, at = make([]byte, 0, len(text)), make([]uint32, 0, len(text)+1)
	add := func(b byte, from int) { plain, at = append(plain, b), append(at, uint32(from)) }
	for i := 0; i < len(text); {
		end := len(text)
		if n := bytes.IndexByte(text[i:], '\n'); n >= 0 {
			end = i + n + 1
		}
		j := i
		if text[j] == '.' || text[j] == '\'' {
			j++
			for j < end && (text[j] == ' ' || text[j] == '\t') {
				j++
			}
			name := j
			for j < end && j-name < 2 && lower[text[j]] >= 'a' {
				j++
			}
			switch {
			case bytes.HasPrefix(text[j:end], []byte(`\"`)):
				j += 2 // a comment, which often holds the licence
			case j == name:
				j = i
			case layoutRequests[string(text[name:j])] && (j == end || text[j] <= ' '):
				j = end
				add('\n', i)
			case j < end && text[j] > ' ':
				j = i
			}
		}
		for j < end {
			if text[j] != '\\' {
				add(text[j], j)
				j++
				continue
			}
			n, out := roffEscape(text[j:end])
			if out != 0 {
				add(out, j)
			}
			j += n
		}
		i = end
	}
	return plain, append(at, uint32(len(text)))
}

// roffEscape gives the length of the escape at the start of text, and what stands
// for it; 0 for nothing.
func roffEscape(text []byte) (n int, out byte) {
	if len(text) < 2 {
		return len(text), 0
	}
	switch text[1] {
	case '-', ' ', '.', '\'', '"', '`':
		return 2, text[1]
	case 'e', '\\':
		return 2, ' '
	case '(':
		return min(4, len(text)), ' '
	case '[':
		if n := bytes.IndexByte(text, ']'); n > 0 {
			return n + 1, ' '
		}
	case 'f', 's':
		switch {
		case len(text) > 2 && text[2] == '(':
			return min(5, len(text)), 0
		case len(text) > 2 && text[2] == '[':
			if n := bytes.IndexByte(text, ']'); n > 0 {
				return n + 1, 0
			}
		case len(text) > 3 && text[1] == 's' && (text[2] == '+' || text[2] == '-'):
			return 4, 0
		}
		return min(3, len(text)), 0
	}
	return 2, 0
}
