package main

import (
	"bytes"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"openness/audit/replay/replaytest"
	"openness/data/catalogue"
)

// madePDF writes a PDF with a page for each list of lines.
func madePDF(pages ...[]string) string {
	kids, objects := "", []string{"<< /Type /Catalog /Pages 2 0 R >>", "",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
	for _, lines := range pages {
		content := "BT /F1 10 Tf 72 700 Td (" + strings.Join(lines, ") Tj 0 -12 Td (") + ") Tj ET"
		kids += fmt.Sprintf("%d 0 R ", len(objects)+1)
		objects = append(objects, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "+
			"/Resources << /Font << /F1 3 0 R >> >> >>", len(objects)+2),
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(pages))
	var out, table bytes.Buffer
	out.WriteString("%PDF-1.5\n")
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n",
		len(objects)+1, &table, len(objects)+1, start)
	return out.String()
}

// TestVendorReportInDossier audits a service whose vendor serves a made PDF: the
// dossier quotes its second page, and the quote is verified against what is stored.
func TestVendorReportInDossier(t *testing.T) {
	dir, name := t.TempDir(), ""
	report := madePDF(
		[]string{"We describe a model that reads and writes text in many languages, and what it was",
			"measured on before it was offered to its users."},
		[]string{"We trained the model on 512 GPUs with 80 GB of memory each for ninety days,",
			"in one data centre that runs on water power alone. The model is a transformer with",
			"96 layers and a hidden size of 8192."})
	for _, e := range catalogue.Entries() {
		if !e.Service || name != "" {
			continue
		}
		for _, p := range e.Pages {
			u, err := url.Parse(p.URL)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(u.Path, ".pdf") {
				name = e.Name
				writeFile(t, filepath.Join(dir, "web", u.Host, filepath.FromSlash(u.Path)), report)
			}
		}
	}
	if name == "" {
		t.Fatal("the catalogue names no service with a report that is a PDF")
	}
	_, base := replaytest.Start(t, dir)
	c := commandRun{t, base, filepath.Join(t.TempDir(), "o.db")}
	check := func(c commandRun, args ...string) {
		t.Helper()
		out, _ := c.run(append(args, "--format", "json", "--quiet")...)
		for _, want := range []string{"We trained the model on 512 GPUs with 80 GB", "Page 2 of the report.",
			"report.pdf#text"} {
			if !strings.Contains(strings.ToLower(out), strings.ToLower(want)) {
				t.Errorf("%v: the dossier has no %q:\n%s", args, want, out)
			}
		}
		verified, code := c.run("evidence", name, "--verify")
		if code != exitDone || !strings.Contains(verified, " 0 problems") {
			t.Errorf("exit %d\n%s", code, verified)
		}
	}
	check(c, "audit", name, "--max-wait", "1ms")
	check(c, "audit", name, "--max-wait", "1ms") // the second time the vendor answers that nothing has changed
	archive := filepath.Join(t.TempDir(), "o.warc.gz")
	c.run("export", "--format", "warc", "--out", archive)
	check(commandRun{t, base, filepath.Join(t.TempDir(), "again.db")}, "audit", "--from-warc", archive)
}
