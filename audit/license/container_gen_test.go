package license_test

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
)

// Licences stand in odd containers: dialogs of programs, word processors'
// files, mail, generated documentation. Each generator makes one of them from a
// text by a seed, so that a run can be repeated and another seed tries others.
type container struct {
	name string
	make func(r *rand.Rand, text string) string
}

func pick(r *rand.Rand, list ...string) string { return list[r.IntN(len(list))] }

// mapLines applies f to each line.
func mapLines(text string, f func(line string) string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r", ""), "\n")
	for i := range lines {
		lines[i] = f(lines[i])
	}
	return strings.Join(lines, "\n")
}

var oddContainers = []container{
	{"HTML page", func(r *rand.Rand, s string) string {
		open, end := pick(r, "<p>", `<p class="c1">`, "<div>", "<P>"), ""
		end = "</" + strings.ToLower(strings.Trim(strings.Fields(open)[0], "<>")) + ">"
		body := strings.ReplaceAll(html.EscapeString(s), "\n\n", end+"\n"+open)
		if r.IntN(2) == 0 {
			body = strings.ReplaceAll(body, "\n", pick(r, "<br>\n", "<br/>\n", "\n"))
		}
		head := pick(r, "", "<style>body { font: 12px serif; color: #333 } p.c1 { margin: 0 }</style>",
			`<script type="text/javascript">var shown = true; function go(a, b) { return a && b; }</script>`)
		return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + pick(r, "License", "Legal", "About") +
			"</title>" + head + "</head>\n<body>\n<h1>" + pick(r, "License", "Legal notice", "Software licence") +
			"</h1>\n" + open + body + end + "\n</body></html>\n"
	}},
	{"HTML preformatted", func(r *rand.Rand, s string) string {
		return "<html><body><pre" + pick(r, "", ` class="license"`, ` style="white-space: pre-wrap"`) + ">" +
			html.EscapeString(s) + "</pre></body></html>"
	}},
	{"HTML of single letters' spans", func(r *rand.Rand, s string) string {
		words := strings.Fields(s)
		for i := range words {
			if r.IntN(12) == 0 {
				words[i] = "<span>" + html.EscapeString(words[i]) + "</span>"
			} else {
				words[i] = html.EscapeString(words[i])
			}
		}
		return "<div id=\"eula\">" + strings.Join(words, " ") + "</div>"
	}},
	{"Qt ui", func(r *rand.Rand, s string) string {
		rich := `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0//EN" "http://www.w3.org/TR/REC-html40/strict.dtd">` +
			"\n<html><head><meta name=\"qrichtext\" content=\"1\" /><style type=\"text/css\">\np, li { white-space: pre-wrap; }\n</style></head><body style=\" font-family:'Sans'; font-size:10pt; font-weight:400; font-style:normal;\">\n"
		for _, p := range strings.Split(s, "\n") {
			rich += `<p style=" margin-top:0px; margin-bottom:0px; margin-left:0px; margin-right:0px; -qt-block-indent:0; text-indent:0px;">` + html.EscapeString(p) + "</p>\n"
		}
		return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ui version=\"4.0\">\n <class>AboutDialog</class>\n <widget class=\"QDialog\" name=\"AboutDialog\">\n  <property name=\"geometry\">\n   <rect>\n    <x>0</x>\n    <y>0</y>\n    <width>" + fmt.Sprint(300+r.IntN(400)) + "</width>\n   </rect>\n  </property>\n  <widget class=\"QTextBrowser\" name=\"textBrowser\">\n   <property name=\"html\">\n    <string>" + html.EscapeString(rich+"</body></html>") + "</string>\n   </property>\n  </widget>\n </widget>\n <resources/>\n</ui>\n"
	}},
	{"RTF", func(r *rand.Rand, s string) string {
		var b strings.Builder
		for _, c := range s {
			switch {
			case c == '\\' || c == '{' || c == '}':
				b.WriteByte('\\')
				b.WriteRune(c)
			case c == '\n':
				b.WriteString(pick(r, "\\par\n", "\\par ", "\\line\n"))
			case c == '\u201c' || c == '\u201d' || c == '\u2019' || c == '\u2018':
				b.WriteString(map[rune]string{'\u201c': `\ldblquote `, '\u201d': `\rdblquote `, '\u2019': `\rquote `,
					'\u2018': `\lquote `}[c])
			case c > 0xff:
				fmt.Fprintf(&b, `\u%d?`, c)
			case c > 0x7f:
				fmt.Fprintf(&b, `\'%02x`, c)
			default:
				b.WriteRune(c)
			}
		}
		return `{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil Courier New;}}` + "\n" +
			`{\colortbl ;\red0\green0\blue255;}` + "\n" + `{\*\generator Writer 1.0;}\viewkind4\uc1\pard\f0\fs` +
			pick(r, "18", "20", "24") + " " + b.String() + `\par}`
	}},
	{"line comments", func(r *rand.Rand, s string) string {
		mark := pick(r, "// ", "# ", ";; ", "-- ", "% ", "\" ", "' ", "REM ", "! ", "dnl ", "/// ", "//! ")
		return mapLines(s, func(l string) string {
			return mark + l
		}) + pick(r, "\n\npackage main\n", "\n\nimport os\n", "\n")
	}},
	{"block comment", func(r *rand.Rand, s string) string {
		switch r.IntN(4) {
		case 0:
			return "/*\n" + mapLines(s, func(l string) string { return " * " + l }) + "\n */\n#include <stdio.h>\n"
		case 1:
			return "<!--\n" + s + "\n-->\n"
		case 2:
			return "(*\n" + mapLines(s, func(l string) string { return " * " + l }) + "\n *)\n"
		}
		return "/" + strings.Repeat("*", 70) + "\n" + mapLines(s, func(l string) string {
			return fmt.Sprintf("* %-66s *", l)
		}) + "\n" + strings.Repeat("*", 70) + "/\n"
	}},
	{"string literals", func(r *rand.Rand, s string) string {
		q := func(l string) string { return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(l) }
		switch r.IntN(3) {
		case 0:
			return "static const char *license =\n" + mapLines(s, func(l string) string {
				return "\t\"" + q(l) + `\n"`
			}) + ";\n"
		case 1:
			return "LICENSE = \"\"\"\n" + s + "\n\"\"\"\n\n__all__ = []\n"
		}
		return "String license = " + mapLines(s, func(l string) string { return `"` + q(l) + `\n" +` }) + "\n\"\";\n"
	}},
	{"quoted mail", func(r *rand.Rand, s string) string {
		mark := strings.Repeat(pick(r, "> ", ">", "| "), 1+r.IntN(3))
		return "From: Someone <someone@example.org>\nTo: list@example.org\nSubject: Re: which licence?\nDate: Mon, 3 Feb 2020 10:11:12 +0100\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nOn Monday, Another wrote:\n" + mapLines(s, func(l string) string {
			return mark + l
		}) + "\n\nThanks, that is it.\n-- \nSomeone\n"
	}},
	{"quoted-printable mail", func(r *rand.Rand, s string) string {
		var b strings.Builder
		b.WriteString("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n")
		for _, line := range strings.Split(s, "\n") {
			n := 0
			for i := 0; i < len(line); i++ {
				c := line[i]
				out := string(c)
				if c == '=' || c > 126 || c < 32 && c != '\t' {
					out = fmt.Sprintf("=%02X", c)
				}
				if n+len(out) > 75 {
					b.WriteString("=\n")
					n = 0
				}
				b.WriteString(out)
				n += len(out)
			}
			b.WriteByte('\n')
		}
		return b.String()
	}},
	{"manual page", func(r *rand.Rand, s string) string {
		return ".TH LICENSE 7 \"2020-01-01\"\n.SH NAME\nlicense \\- terms\n.SH LICENSE\n.nf\n" + mapLines(s,
			func(l string) string {
				l = strings.ReplaceAll(strings.ReplaceAll(l, `\`, `\e`), "-", pick(r, "-", `\-`))
				if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
					l = `\&` + l
				}
				if strings.TrimSpace(l) == "" {
					return ".PP"
				}
				return l
			}) + "\n.fi\n"
	}},
	{"TeX", func(r *rand.Rand, s string) string {
		s = strings.NewReplacer(`\`, `\textbackslash{}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`, "{",
			`\{`, "}", `\}`).Replace(s)
		return "\\documentclass{article}\n\\begin{document}\n\\section*{License}\n" + s + "\n\\end{document}\n"
	}},
	{"reStructuredText", func(r *rand.Rand, s string) string {
		return "License\n=======\n\n" + pick(r, "::\n\n", ".. code-block:: none\n\n", ".. note::\n\n") + mapLines(s,
			func(l string) string { return "    " + l }) + "\n\n.. toctree::\n   :maxdepth: 1\n\n   index\n"
	}},
	{"generated documentation", func(r *rand.Rand, s string) string {
		return "<!-- HTML header for doxygen 1.9.1-->\n<html><body><div id=\"titlearea\"><table cellspacing=\"0\"><tbody><tr><td id=\"projectname\">Foo</td></tr></tbody></table></div><div class=\"contents\"><div class=\"textblock\"><p>" + strings.ReplaceAll(html.EscapeString(s), "\n\n", "</p>\n<p>") + "</p>\n</div></div><hr class=\"footer\"/><address class=\"footer\"><small>Generated by doxygen 1.9.1</small></address></body></html>"
	}},
	{"Java properties", func(r *rand.Rand, s string) string {
		return "about.title=About\nabout.license=" + strings.ReplaceAll(strings.ReplaceAll(s, `\`, `\\`), "\n",
			"\\n\\\n    ") + "\nabout.close=Close\n"
	}},
	{"Debian copyright", func(r *rand.Rand, s string) string {
		return "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: foo\nSource: https://example.org/foo\n\nFiles: *\nCopyright: 2020 Someone\nLicense: custom\n" + mapLines(s, func(l string) string {
			if strings.TrimSpace(l) == "" {
				return " ."
			}
			return " " + l
		}) + "\n"
	}},
	{"XML element", func(r *rand.Rand, s string) string {
		if r.IntN(2) == 0 && !strings.Contains(s, "]]>") {
			return "<?xml version=\"1.0\"?>\n<package><metadata><license><![CDATA[" + s +
				"]]></license></metadata></package>\n"
		}
		return "<?xml version=\"1.0\"?>\n<component type=\"desktop\"><description><para>" +
			strings.ReplaceAll(html.EscapeString(s), "\n\n", "</para><para>") + "</para></description></component>\n"
	}},
	{"a heading before", func(r *rand.Rand, s string) string {
		return pick(r, "Third party software used by Foo\n\n", "# Foo\n\nThis file holds the licence.\n\n",
			"==== LICENSE ====\n\n", "Foo 2.1\nCopyright 2020 Someone\n\nLicense terms follow.\n\n", "Appendix B\n\n") +
			s
	}},
	{"a stray mark within", func(r *rand.Rand, s string) string {
		words := strings.Fields(s)
		for range 1 + len(words)/200 {
			i := r.IntN(len(words))
			words[i] = pick(r, `"`, "'", "`", "*", "_", "|", "\u00b6", "\u2022", "~") + words[i]
		}
		return strings.Join(words, " ")
	}},
	{"numbered lines", func(r *rand.Rand, s string) string {
		n := 0
		return mapLines(s, func(l string) string { n++; return fmt.Sprintf("%4d  %s", n, l) })
	}},
	{"a patch", func(r *rand.Rand, s string) string {
		return "diff --git a/LICENSE b/LICENSE\nnew file mode 100644\nindex 0000000..1234567\n--- /dev/null\n+++ b/LICENSE\n@@ -0,0 +1,20 @@\n" + mapLines(s, func(l string) string {
			return "+" + l
		}) + "\n"
	}},
	{"Jupyter notebook", func(r *rand.Rand, s string) string {
		q := func(l string) string { return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\t", `\t`).Replace(l) }
		return "{\n \"cells\": [\n  {\n   \"cell_type\": \"markdown\",\n   \"metadata\": {},\n   \"source\": [\n" +
			strings.TrimSuffix(mapLines(s, func(l string) string {
				return "    \"" + q(l) + `\n",`
			}), ",") + "\n   ]\n  }\n ],\n \"nbformat\": 4\n}\n"
	}},
}
