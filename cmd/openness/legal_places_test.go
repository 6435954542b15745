package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"openness/audit/replay/replaytest"
)

// TestLegalDocumentsElsewhere: terms in a PDF are read from ModelScope and from a repository
// too, there further down where its front page links them; a second audit says the same.
func TestLegalDocumentsElsewhere(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) { writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), text) }
	terms := pdfOf(noSale)
	put("modelscope/models/acme/falco/model.json", `{"Code":200,"Data":{"Id":1,"Name":"falco","Path":"acme","Visibility":5,`+
		`"License":"Apache License 2.0"},"Success":true}`)
	put("modelscope/models/acme/falco/files.json", `{"Code":200,"Data":{"Files":[{"Path":"README.md","Type":"blob"},`+
		`{"Path":"模型许可协议.pdf","Type":"blob"},{"Path":"model.safetensors","Type":"blob"}]},"Success":true}`)
	put("modelscope/models/acme/falco/files/README.md", "---\nlicense: apache-2.0\n---\n# Falco\n\nFalco was trained from scratch.\n")
	put("modelscope/models/acme/falco/files/模型许可协议.pdf", terms)
	put("github/acme/merlin/repo.json", `{"full_name":"acme/merlin","default_branch":"main","head_sha":"f12307aea5049099a40c85a68ebb88283648a911","license":{"spdx_id":"Apache-2.0"}}`)
	put("github/acme/merlin/files/README.md", "# Merlin\n\nMerlin is a language model. The weights of Merlin are under the "+
		"[model licence](legal/2025/merlin.pdf).\n")
	put("github/acme/merlin/files/legal/2025/merlin.pdf", terms)
	put("github/acme/merlin/tree.tsv", fmt.Sprintf("100644\tblob\tce013625030ba8dba906f756967f9e9ca394464a\t10\tREADME.md\n"+
		"100644\tblob\tce013625030ba8dba906f756967f9e9ca394464b\t%d\tlegal/2025/merlin.pdf\n", len(terms)))
	_, base := replaytest.Start(t, dir)
	c := commandRun{t, base, filepath.Join(t.TempDir(), "o.db")}
	for id, file := range map[string]string{"modelscope:acme/falco": "", "github:acme/merlin": "merlin.pdf#text"} {
		for range 2 {
			out, _ := c.run("audit", id, "--quiet", "--format", "json")
			if !strings.Contains(out, "any commercial purpose") || !strings.Contains(out, file) {
				t.Errorf("%s: the terms are not quoted:\n%.3000s", id, out)
			}
		}
	}
}
