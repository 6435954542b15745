package crawl

import (
	"cmp"
	"context"
	"path"
	"strings"

	"openness/audit"
)

// HeaderFragment marks the beginning of a weights file, which is kept apart from the
// file itself.
const HeaderFragment = "#header"

// headerBytes is how much of a weights file is read: what tells of the model stands
// at its very beginning, before tensors and vocabularies.
const headerBytes = 256 << 10

// readHeaders reads the beginning of weights files of the audited model, then of its
// base. By default none: it costs a request to the host of the files for each model,
// and tells mostly what cards say too.
func (g *gathering) readHeaders(ctx context.Context) error {
	left := g.budget(BudgetHeaders)
	for _, m := range g.models {
		file := headerFile(m.listing())
		if left == 0 || file == "" || m.gated() {
			continue
		}
		left--
		r := g.modelFile(m, cmp.Or(m.revision, "main"), file, audit.DocOther, 0)
		r.First, r.Document.Partial = headerBytes, true
		r.Document.URL += HeaderFragment
		if _, err := g.get(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// headerFile is a weights file whose header may tell of the model.
func headerFile(files []string) string {
	for _, file := range files {
		if ext := strings.ToLower(path.Ext(file)); (ext == ".safetensors" ||
			ext == ".gguf") && !strings.Contains(file, "/") {
			return file
		}
	}
	return ""
}
