package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"openness/audit/replay/replaytest"
)

// pdfOf writes a PDF of plain text, sixty lines a page.
func pdfOf(text string) string {
	marks := strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`)
	var pages [][]string
	for i, line := range strings.Split(marks.Replace(text), "\n") {
		if i%60 == 0 {
			pages = append(pages, nil)
		}
		pages[len(pages)-1] = append(pages[len(pages)-1], line)
	}
	return madePDF(pages...)
}

// hanPDF writes a PDF whose letters are drawn by number, as in files of Chinese makers:
// which letter a number is stands in a table of the font.
func hanPDF(lines ...string) string {
	var content, table strings.Builder
	numbers := map[uint16]bool{}
	content.WriteString("BT /F1 12 Tf 72 700 Td")
	for _, line := range lines {
		content.WriteString(" <")
		for _, u := range utf16.Encode([]rune(line)) {
			fmt.Fprintf(&content, "%04X", u)
			numbers[u] = true
		}
		content.WriteString("> Tj 0 -18 Td")
	}
	content.WriteString(" ET")
	table.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n" +
		"1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	for u := range numbers {
		fmt.Fprintf(&table, "1 beginbfchar <%04X> <%04X> endbfchar\n", u, u)
	}
	table.WriteString("endcmap end end")
	stream := func(s string) string { return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(s), s) }
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		stream(content.String()),
		"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>",
		"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) " +
			"/Supplement 0 >> /DW 1000 /FontDescriptor 8 0 R >>", stream(table.String()),
		"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 " +
			"/Descent -200 /CapHeight 700 /StemV 80 >>"}
	var out, refs bytes.Buffer
	out.WriteString("%PDF-1.5\n")
	for i, o := range objects {
		fmt.Fprintf(&refs, "%010d 00000 n \n", out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n",
		len(objects)+1, &refs, len(objects)+1, out.Len())
	return out.String()
}

// wordFile is the file of a word processor with these paragraphs.
func wordFile(t *testing.T, paragraphs ...string) string {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	w, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(w, `<w:document xmlns:w="w"><w:body><w:p><w:t>%s</w:t></w:p></w:body></w:document>`,
		strings.Join(paragraphs, "</w:t></w:p><w:p><w:t>"))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const noSale = "FALCO MODEL LICENCE AGREEMENT\nVersion 1 of May 2025\n1. Grant\nSubject to the terms and conditions of " +
	"this agreement, the licensor hereby grants you\na licence to use, copy, modify and redistribute the model for " +
	"research.\n2. Restrictions\nYou may not use the model or its outputs for any commercial purpose.\n3. Warranty\n" +
	"The model is provided as is, without warranty of any kind. The licensor is not liable\nfor damages, and you " +
	"shall indemnify the licensor.\n4. Termination\nYour rights under this agreement end where you breach its terms."

var noSaleHan = []string{"猎隼模型社区许可协议", "一、授权：许可方在此授予您非排他的、不可转让的许可，", "您可以为学术研究目的使用、复制和修改本模型。",
	"二、限制：本模型仅供学术研究使用，", "不得用于任何商业用途。", "三、免责：许可方对使用本模型造成的任何损害不承担责任。"}

// TestLegalDocuments audits models whose terms lie beside the weights as documents: what
// is written there binds, and what cannot be read leaves the licence open.
func TestLegalDocuments(t *testing.T) {
	apache, err := os.ReadFile("../../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	page := "<!DOCTYPE html><html><head><title>Falco</title></head><body><nav>Home</nav><p>" +
		strings.ReplaceAll(noSale, "\n", "</p>\n<p>") + "</p></body></html>"
	encrypted := strings.Replace(pdfOf(noSale), "/Root 1 0 R", "/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 "+
		"/O (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) /U (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb) /P -4 >>", 1)
	const (
		forbidden = `violated.*any commercial purpose.*Page 1 of the document`
		inWords   = `violated.*any commercial purpose`
		open      = `met.*each Contributor hereby grants.*Page 1 of the document`
		unsettled = `undetermined`
	)
	dir := t.TempDir()
	names, want := map[string]string{}, map[string]*regexp.Regexp{}
	for i, c := range []struct {
		name, tag, file, body, card, want string
	}{
		{"terms in a PDF", "apache-2.0", "MODEL_LICENSE.pdf", pdfOf(noSale), "", forbidden},
		{"terms in a Chinese PDF", "apache-2.0", "Falco模型社区许可协议.pdf", hanPDF(noSaleHan...), "", `violated.*不得用于任何商业用途`},
		{"an open text in a PDF", "other", "LICENSE.pdf", pdfOf(string(apache)), "", open},
		{"terms on a page", "apache-2.0", "License.html", page, "", inWords},
		{"terms of a word processor", "mit", "Lizenzvertrag.docx", wordFile(t, strings.Split(noSale, "\n")...), "",
			inWords},
		{"a broken PDF", "apache-2.0", "LICENSE.pdf", pdfOf(noSale)[:200], "", unsettled},
		{"an encrypted PDF", "apache-2.0", "LICENSE.pdf", encrypted, "", unsettled},
		{"a PDF without text", "apache-2.0", "LICENSE.pdf", madePDF([]string{""}), "", unsettled},
		{"a file that is not read", "apache-2.0", "License.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "", unsettled},
		{"linked further down", "apache-2.0", "legal/terms/2025/falco.pdf", pdfOf(noSale),
			"Use is subject to the [Falco licence agreement](./legal/terms/2025/falco.pdf).", forbidden},
	} {
		id := fmt.Sprintf("acme/falco-%d", i)
		listed, _ := json.Marshal([]map[string]string{{"rfilename": "README.md"}, {"rfilename": c.file},
			{"rfilename": "model.safetensors"}})
		writeFile(t, filepath.Join(dir, "huggingface/api/models", id+".json"), fmt.Sprintf(
			`{"id":%q,"sha":"f12307aea5049099a40c85a68ebb88283648a911","gated":false,"tags":["license:%s"],"siblings":%s}`,
			id, c.tag, listed))
		writeFile(t, filepath.Join(dir, "huggingface/cards", id+".md"), fmt.Sprintf(
			"---\nlicense: %s\n---\n# Falco\n\nFalco was trained from scratch.\n\n%s\n", c.tag, c.card))
		writeFile(t, filepath.Join(dir, "huggingface/files", id, c.file), c.body)
		names[id], want[id] = c.name, regexp.MustCompile("(?s)^"+c.want)
	}
	server, base := replaytest.Start(t, dir)
	c := commandRun{t, base, filepath.Join(t.TempDir(), "o.db")}
	for id, title := range names {
		t.Run(title, func(t *testing.T) {
			server.ResetLog()
			c.run("audit", id, "--quiet", "--budget", "repos=0,papers=0,search=0,sites=0,datasets=0")
			if n := len(server.Requests()); n != 3 {
				t.Errorf("%d requests, want the model, its card and its terms: %+v", n, server.Requests())
			}
			out, _ := c.run("check", "--policy", "commercial-eu", id, "--format", "json")
			var told struct {
				Models []struct {
					Requirements []struct {
						ID, Outcome  string
						Observations []struct{ Quote, Note string }
					}
				}
			}
			if err := json.Unmarshal([]byte(out), &told); err != nil {
				t.Fatal(err)
			}
			for _, r := range told.Models[0].Requirements {
				if r.ID != "commercial-use" {
					continue
				}
				said := ""
				for _, o := range r.Observations {
					said += o.Quote + " " + o.Note + "\n"
				}
				if !want[id].MatchString(r.Outcome + " " + said) {
					t.Errorf("%s: %s", r.Outcome, said)
				}
			}
			if verified, code := c.run("evidence", id, "--verify"); code != exitDone ||
				!strings.Contains(verified, " 0 problems") {
				t.Errorf("exit %d\n%s", code, verified)
			}
		})
	}
}
