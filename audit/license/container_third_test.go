package license_test

import (
	"encoding/binary"
	"fmt"
	"html"
	"math/rand/v2"
	"regexp"
	"strings"
	"unicode/utf16"
)

// A third set of containers, written before its first run: what the first two
// leave out of comments, office documents, resources of programs and listings.
func init() {
	oddContainers = append(oddContainers, thirdContainers...)
}

// quoted puts a text into a string of a programming language.
func quotedText(s string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s)
}

// numeric writes the signs and some letters as numeric entities.
func numeric(r *rand.Rand, s string) string {
	var b strings.Builder
	for _, c := range s {
		switch {
		case c > 0x7f || c == '"' || c == '\'' || c == '<' || c == '>' || c == '&':
			fmt.Fprintf(&b, pick(r, "&#%d;", "&#x%x;"), c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

var wordRun = regexp.MustCompile(`\S+\s*`)

// runs puts each few words of a text into an element, as word processors do.
func runs(r *rand.Rand, s, open, end string) string {
	var b strings.Builder
	words := wordRun.FindAllString(s, -1)
	for len(words) > 0 {
		n := min(len(words), 1+r.IntN(9))
		run := strings.Join(words[:n], "")
		words = words[n:]
		// formatting changes within a word
		if cut := len(run) / 2; r.IntN(4) == 0 && cut > 0 && run[cut] < 0x80 && run[cut-1] < 0x80 {
			b.WriteString(open + html.EscapeString(run[:cut]) + end)
			run = run[cut:]
		}
		b.WriteString(open + html.EscapeString(run) + end)
	}
	return b.String()
}

var thirdContainers = []container{
	{"rare line comments", func(r *rand.Rand, s string) string {
		mark := pick(r, "C     ", "      * ", "      *> ", ";;; ", "{- | ", ":: ", `\ `, "* ", "@c ", "\\* ", "NB. ",
			"//// ", "##  ", "'''", "!> ", "--- ")
		return mapLines(s, func(l string) string { return mark + l }) + "\n"
	}},
	{"rare block comments", func(r *rand.Rand, s string) string {
		switch r.IntN(7) {
		case 0:
			return "{-\n" + mapLines(s, func(l string) string { return "  " + l }) + "\n-}\nmodule Main where\n"
		case 1:
			return "=begin\n" + s + "\n=end\nrequire 'json'\n"
		case 2:
			return "=head1 LICENSE\n\n" + s + "\n\n=cut\n\nuse strict;\n"
		case 3:
			return "%{\n" + s + "\n%}\nfunction y = f(x)\n"
		case 4:
			return "{*\n" + mapLines(s, func(l string) string { return " * " + l }) + "\n *}\nunit Main;\n"
		case 5:
			return "#|\n" + s + "\n|#\n(define x 1)\n"
		}
		return "--[[\n" + s + "\n]]\nlocal x = 1\n"
	}},
	{"XML documentation comment", func(_ *rand.Rand, s string) string {
		return "/// <copyright>\n" + mapLines(html.EscapeString(s), func(l string) string {
			return "/// " + l
		}) + "\n/// </copyright>\nnamespace Foo;\n"
	}},
	{"Qt ui plain string", func(_ *rand.Rand, s string) string {
		return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ui version=\"4.0\">\n <widget class=\"QPlainTextEdit\" name=\"license\">\n  <property name=\"readOnly\"><bool>true</bool></property>\n  <property name=\"plainText\">\n   <string notr=\"true\">" + html.EscapeString(s) + "</string>\n  </property>\n </widget>\n</ui>\n"
	}},
	{"numeric entities", func(r *rand.Rand, s string) string {
		return "<html><body><textarea readonly rows=\"20\">" + strings.ReplaceAll(numeric(r, s), "  ", "&nbsp;&nbsp;") +
			"</textarea></body></html>\n"
	}},
	{"Word document", func(r *rand.Rand, s string) string {
		var b strings.Builder
		b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" +
			`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
		for _, p := range strings.Split(s, "\n") {
			b.WriteString(`<w:p w:rsidR="00A77B3E"><w:pPr><w:pStyle w:val="Normal"/></w:pPr>` + runs(r, p,
				`<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t xml:space="preserve">`, `</w:t></w:r>`) + `</w:p>`)
		}
		return b.String() + `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`
	}},
	{"OpenDocument", func(r *rand.Rand, s string) string {
		var b strings.Builder
		b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body><office:text>`)
		for _, p := range strings.Split(s, "\n") {
			b.WriteString(`<text:p text:style-name="P1">` + runs(r, p, `<text:span text:style-name="T1">`,
				`</text:span>`) + `</text:p>`)
		}
		return b.String() + `</office:text></office:body></office:document-content>`
	}},
	{"PDF text", func(r *rand.Rand, s string) string {
		s = strings.NewReplacer("ffi", "ﬃ", "fi", "ﬁ", "fl", "ﬂ").Replace(s)
		var b strings.Builder
		col, lines, page := 0, 0, 1
		title := pick(r, "Foo User Manual", "Appendix C. Licence", "Open Source Notices")
		for _, w := range strings.Fields(s) {
			if col > 62 && len(w) > 8 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") == "" {
				b.WriteString(w[:5] + "-\n" + w[5:] + " ")
				col, lines = len(w)-5, lines+1
			} else {
				if col+len(w) > 72 {
					b.WriteByte('\n')
					col, lines = 0, lines+1
				}
				b.WriteString(w + " ")
				col += len(w) + 1
			}
			if lines >= 38 {
				fmt.Fprintf(&b, "\n%s\n%d\n\f%s\n\n", title, page, pick(r, title, ""))
				lines, col, page = 0, 0, page+1
			}
		}
		return b.String()
	}},
	{"manual page with macros", func(r *rand.Rand, s string) string {
		return ".\\\" Automatically generated\n.TH FOO 1\n.SH COPYRIGHT\n" + mapLines(s, func(l string) string {
			l = strings.NewReplacer(`\`, `\e`, "-", pick(r, "-", `\-`), "“", `\(lq`, "”", `\(rq`, "\"",
				pick(r, `"`, `\(dq`)).Replace(l)
			switch {
			case strings.TrimSpace(l) == "":
				return pick(r, ".PP", ".sp", ".LP", ".br")
			case strings.HasPrefix(l, "."), strings.HasPrefix(l, "'"):
				return `\&` + l
			case r.IntN(9) == 0:
				return pick(r, ".B ", ".I ", ".IP \\(bu 2\n") + l
			case r.IntN(9) == 0:
				return `\fB` + l + `\fR`
			}
			return l
		}) + "\n"
	}},
	{"LaTeX with quotes and items", func(r *rand.Rand, s string) string {
		s = strings.NewReplacer(`\`, `\textbackslash{}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`, "“",
			"``", "”", "''", "©", `\copyright{}`, "é", `\'e`).Replace(s)
		return "\\chapter{Licence}\\label{sec:licence}\n{\\small\n" + mapLines(s, func(l string) string {
			if r.IntN(14) == 0 && strings.TrimSpace(l) != "" {
				return pick(r, `\textbf{`, `\emph{`, `\texttt{`) + l + "}"
			}
			return l
		}) + "\n}\n\\index{licence}\n"
	}},
	{"Texinfo", func(_ *rand.Rand, s string) string {
		s = strings.NewReplacer("@", "@@", "{", "@{", "}", "@}", "©", "@copyright{}", "“", "``", "”", "''").Replace(s)
		return "@node Copying\n@appendix Copying\n@cindex licence\n\n@quotation\n" + s + "\n@end quotation\n\n@bye\n"
	}},
	{"reStructuredText with line blocks", func(_ *rand.Rand, s string) string {
		return "Copying\n-------\n\n.. highlights::\n\n" + mapLines(s, func(l string) string {
			return "   | " + l
		}) + "\n\n.. _GPL: https://example.org\n"
	}},
	{"AsciiDoc quote", func(r *rand.Rand, s string) string {
		return "[appendix]\n== Licence\n\n" + pick(r, "[quote]\n____\n", "[verse]\n____\n", "====\n") + s + "\n" +
			pick(r, "____", "====") + "\n\n<<<\n"
	}},
	{"Markdown quote or fence", func(r *rand.Rand, s string) string {
		switch r.IntN(3) {
		case 0:
			return "# Foo\n\n## Licence\n\n" + mapLines(s, func(l string) string {
				return "> " + l
			}) + "\n\n## Thanks\n\nTo everybody.\n"
		case 1:
			return "# Foo\n\nLicence:\n\n```text\n" + s + "\n```\n"
		}
		return "<details>\n<summary>Licence</summary>\n\n" + mapLines(s, func(l string) string {
			return "    " + l
		}) + "\n\n</details>\n"
	}},
	{"TOML string", func(_ *rand.Rand, s string) string {
		return "[package]\nname = \"foo\"\nlicense = \"\"\"\n" + strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`),
			`"""`, `\"\"\"`) + "\"\"\"\n\n[dependencies]\n"
	}},
	{"YAML folded or quoted", func(r *rand.Rand, s string) string {
		if r.IntN(2) == 0 {
			return "foo:\n  licence: >-\n" + mapLines(s, func(l string) string {
				return "    " + l
			}) + "\n  home: https://example.org\n"
		}
		return "licence: \"" + quotedText(s) + "\"\nversion: 2\n"
	}},
	{"JSON list of lines", func(_ *rand.Rand, s string) string {
		return "{\"license\": [\n" + strings.TrimSuffix(mapLines(s, func(l string) string {
			return `  "` + quotedText(l) + `",`
		}), ",") + "\n], \"version\": 3}\n"
	}},
	{"escaped script string", func(_ *rand.Rand, s string) string {
		var b strings.Builder
		for _, c := range s {
			switch {
			case c > 0xffff:
				hi, lo := utf16.EncodeRune(c)
				fmt.Fprintf(&b, `\u%04x\u%04x`, hi, lo)
			case c > 0x7f || c == '<' || c == '>' || c == '&' || c == '\'':
				fmt.Fprintf(&b, `\u%04x`, c)
			default:
				b.WriteString(quotedText(string(c)))
			}
		}
		return "window.licence = \"" + b.String() + "\";\n"
	}},
	{"Android resource", func(_ *rand.Rand, s string) string {
		s = strings.NewReplacer(`\`, `\\`, "'", `\'`, "\"", `\"`, "\n", "\\n\n        ").Replace(s)
		return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<resources>\n    <string name=\"licence\">" +
			strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s) + "</string>\n</resources>\n"
	}},
	{"installer script", func(_ *rand.Rand, s string) string {
		return "LangString LICENCE ${LANG_ENGLISH} \"" + strings.NewReplacer("$", "$$", "\"", `$\"`, "\n",
			`$\r$\n`).Replace(s) + "\"\n"
	}},
	{"search output", func(_ *rand.Rand, s string) string {
		n := 0
		return mapLines(s, func(l string) string { n++; return fmt.Sprintf("LICENSE.txt:%d:%s", n, l) })
	}},
	{"listing with bars", func(_ *rand.Rand, s string) string {
		n := 0
		return mapLines(s, func(l string) string { n++; return fmt.Sprintf("%5d | %s", n, l) })
	}},
	{"SPDX tag value", func(_ *rand.Rand, s string) string {
		return "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nDocumentName: foo\nCreator: Tool: x\n\nLicenseID: LicenseRef-1\nExtractedText: <text>" + s + "</text>\nLicenseName: NOASSERTION\n"
	}},
	{"forwarded mail in German", func(r *rand.Rand, s string) string {
		mark := pick(r, "> ", "> > ", ">> ", "AW> ")
		return "Am 3. Februar 2020 schrieb Jemand:\n\n" + mapLines(s, func(l string) string {
			return strings.TrimRight(mark+l, " ")
		}) + "\n\nGrüße\n-- \nJemand\n"
	}},
	{"UTF-16 with a mark", func(r *rand.Rand, s string) string {
		var order binary.AppendByteOrder = binary.LittleEndian
		if r.IntN(2) == 0 {
			order = binary.BigEndian
		}
		b := order.AppendUint16(nil, 0xfeff)
		for _, u := range utf16.Encode([]rune(strings.ReplaceAll(s, "\n", "\r\n"))) {
			b = order.AppendUint16(b, u)
		}
		return string(b)
	}},
	{"UTF-8 with a mark and old line ends", func(_ *rand.Rand, s string) string {
		return "\ufeff" + strings.ReplaceAll(s, "\n", "\r")
	}},
	{"Windows-1252", func(r *rand.Rand, s string) string {
		s = strings.NewReplacer("“", "\x93", "”", "\x94", "‘", "\x91", "’", "\x92", "–", "\x96", "—", "\x97", "•",
			"\x95", "…", "\x85", "©", "\xa9", "é", "\xe9", "ä", "\xe4").Replace(s)
		if r.IntN(2) == 0 {
			s = strings.ReplaceAll(s, `"`, "\x93")
		}
		return s
	}},
	{"a title before and a stray mark", func(r *rand.Rand, s string) string {
		at := r.IntN(len(s)/2 + 1)
		for at > 0 && s[at-1] != ' ' {
			at--
		}
		return pick(r, "FOO LICENCE\n\n", "Exhibit A\n\n", "* * *\n\n",
			"Licence of the fonts\n====================\n\n") + s[:at] + pick(r, `"`, "''", "``", "”", "«", "(", "[") +
			s[at:]
	}},
}
