package observe

import (
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/observe/data"
	"openness/audit/observe/document"
)

// TestPaperTables: a table of sources, of machines or of settings is read by its head,
// its caption and its rows, and tables of tests, of inference and of others are not.
func TestPaperTables(t *testing.T) {
	for _, c := range []struct{ name, table, fact, value string }{
		{"sources by heading", "## 2 Pre-training data\n\n| Dataset | Tokens |\n|---|---|\n| ReedCrawl | 300B |\n| Wikipedia | 4B |\n\nEach was cleaned.\n", data.PreData, "listed"},
		{"sources by the caption below, in another section",
			"## 2 Optimisation\n\n| Component | Weight |\n|---|---|\n| PeatText | 0.7 |\n| StackExchange | 0.3 |\n\nTable 3: Mixture of the pre-training corpus.\n", data.PreData, "listed"},
		{"sources by the caption above",
			"## 2 Details\n\nTable 1: Training data of Dotterel.\n\n| Source | Documents |\n|---|---|\n| C4 | 10M |\n| arXiv | 2M |\n", data.PreData, "listed"},
		{"kinds and no names", "## 2 Pre-training data\n\n| Source | Share |\n|---|---|\n| web pages | 70% |\n| books | 30% |\n", data.PreData, "described or none"},
		{"test sets", "## 2 Data\n\nTable 1: Accuracy on the test sets after training.\n\n| Dataset | Examples |\n|---|---|\n| HillQuiz | 10 |\n| BogQA | 20 |\n", data.PreData, "described or none"},
		{"machines", "## 3 Details\n\n| Training | Amount |\n|---|---|\n| Moor M7 accelerators | 64 |\n",
			"docs.hardware", "detailed"},
		{"machines by column", "## 3 Details\n\nTable 2: Cost of the training.\n\n| Model | GPUs | Hours |\n|---|---|---|\n| Dotterel-3B | 64 | 9,000 |\n", "docs.hardware", "detailed"},
		{"machines of inference",
			"## 3 Details\n\nTable 2: Latency of inference after training.\n\n| Model | GPUs | Hours |\n|---|---|---|\n| Dotterel-3B | 64 | 9,000 |\n", "docs.hardware", "none"},
		{"machines of another model",
			"## 3 Details\n\nTable 2: Cost of the training.\n\n| Model | GPUs | Hours |\n|---|---|---|\n| Pipit-7B | 64 | 9,000 |\n", "docs.hardware", "none"},
		{"machines without amounts",
			"## 3 Details\n\nTable 2: Training.\n\n| Machines | Kind |\n|---|---|\n| accelerators | fast |\n",
			"docs.hardware", "none"},
		{"settings", "## 3 Hyper-parameters\n\n| Setting | Value |\n|---|---|\n| Layers | 26 |\n| Hidden size | 2560 |\n| Attention heads | 20 |\n", "docs.architecture", "detailed"},
	} {
		body := []byte("# Dotterel: An Open Model\n\n## Abstract\n\nWe present Dotterel, a model of the library of the uplands.\n\n" + c.table)
		paper := audit.Document{URL: "https://export.arxiv.org/html/2999.00078v1" + document.TextMark,
			Kind:  audit.DocProse,
			Place: audit.ArXivPaper, PlaceID: "2999.00078",
			Role: audit.RolePaper, Outcome: audit.Fetched, Body: body, SHA256: audit.Hash(body)}
		s, docs := uplands(paper, false)
		docs[0].Body = []byte("# Dotterel 3B\n\nDotterel was trained from scratch by two persons at a library.\n")
		docs[0].SHA256 = audit.Hash(docs[0].Body)
		got := "none"
		for _, o := range All(s, docs) {
			if o.Fact == c.fact && o.Finding == audit.Present && o.URL == paper.URL && got != "detailed" &&
				got != "listed" {
				got = o.Value
				if strings.HasPrefix(c.table, "## 3") != strings.Contains(o.Fact, "docs.") ||
					!strings.Contains(o.Quote, "|") {
					t.Errorf("%s: %s %s rests on %q", c.name, o.Fact, o.Value, o.Quote)
				}
			}
		}
		if got != c.value && (c.value != "described or none" || got == "listed") {
			t.Errorf("%s: %s is %s, want %s", c.name, c.fact, got, c.value)
		}
	}
}
