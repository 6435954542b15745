package license_test

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
)

// A fourth set of containers, written before its first run: pages in columns and with running
// heads, views of files on the web, notices that tools for building gather, and the ways in
// which mail and manifests fold lines.
func init() {
	oddContainers = append(oddContainers, fourthContainers...)
}

// fill breaks a text into lines of a width; a blank line stays one.
func fill(s string, width int) []string {
	var lines []string
	for _, p := range strings.Split(s, "\n\n") {
		lines = append(lines, strings.Split(wrap(strings.Join(strings.Fields(p), " "), width, ""), "\n")...)
		lines = append(lines, "")
	}
	return lines
}

// folded cuts each line after n bytes, between signs, and begins what follows with a mark.
func folded(s string, n int, mark string) string {
	return mapLines(s, func(l string) string {
		var b strings.Builder
		at := 0
		for _, c := range l {
			if at >= n {
				b.WriteString("\n" + mark)
				at = len(mark)
			}
			b.WriteRune(c)
			at += len(string(c))
		}
		return b.String()
	})
}

// hyphenated cuts some long words at the ends of lines.
func hyphenated(r *rand.Rand, lines []string) string {
	for i, l := range lines[:max(0, len(lines)-1)] {
		words := strings.Fields(l)
		if len(words) < 3 || lines[i+1] == "" || r.IntN(5) > 0 {
			continue
		}
		last := words[len(words)-1]
		if len(last) < 7 || strings.ContainsFunc(last, func(c rune) bool { return c < 'a' || c > 'z' }) {
			continue
		}
		cut := 3 + r.IntN(len(last)-5)
		lines[i] = strings.TrimSuffix(l, last) + last[:cut] + "-"
		lines[i+1] = last[cut:] + " " + lines[i+1]
	}
	return strings.Join(lines, "\n")
}

var fourthContainers = []container{
	{"two columns, one behind the other", func(r *rand.Rand, s string) string {
		lines := fill(s, 42)
		var b strings.Builder
		for page := 1; len(lines) > 0; page++ {
			n := min(len(lines), 2*(40+r.IntN(10)))
			fmt.Fprintf(&b, "%s\n\n%s\n\n%s\n%d\n\f", pick(r, "Terms", "ACME Corp."), strings.Join(lines[:n/2], "\n"),
				strings.Join(lines[n/2:n], "\n"), page)
			lines = lines[n:]
		}
		return b.String()
	}},
	{"PDF with running heads and hyphens", func(r *rand.Rand, s string) string {
		lines := strings.Split(hyphenated(r, fill(s, 70)), "\n")
		head := pick(r, "User Guide 2.1", "Annual Report 2021", "Appendix C", "Open source notices")
		var b strings.Builder
		for page := 200 + r.IntN(100); len(lines) > 0; page++ {
			n := min(len(lines), 38+r.IntN(8))
			foot := pick(r, fmt.Sprintf("%d", page), fmt.Sprintf("Page %d of 312", page), fmt.Sprintf("- %d -", page))
			fmt.Fprintf(&b, "%s\n%s\n%s\n\f", head, strings.Join(lines[:n], "\n"), foot)
			lines = lines[n:]
		}
		return b.String()
	}},
	{"file view of a forge", func(r *rand.Rand, s string) string {
		var b strings.Builder
		shown := r.IntN(2) == 0 // else a style sheet shows the numbers
		b.WriteString("<!DOCTYPE html><html><head><title>LICENSE at main</title></head><body><table class=\"highlight\">\n")
		for i, l := range strings.Split(s, "\n") {
			number := ""
			if shown {
				number = fmt.Sprint(i + 1)
			}
			fmt.Fprintf(&b, "<tr>\n<td id=\"L%d\" class=\"blob-num\" data-line-number=\"%d\">%s</td>\n<td id=\"LC%d\" class=\"blob-code\">%s</td>\n</tr>\n",
				i+1, i+1, number, i+1, html.EscapeString(l))
		}
		return b.String() + "</table></body></html>\n"
	}},
	{"acknowledgements list", func(r *rand.Rand, s string) string {
		return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//ACME//DTD PLIST 1.0//EN\" \"http://example.org/x.dtd\">\n" +
			"<plist version=\"1.0\">\n<dict>\n\t<key>PreferenceSpecifiers</key>\n\t<array>\n\t\t<dict>\n\t\t\t<key>FooterText</key>\n\t\t\t<string>" +
			html.EscapeString(s) + "</string>\n\t\t\t<key>Title</key>\n\t\t\t<string>" + pick(r, "Falco", "Heron") +
			"</string>\n\t\t\t<key>Type</key>\n\t\t\t<string>PSGroupSpecifier</string>\n\t\t</dict>\n\t</array>\n</dict>\n</plist>\n"
	}},
	{"manifest with folded lines", func(_ *rand.Rand, s string) string {
		return "Manifest-Version: 1.0\nBundle-License: " + folded(strings.Join(strings.Fields(s), " "), 70, " ") + "\n"
	}},
	{"mail that a reader wrapped", func(r *rand.Rand, s string) string {
		mark := strings.Repeat(">", 1+r.IntN(3)) + " "
		var b strings.Builder
		for _, l := range fill(s, 76) {
			words := strings.Fields(l)
			if n := len(words); n > 6 && r.IntN(3) > 0 {
				b.WriteString(mark + strings.Join(words[:n-2], " ") + "\n" + strings.Join(words[n-2:], " ") + "\n")
			} else {
				b.WriteString(mark + l + "\n")
			}
		}
		return "On Tue, Heron wrote:\n" + b.String()
	}},
	{"SQL string", func(_ *rand.Rand, s string) string {
		return "INSERT INTO licences (id, body) VALUES (7, '" + strings.ReplaceAll(s, "'", "''") + "');\n"
	}},
	{"PostScript", func(_ *rand.Rand, s string) string {
		return "%!PS-Adobe-3.0\n/Courier findfont 10 scalefont setfont\n" + mapLines(s, func(l string) string {
			return "(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(l) + ") show nl"
		}) + "\nshowpage\n"
	}},
	{"Perl documentation", func(_ *rand.Rand, s string) string {
		return "package Heron;\n1;\n__END__\n\n=head1 NAME\n\nHeron - a bird\n\n=head1 LICENSE\n\n" +
			mapLines(s, func(l string) string { return "  " + l }) + "\n\n=cut\n"
	}},
	{"Lua or Haskell block", func(r *rand.Rand, s string) string {
		if r.IntN(2) == 0 {
			return "--[[\n" + s + "\n]]\nlocal M = {}\nreturn M\n"
		}
		return "{-|\nModule      : Heron\n" + mapLines(s, func(l string) string { return "   " + l }) + "\n-}\nmodule Heron where\n"
	}},
	{"two sets of comment marks", func(r *rand.Rand, s string) string {
		mark := pick(r, "// * ", "# # ", "//! // ", "; * ", "*** // ")
		return mapLines(s, func(l string) string { return mark + l }) + "\nint main() {}\n"
	}},
	{"Markdown table of notices", func(_ *rand.Rand, s string) string {
		return "| Package | Licence |\n|---|---|\n| heron | " + strings.ReplaceAll(strings.ReplaceAll(s, "|", `\|`), "\n", "<br>") + " |\n"
	}},
	{"Markdown details", func(_ *rand.Rand, s string) string {
		return "# Notices\n\n<details>\n<summary>heron 1.2.3</summary>\n\n````text\n" + s + "\n````\n\n</details>\n"
	}},
	{"generated notices with rules", func(r *rand.Rand, s string) string {
		rule := strings.Repeat(pick(r, "-", "=", "*", "~", "_"), 78)
		return "THIRD-PARTY SOFTWARE NOTICES AND INFORMATION\n\n" + rule + "\n\nheron@1.2.3 - https://example.org/heron\n" +
			rule + "\n\n" + s + "\n\n" + rule + "\n"
	}},
	{"electronic book", func(r *rand.Rand, s string) string {
		var b strings.Builder
		for _, l := range fill(s, 60+r.IntN(30)) {
			b.WriteString("<p class=\"calibre1\"><span class=\"t" + fmt.Sprint(r.IntN(9)) + "\">" + html.EscapeString(l) + "</span></p>\n")
		}
		return "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body class=\"calibre\">\n" + b.String() + "</body></html>\n"
	}},
	{"subtitles", func(_ *rand.Rand, s string) string {
		var b strings.Builder
		for i, l := range fill(s, 60) {
			if l != "" {
				fmt.Fprintf(&b, "%d\n00:%02d:%02d,000 --> 00:%02d:%02d,500\n%s\n\n", i+1, i/60, i%60, i/60, i%60, l)
			}
		}
		return b.String()
	}},
	{"origin of lines", func(r *rand.Rand, s string) string {
		n := 0
		return mapLines(s, func(l string) string {
			n++
			return fmt.Sprintf("%08x (Heron %d-0%d-1%d 10:11:12 +0100 %4d) %s", r.Uint32(), 2010+r.IntN(9), 1+r.IntN(9), r.IntN(9), n, l)
		})
	}},
	{"lines between borders", func(r *rand.Rand, s string) string {
		bar := pick(r, "|", "║", "#", "*", "!")
		var b strings.Builder
		for _, l := range fill(s, 66) {
			fmt.Fprintf(&b, "%s %-68s %s\n", bar, l, bar)
		}
		return b.String()
	}},
	{"licence as a function's text", func(r *rand.Rand, s string) string {
		return "<?php\nfunction licence() {\n    return <<<'" + pick(r, "EOT", "TEXT", "EOL") + "'\n" + s + "\nEOT;\n}\n"
	}},
	{"web page with a menu", func(_ *rand.Rand, s string) string {
		return "<html><body><nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/docs\">Docs</a></li><li>About</li></ul></nav>\n<main><h1>Licence</h1>\n<p>" +
			strings.ReplaceAll(html.EscapeString(s), "\n\n", "</p>\n<p>") +
			"</p></main>\n<footer><p>© 2021 Heron. All pages are made with a generator.</p></footer></body></html>\n"
	}},
}
