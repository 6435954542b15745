package evidence

import (
	"cmp"
	"encoding/json"
	"html"
	"slices"
	"strings"

	"openness/audit/page"
	"openness/audit/pattern"
	"openness/reports"
)

// Quotes are bytes of Markdown, HTML, JSON or BibTeX. People read words: see
// Readable. The exact bytes stay beside them, for those who check.

// longestReadable bounds what is turned into words: nine tenths of it are not shown.
const longestReadable = 8 << 10

// Readable is a quote as people read it, on one line: an answer of JSON as its
// values under their names, a citation as title, authors and year, and Markdown
// or HTML without marks, tags and addresses of links. A text that is none of
// them keeps its words. It never adds a word that the quote does not have.
func Readable(quote string) string {
	text := strings.TrimSpace(strings.ToValidUTF8(quote[:min(len(quote), longestReadable)], ""))
	if words, ok := jsonEnds(text); ok {
		return words
	}
	if words, ok := jsonWords(text); ok {
		return words
	}
	if words, ok := citationWords(text); ok {
		return words
	}
	return markdownWords(reports.Unescaped(text))
}

// jsonEnds reads a long piece of an answer that was cut out from one value to another, by
// these two: what stands between them was not what it is quoted for.
func jsonEnds(text string) (string, bool) {
	if len(text) <= reports.LongestQuote || !strings.HasPrefix(text, `"`) {
		return "", false
	}
	members := jsonMember.FindAllStringSubmatch(text, -1)
	if len(members) < 2 || !strings.HasPrefix(text, members[0][0]) {
		return "", false
	}
	last := members[len(members)-1]
	say := func(m []string) string { return m[1] + ": " + strings.Trim(m[2], `"`) }
	return say(members[0]) + "; …; " + say(last), true
}

// jsonMember matches a name and a plain value.
var jsonMember = pattern.MustCompile(`"(\w+)"\s*:\s*("[^"\\]*"|true|false|null|-?\d[\d.]*)`)

// jsonWords reads an answer, or the piece of one: a value, or values under
// their names.
func jsonWords(text string) (string, bool) {
	text = strings.TrimRight(text, ", \n")
	if text == "" || !strings.ContainsRune(`"{[`, rune(text[0])) {
		return "", false
	}
	for _, whole := range []string{text, "{" + text + "}"} {
		var v any
		d := json.NewDecoder(strings.NewReader(whole))
		d.UseNumber()
		if d.Decode(&v) == nil && !d.More() {
			return sayJSON(v, 0), true
		}
	}
	return "", false
}

// deepestJSON is how far values within values are spelled out.
const deepestJSON = 6

func sayJSON(v any, depth int) string {
	if depth > deepestJSON {
		return "…"
	}
	parts := []string{}
	switch v := v.(type) {
	case map[string]any:
		names := []string{}
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			parts = append(parts, name+": "+sayJSON(v[name], depth+1))
		}
		return strings.Join(parts, "; ")
	case []any:
		for _, e := range v {
			parts = append(parts, sayJSON(e, depth+1))
		}
		return strings.Join(parts, ", ")
	case string:
		return strings.Join(strings.Fields(v), " ")
	case json.Number:
		return v.String()
	case bool:
		return map[bool]string{true: "true", false: "false"}[v]
	}
	return "null"
}

// mostAuthors of a citation are named.
const mostAuthors = 3

// citationWords reads a BibTeX entry that the quote begins with.
func citationWords(text string) (string, bool) {
	if !strings.HasPrefix(text, "@") {
		return "", false
	}
	entries := page.ParseBibTeX([]byte(text))
	if len(entries) == 0 || entries[0].Span.Start != 0 {
		return "", false
	}
	f := entries[0].Fields
	said := []string{}
	for _, part := range []string{f["title"], authorsOf(f["author"]), cmp.Or(f["booktitle"], f["journal"],
		f["publisher"]),
		f["year"], cmp.Or(f["doi"], f["eprint"], f["url"])} {
		if part = strings.Trim(texMarks.Replace(part), " ."); part != "" && !slices.Contains(said, part) {
			said = append(said, part)
		}
	}
	if len(said) == 0 {
		return "", false
	}
	return strings.Join(said, ". ") + ".", true
}

// texMarks takes away what TeX needs and a reader does not.
var texMarks = strings.NewReplacer("{", "", "}", "", `\'`, "", `\"`, "", "\\`", "", `\^`, "", `\~`, "", `\&`, "&", "--",
	"–", "~", " ")

// authorsOf names the first authors of a list.
func authorsOf(list string) string {
	if list == "" {
		return ""
	}
	names := strings.Split(strings.Join(strings.Fields(list), " "), " and ")
	for i, name := range names {
		if last, first, ok := strings.Cut(name, ", "); ok {
			names[i] = first + " " + last
		}
	}
	if len(names) > mostAuthors {
		return strings.Join(names[:mostAuthors], ", ") + " and others"
	}
	return strings.Join(names, ", ")
}

// tableRule is a row of a Markdown table that only draws its line.
func tableRule(line string) bool {
	return strings.Contains(line, "-") && strings.Trim(line, "|:- \t\r") == ""
}

// markdownWords takes marks, tags and links' addresses from a text. Rows of
// tables keep their cells, with bars between.
func markdownWords(text string) string {
	if reports.PlainLine(text) && !strings.ContainsAny(text, "*_`[]<>|#&\\") {
		return text
	}
	text = placeholder.ReplaceAllString(text, "&lt;$1&gt;")
	lines, inProgram := strings.Split(text, "\n"), false
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(lines[i], "```"):
			lines[i], inProgram = "", !inProgram
		case tableRule(lines[i]):
			lines[i] = ""
		case inProgram, notRun.MatchString(lines[i]):
		case strings.HasPrefix(lines[i], "|"):
			lines[i] = strings.Trim(lines[i], "| ")
		case i > 0:
			lines[i] = strings.TrimLeft(lines[i], "#> ")
		}
	}
	words := html.UnescapeString(page.Plain(withoutAddresses(strings.Join(lines, "\n"))))
	words = strings.Join(strings.Fields(words), " ")
	words = apart.Replace(words)
	if address := webAddress.FindString(text); address != "" && strings.Count(words, " ") < fewLinked &&
		!strings.Contains(words, address) {
		words = strings.TrimSpace(words + " (" + address + ")") // the address is what it says
	}
	return words
}

var (
	// placeholder matches what a reader of a command is to fill in, which is no mark of HTML.
	placeholder = pattern.MustCompile(`<([A-Za-z][A-Za-z0-9]*[_-][\w-]*)>`)
	// notRun matches a line of a program that a mark of a remark takes out of it.
	notRun = pattern.MustCompile(`^#+ *[A-Za-z_][\w.]* *= *\S`)
)

// apart closes what taking marks away left open.
var apart = strings.NewReplacer(" .", ".", " ,", ",", " ;", ";", "](", "] (")

// webAddress finds where a link leads, and fewLinked is up to how many blanks a
// link's words say less than that.
var webAddress = pattern.MustCompile(`https?://[^\s<>"')\]]+`)

const fewLinked = 3

// withoutAddresses keeps the words of links and images, also of those that the
// quote cuts, and drops where they lead.
func withoutAddresses(text string) string {
	var b strings.Builder
	opened := []int{} // where brackets began in what is kept
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '[':
			opened = append(opened, b.Len())
		case c == ']' && i+1 < len(text) && text[i+1] == '(':
			i = endOfAddress(text, i+1)
			if n := len(opened); n > 0 {
				kept := b.String()
				before, words := strings.TrimSuffix(kept[:opened[n-1]], "!"), kept[opened[n-1]+1:]
				b.Reset()
				b.WriteString(before + words)
				opened = opened[:n-1]
			}
			continue
		case c == ']' && len(opened) > 0:
			opened = opened[:len(opened)-1]
		}
		b.WriteByte(text[i])
	}
	if len(opened) == 0 {
		return b.String()
	}
	return strings.NewReplacer("![", "", "[", "").Replace(b.String())
}

// endOfAddress is the last byte of an address that begins with a parenthesis.
func endOfAddress(text string, from int) int {
	depth := 0
	for i := from; i < len(text); i++ {
		switch text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		case '\n':
			return i - 1
		}
	}
	return len(text) - 1
}
