package observe

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/papers/text"
)

// madePapers are the papers of papers/text's test data, with a word of the sentence
// in which each tells its machines. Models and machines are invented.
var madePapers = map[string]string{
	"heron": "64 Marsh M100 accelerators", "plover": "512 Dune D4 processors", "avocet": "eight Lagoon L40 cards",
	"curlew": "256 Estuary E9 graphics cards", "godwit": "4096 Breakwater B200 accelerators",
	"dunlin":   "eight Pebble P6 cards",
	"whimbrel": "32 Cove C2 tensor processors", "knot": "768 Reef R3 accelerators",
	"turnstone": "1,024 Groyne G5 processors",
	"ruff":      "48 Spit S1 cards", "stint": "two Kelp K8 cards",
}

// TestPaperHardware: in every form of every paper the machines are found, and the
// works that a paper cites lend it none. What else a paper tells is told in each form.
func TestPaperHardware(t *testing.T) {
	for name, want := range madePapers {
		var first []string // what the first form tells
		for _, form := range []string{"paper.html", "paper.pdf", "source"} {
			d := paperDocument(t, filepath.Join("../papers/text/testdata/papers", name, form))
			size := "7b"
			if m := regexp.MustCompile(`(?i)` + name + `-(\d+b)\b`).FindSubmatch(d.Body); m != nil {
				size = string(m[1]) // what is said of one size is not said of another
			}
			model := pageOf(audit.DocModelCard, audit.RoleEnd, "reeds/"+name+"-"+size,
				"# "+name+" "+size+"\n\nA language model.\n")
			s := audit.Subject{ID: model.PlaceID, Name: name + "-" + size, Organisation: "reeds",
				Places: []audit.Place{{Kind: audit.HubModel, Role: audit.RoleEnd, ID: model.PlaceID}}}
			found := false
			var told []string
			for _, o := range All(s, []audit.Document{model, d}) {
				if o.Finding != audit.Present || o.URL != d.URL {
					continue
				}
				if fact := o.Fact + " " + o.Value + " " + string(o.Role) + " " + string(o.Stage); !slices.Contains(told,
					fact) {
					told = append(told, fact)
				}
				if o.Quote != string(d.Body[o.Start:o.End]) {
					t.Fatalf("%s %s: %s: the quote is not what is stored", name, form, o.Fact)
				}
				if !strings.HasSuffix(o.Note, "of the paper.") {
					t.Errorf("%s %s: %s: the note does not say where it stands: %q", name, form, o.Fact, o.Note)
				}
				if o.Fact != "docs.hardware" {
					continue
				}
				found = found || o.Value == "detailed" && strings.Contains(o.Quote, want)
				if strings.Contains(o.Quote, "imaginary") || !strings.Contains(o.Quote, want) {
					t.Errorf("%s %s: hardware from %q", name, form, o.Quote)
				}
			}
			if !found {
				t.Errorf("%s %s: no hardware", name, form)
			}
			slices.Sort(told)
			if first == nil {
				first = told
			} else if !slices.Equal(told, first) {
				t.Errorf("%s: %s tells\n%q, and paper.html\n%q", name, form, told, first)
			}
		}
	}
}

// TestPaperOfAnother: a paper whose title and abstract do not name the model tells
// nothing of it, whoever cites it.
func TestPaperOfAnother(t *testing.T) {
	d := paperDocument(t, "../papers/text/testdata/papers/heron/paper.html")
	model := pageOf(audit.DocModelCard, audit.RoleEnd, "reeds/quokka-7b", "# Quokka 7B\n\nA language model.\n")
	s := audit.Subject{ID: model.PlaceID, Name: "quokka-7b", Organisation: "reeds",
		Places: []audit.Place{{Kind: audit.HubModel, Role: audit.RoleEnd, ID: model.PlaceID}}}
	for _, o := range All(s, []audit.Document{model, d}) {
		if o.Finding == audit.Present && o.URL == d.URL {
			t.Errorf("%s %s from the paper of another model: %q", o.Fact, o.Value, o.Quote)
		}
	}
}

// paperDocument is the text of a made paper as a crawl stores it.
func paperDocument(t *testing.T, file string) audit.Document {
	t.Helper()
	raw, err := os.ReadFile(file)
	if filepath.Base(file) == "source" {
		raw, err = packed(file)
	}
	if err != nil {
		t.Fatal(err)
	}
	body, _, err := text.Extract(t.Context(), raw, text.KindUnknown)
	if err != nil {
		t.Fatal(err)
	}
	return audit.Document{URL: "https://export.arxiv.org/html/2999.00001v1" + document.TextMark, Kind: audit.DocProse,
		Place: audit.ArXivPaper, PlaceID: "2999.00001",
		Role: audit.RolePaper, Outcome: audit.Fetched, Body: body, SHA256: audit.Hash(body)}
}

// packed is a folder as arXiv sends a source.
func packed(folder string) ([]byte, error) {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	w := tar.NewWriter(z)
	err := filepath.WalkDir(folder, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(folder, p)
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(text))}); err != nil {
			return err
		}
		_, err = w.Write(text)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
