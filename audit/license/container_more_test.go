package license_test

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf16"
)

// More containers, written after the first had been mended: encodings, listings and
// files of other programs.
func init() {
	oddContainers = append(oddContainers, moreContainers...)
}

var moreContainers = []container{
	{"UTF-16 without a mark", func(r *rand.Rand, s string) string {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			if len(s)%2 == 0 {
				b = binary.LittleEndian.AppendUint16(b, u)
			} else {
				b = binary.BigEndian.AppendUint16(b, u)
			}
		}
		return string(b)
	}},
	{"UTF-32", func(r *rand.Rand, s string) string {
		var b []byte
		var order binary.AppendByteOrder = binary.LittleEndian
		if r.IntN(2) == 0 {
			order = binary.BigEndian
		}
		if r.IntN(2) == 0 {
			b = order.AppendUint32(b, 0xfeff)
		}
		for _, c := range s {
			b = order.AppendUint32(b, uint32(c))
		}
		return string(b)
	}},
	{"Latin-1", func(r *rand.Rand, s string) string {
		var b []byte
		for _, c := range s {
			if c < 256 {
				b = append(b, byte(c))
			} else {
				b = append(b, '?')
			}
		}
		return string(b)
	}},
	{"JSON string", func(r *rand.Rand, s string) string {
		text, err := json.Marshal(s)
		if err != nil {
			panic(err)
		}
		return "{\n  \"name\": \"foo\",\n  \"licenseText\": " + string(text) + "\n}\n"
	}},
	{"YAML block", func(r *rand.Rand, s string) string {
		return "name: foo\nlicense: |\n" + mapLines(s, func(l string) string { return "  " + l }) + "\nversion: 1\n"
	}},
	{"CSV cell", func(r *rand.Rand, s string) string {
		return "name,license\nfoo,\"" + strings.ReplaceAll(s, `"`, `""`) + "\"\n"
	}},
	{"hyphens at line ends", func(r *rand.Rand, s string) string {
		words := strings.Fields(s)
		var b strings.Builder
		n := 0
		for _, w := range words {
			if n > 60 && len(w) > 7 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") == "" {
				b.WriteString(w[:4] + "-\n" + w[4:] + " ")
				n = 0
				continue
			}
			if n > 70 {
				b.WriteByte('\n')
				n = 0
			}
			b.WriteString(w + " ")
			n += len(w) + 1
		}
		return b.String()
	}},
	{"pages", func(r *rand.Rand, s string) string {
		lines := strings.Split(s, "\n")
		var b strings.Builder
		for i, l := range lines {
			b.WriteString(l + "\n")
			if i%40 == 39 {
				fmt.Fprintf(&b, "\f\n%sPage %d of %d\n\n", strings.Repeat(" ", 30), i/40+1, len(lines)/40+1)
			}
		}
		return b.String()
	}},
	{"translation catalogue", func(r *rand.Rand, s string) string {
		q := func(l string) string { return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(l) }
		return "#: about.c:12\nmsgid \"\"\n" + mapLines(s, func(l string) string {
			return `"` + q(l) + `\n"`
		}) + "\nmsgstr \"\"\n"
	}},
	{"echo commands", func(r *rand.Rand, s string) string {
		return "@echo off\r\n" + mapLines(s, func(l string) string { return "echo " + l + "\r" })
	}},
	{"AsciiDoc", func(r *rand.Rand, s string) string {
		return "= License\n:toc:\n\n....\n" + s + "\n....\n"
	}},
	{"base64 mail", func(r *rand.Rand, s string) string {
		enc := base64.StdEncoding.EncodeToString([]byte(s))
		var b strings.Builder
		b.WriteString("MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n")
		for len(enc) > 76 {
			b.WriteString(enc[:76] + "\n")
			enc = enc[76:]
		}
		return b.String() + enc + "\n"
	}},
	{"listing with colons", func(r *rand.Rand, s string) string {
		n := 0
		return mapLines(s, func(l string) string { n++; return fmt.Sprintf("%d:%s", n, l) })
	}},
	{"Word HTML", func(r *rand.Rand, s string) string {
		return `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0cm;} --></style></head><body lang=EN-US>` + mapLines(strings.ReplaceAll(strings.ReplaceAll(s, "&", "&amp;"), "<", "&lt;"), func(l string) string {
			return "<p class=MsoNormal><span style='font-size:10.0pt'>" + l + "<o:p></o:p></span></p>"
		}) + "</body></html>"
	}},
	{"Mediawiki", func(r *rand.Rand, s string) string {
		return "== License ==\n<pre><nowiki>\n" + s + "\n</nowiki></pre>\n[[Category:Legal]]\n"
	}},
}
