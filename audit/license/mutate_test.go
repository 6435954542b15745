package license_test

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode"
)

// A mutation makes another copy of a text: what is done to it in the wild that
// leaves it the same licence. An empty result means that it does not apply.
type mutation struct {
	name string
	do   func(text string) string
}

var (
	paragraphs    = regexp.MustCompile(`\r?\n[ \t]*\r?\n\s*`)
	copyrightLine = regexp.MustCompile(`(?im)^[ \t]*copyright (\(c\) |© )?\S*\d{4}[^\n]*$`)
	longWord      = regexp.MustCompile(`\b[a-z]{4}[a-z]{4,}\b`)
	listMarker    = regexp.MustCompile(`(?m)^([ \t]*)(\d{1,2})\. `)
	longPlain     = regexp.MustCompile(`\s[a-z]{9,}\s`)
)

// layouts change nothing but how the words are set.
var layouts = []mutation{
	{"as it is", func(s string) string { return s }},
	{"reflowed to 60", func(s string) string {
		return eachParagraph(s, func(p string) string { return wrap(p, 60, "") })
	}},
	{"one line a paragraph", func(s string) string {
		return eachParagraph(s, func(p string) string { return wrap(p, 1<<30, "") })
	}},
	{"all in one line", func(s string) string { return strings.Join(strings.Fields(s), " ") }},
	{"lower case", strings.ToLower},
	{"upper case", strings.ToUpper},
	{"CRLF", func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "\r", ""), "\n", "\r\n") }},
	{"old Mac line ends", func(s string) string {
		return strings.ReplaceAll(strings.ReplaceAll(s, "\r", ""), "\n", "\r")
	}},
	{"byte order mark", func(s string) string { return "\ufeff" + s }},
	{"UTF-16", func(s string) string { return utf16le(s) }},
	{"UTF-16 without a mark", func(s string) string { return utf16le(s)[2:] }},
	{"UTF-32", func(s string) string { return utf32be(s) }},
	{"smart quotes", func(s string) string {
		return smart(strings.NewReplacer("'", "\u2019", " - ", " \u2014 ", "--", "\u2013", "...", "\u2026").Replace(s))
	}},
	{"straight quotes", func(s string) string {
		return strings.NewReplacer("\u201c", `"`, "\u201d", `"`, "\u2018", "'", "\u2019", "'", "\u2013", "-", "\u2014",
			"--", "\u00a0", " ").Replace(s)
	}},
	{"quotes of Windows-1252", func(s string) string {
		return strings.NewReplacer("\u201c", "\x93", "\u201d", "\x94", "\u2019", "\x92", "\u2018", "\x91", "\u2013",
			"\x96", "\u2014", "\x97", "\u00a0", "\xa0").Replace(smart(s))
	}},
	{"quotes decoded twice", func(s string) string {
		return strings.NewReplacer("\u201c", "â€œ", "\u201d", "â€\u009d", "\u2019", "â€™", "\u2018", "â€˜", "\u2013",
			"â€“", "\u2014", "â€”").Replace(smart(s))
	}},
	{"no-break spaces", func(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }},
	{"code comment //", func(s string) string { return eachLine(s, "// ") }},
	{"code comment *", func(s string) string { return "/*\n" + eachLine(s, " * ") + "\n */" }},
	{"code comment #", func(s string) string { return eachLine(s, "# ") }},
	{"quoted >", func(s string) string { return eachLine(s, "> ") }},
	{"fenced", func(s string) string { return "# License\n\n```text\n" + s + "\n```\n" }},
	{"Markdown", markdown},
	{"HTML", webPage},
	{"HTML escaped twice", func(s string) string { return html.EscapeString(webPage(s)) }},
	{"JSON string", func(s string) string { b, _ := json.Marshal(s); return `{"license_text": ` + string(b) + `}` }},
	{"folded YAML", func(s string) string {
		return "---\nlicense: other\nextra_gated_prompt: >-\n" + eachParagraph(s, func(p string) string {
			return wrap(p, 80, "  ")
		}) + "\n---\n"
	}},
	{"quoted YAML", func(s string) string {
		b, _ := json.Marshal(s)
		return "---\nlicense: other\nextra_gated_prompt: " + strings.ReplaceAll(wrap(string(b), 80, "  "), "\n",
			"\\\n") + "\n---\n"
	}},
	{"PDF", pdf},
	{"PDF with page numbers", func(s string) string { return paged(pdf(s)) }},
	{"ligatures", func(s string) string {
		return strings.NewReplacer("ffi", "\ufb03", "ff", "\ufb00", "fi", "\ufb01", "fl", "\ufb02").Replace(s)
	}},
	{"soft hyphens", func(s string) string {
		return longPlain.ReplaceAllStringFunc(s, func(w string) string { return w[:6] + "\u00ad" + w[6:] })
	}},
	{"other list markers", func(s string) string { return listMarker.ReplaceAllString(s, "$1($2) ") }},
	{"British spelling", func(s string) string {
		return strings.NewReplacer("License", "Licence", "license", "licence", "organization", "organisation",
			"LICENSE", "LICENCE").Replace(s)
	}},
	{"https", func(s string) string { return strings.ReplaceAll(s, "http://", "https://") }},
	{"another holder", func(s string) string {
		return copyrightLine.ReplaceAllString(s,
			"Copyright (c) 2019-2031 Quillfeather Systems GmbH and the Brambletide contributors")
	}},
	{"accents decomposed", func(s string) string {
		return strings.NewReplacer("é", "e\u0301", "ü", "u\u0308").Replace(s)
	}},
}

// surroundings put the text among others.
var surroundings = []mutation{
	{"a heading before", func(s string) string { return "LICENCE OF THE BRAMBLETIDE MODELS\n\n" + s }},
	{"a heading in Chinese", func(s string) string { return "许可协议 / License\n\n版权所有 2025\n\n" + s }},
	{"a heading in German", func(s string) string { return "Lizenzvereinbarung\n(Fassung vom 3. Mai 2025)\n\n" + s }},
	{"front matter before", func(s string) string {
		return "---\ntitle: Terms\nlayout: page\ndate: 2025-05-03\n---\n\n" + s
	}},
	{"prose before", func(s string) string { return readme + "\n\n" + s }},
	{"prose behind", func(s string) string { return s + "\n\n" + readme }},
	{"inside a README", func(s string) string {
		return strings.Repeat(readme+"\n\n", 6) + "## License\n\n" + s + "\n\n" + strings.Repeat(readme+"\n\n", 4)
	}},
	{"in a NOTICE", func(s string) string {
		return "NOTICE\n\nThis product includes Brambletide Parser.\n" + strings.Repeat("=", 70) + "\n" + s + "\n" +
			strings.Repeat("=", 70) + "\nThis product includes Quillfeather.\n"
	}},
	{"twice", func(s string) string { return s + "\n\n----\n\n" + s }},
	{"dated", func(s string) string { return "Last modified: May 3, 2025\n\n" + s + "\n\nEffective May 10, 2025\n" }},
}

// readme is prose as a repository may have it, invented.
const readme = `# Brambletide

Brambletide is a small language model for the names of garden plants. It was
trained on 40 billion tokens of seed catalogues, which we describe in the data
sheet. To run it, install the package and call the command line tool:

    pip install brambletide
    brambletide describe "Rosa canina"

The evaluation script computes accuracy on three sets of questions; results are
in the table below. We thank everybody who sent corrections.`

func eachParagraph(s string, f func(string) string) string {
	parts := paragraphs.Split(s, -1)
	for i, p := range parts {
		parts[i] = f(p)
	}
	return strings.Join(parts, "\n\n")
}

func eachLine(s, prefix string) string {
	return prefix + strings.ReplaceAll(s, "\n", "\n"+prefix)
}

func wrap(p string, width int, indent string) string {
	var b strings.Builder
	column := 0
	for _, word := range strings.Fields(p) {
		if column > 0 && column+len(word) >= width {
			b.WriteString("\n")
			column = 0
		}
		if column == 0 {
			b.WriteString(indent)
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(word)
		column += len(word) + 1
	}
	return b.String()
}

func utf16le(s string) string {
	b := []byte{0xff, 0xfe}
	for _, r := range s {
		if r > 0xffff {
			r = '?'
		}
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

// smart turns pairs of straight quotes into curved ones.
func smart(s string) string {
	var b strings.Builder
	open := false
	for _, r := range s {
		if r == '"' {
			open = !open
			r = map[bool]rune{true: '\u201c', false: '\u201d'}[open]
		}
		b.WriteRune(r)
	}
	return b.String()
}

// markdown sets short lines as headings, bold terms and lists.
func markdown(s string) string {
	return eachParagraph(s, func(p string) string {
		if len(p) < 60 && !strings.Contains(p, "\n") {
			return "## **" + p + "**"
		}
		p = strings.NewReplacer("*", `\*`, "_", `\_`, `"`, `\"`).Replace(p)
		return listMarker.ReplaceAllString(strings.Replace(p, " the ", " **the** ", 1), "$1$2\\. ")
	})
}

func webPage(s string) string {
	body := eachParagraph(html.EscapeString(s), func(p string) string {
		return `<p class="terms" style="margin: 0">` + strings.ReplaceAll(strings.Replace(p, " the ",
			` <strong>the</strong>&nbsp;`, 1), "\n", "<br/>\n") + "</p>"
	})
	return "<!DOCTYPE html>\n<html><head><title>Terms</title><style>p { color: #333 }</style></head><body>\n<div id=\"main\">" + body + "</div>\n</body></html>"
}

// pdf sets a text in lines of 70 with words broken at their ends, as programs
// that read PDF give it.
func pdf(s string) string {
	return eachParagraph(s, func(p string) string {
		var lines []string
		for _, line := range strings.Split(wrap(p, 70, ""), "\n") {
			if m := longWord.FindStringIndex(line); m != nil && m[0] > 20 && !strings.Contains(line[m[0]:m[1]],
				"http") && line[m[0]-1] == ' ' {
				lines = append(lines, line[:m[0]+4]+"-", line[m[0]+4:])
				continue
			}
			lines = append(lines, line)
		}
		return strings.Join(lines, "\n")
	})
}

// paged puts a page number behind every fortieth line.
func paged(s string) string {
	lines := strings.Split(s, "\n")
	for i := 39; i < len(lines); i += 40 {
		if strings.HasSuffix(lines[i], "-") {
			i--
		}
		lines[i] += fmt.Sprintf("\n\n%d\n\f", i/40+1)
	}
	return strings.Join(lines, "\n")
}

// sentences returns the offsets behind the full stops of a text.
func sentences(s string) []int {
	var ends []int
	for i := 0; i+2 < len(s); i++ {
		if s[i] == '.' && (s[i+1] == ' ' || s[i+1] == '\n') && i > 2 && unicode.IsLower(rune(s[i-1])) &&
			unicode.IsLower(rune(s[i-2])) {
			ends = append(ends, i+1)
		}
	}
	return ends
}

func utf32be(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r>>24), byte(r>>16), byte(r>>8), byte(r))
	}
	return string(b)
}
