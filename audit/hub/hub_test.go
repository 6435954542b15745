package hub_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"openness/audit/hub"
)

const corpus = "../../../shared/corpus/huggingface/api/models"

func TestParseModelLeavesUnknownUnknown(t *testing.T) {
	m, err := hub.ParseModel([]byte(`{"id":"a/b","sha":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	if m.Gated != "" || m.SiblingsKnown || m.TagsKnown || m.Private != nil || m.Downloads != nil || m.CreatedAt != "" ||
		m.Licenses != nil {
		t.Errorf("fields that were left out are set: %+v", m)
	}
}

func TestParseModel(t *testing.T) {
	const body = `{"id":"a/b","sha":"` + "0123456789abcdef0123456789abcdef01234567" +
		`","private":false,"gated":"auto","siblings":[],` +
		`"tags":["license:mit","base_model:new/base","base_model:finetune:new/base","dataset:d/e","arxiv:2402.00838","en"],` +
		`"cardData":{"license":["mit","apache-2.0"],"base_model":"old/base","datasets":["d/e","f"]},"downloads":5,"safetensors":{"total":7}}`
	m, err := hub.ParseModel([]byte(body))
	if err != nil {
		t.Fatal(err)
	}
	for what, ok := range map[string]bool{
		"gate":       m.Gated == "auto",
		"empty list": m.SiblingsKnown && len(m.Siblings) == 0,
		"private":    m.Private != nil && !*m.Private,
		"licences":   slices.Equal(m.Licenses, []string{"mit", "apache-2.0"}),
		// A renamed base has its new id in the tag only.
		"bases":    slices.Equal(m.BaseModels, []string{"new/base"}) && m.BaseRelation == "finetune",
		"datasets": slices.Equal(m.Datasets, []string{"d/e", "f"}),
		"papers":   slices.Equal(m.ArXiv, []string{"2402.00838"}),
		"numbers":  *m.Downloads == 5 && *m.Parameters == 7,
	} {
		if !ok {
			t.Errorf("%s: %+v", what, m)
		}
	}
	gate, ok := m.Field("gated")
	if !ok || body[gate.Whole.Start:gate.Whole.End] != `"gated":"auto"` {
		t.Errorf("gate stands at %+v", gate)
	}
}

func TestParseModelRefuses(t *testing.T) {
	for _, body := range []string{"", "[]", "{}", `{"id":5}`, `{"error":"Invalid username or password."}`,
		`{"id":"a/b"`} {
		if m, err := hub.ParseModel([]byte(body)); err == nil {
			t.Errorf("%q: accepted as %q", body, m.ID)
		}
	}
}

// TestParseRecordedModels reads every recorded answer of the shared corpus.
func TestParseRecordedModels(t *testing.T) {
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("the shared corpus is not here")
	}
	n := 0
	err := filepath.WalkDir(corpus, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		m, err := hub.ParseModel(body)
		if err != nil {
			t.Errorf("%s: %v", p, err)
			return nil
		}
		n++
		if !hub.ValidID(m.ID) || len(m.SHA) != 40 || !m.TagsKnown || len(m.Tags) == 0 {
			t.Errorf("%s: id %q sha %q, %d tags", p, m.ID, m.SHA, len(m.Tags))
		}
		if m.Gated != "" && m.Gated != "false" && m.Gated != "auto" && m.Gated != "manual" {
			t.Errorf("%s: gated %q", p, m.Gated)
		}
		return nil
	})
	if err != nil || n < 60 {
		t.Errorf("%d answers read: %v", n, err)
	}
}

func TestLegalFiles(t *testing.T) {
	files := []string{"README.md", "model.safetensors", "LICENSE", "USE_POLICY.md", "Notice", "LICENSE-2.0",
		"LICENSE.pdf", "config.json", "tokenizer/LICENSE", "Falco社区许可协议.PDF", "license.json",
		"a/b/LICENSE", "../LICENSE", "/LICENSE", "LICENSE\x00", "gemma_terms_of_use.txt", "policy_model.bin",
		"Llama2_LICENSE.txt"}
	want := []string{"Falco社区许可协议.PDF", "gemma_terms_of_use.txt", "LICENSE", "LICENSE-2.0", "LICENSE.pdf", "Llama2_LICENSE.txt", "Notice",
		"USE_POLICY.md"}
	if got := hub.LegalFiles(files); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	deep := []string{"README.md", "docs/legal/LICENSE", "third_party/fast/LICENSE", "a/b/c/d/LICENSE"}
	if got := hub.LegalFiles(deep); !slices.Equal(got, []string{"docs/legal/LICENSE"}) {
		t.Errorf("further down: %q", got)
	}
}

func TestFilesAreEscaped(t *testing.T) {
	got := hub.ModelFile("a/b", "refs/pr/1", "dir with space/LICENSE?x#y")
	if want := "https://huggingface.co/a/b/resolve/refs%2Fpr%2F1/dir%20with%20space/LICENSE%3Fx%23y"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestParseScopeFiles(t *testing.T) {
	const body = `{"Code":200,"Data":{"Files":[{"Name":"x","Path":"x","Type":"tree"},{"Name":"README.md","Path":"README.md","Type":"blob","Size":3},` +
		`{"Name":"m.safetensors","Path":"x/m.safetensors","Type":"blob"}]},"Success":true}`
	got, err := hub.ParseScopeFiles([]byte(body))
	if err != nil || len(got) != 2 || got[0].Path != "README.md" || got[1].Path != "x/m.safetensors" {
		t.Fatalf("got %+v, %v", got, err)
	}
	if s := body[got[1].Span.Start:got[1].Span.End]; s != `"x/m.safetensors"` {
		t.Errorf("span holds %s", s)
	}
	for _, bad := range []string{"", "{}", `{"Code":10010205001,"Success":false,"Message":"not found"}`} {
		if _, err := hub.ParseScopeFiles([]byte(bad)); err == nil {
			t.Errorf("%q accepted", bad)
		}
	}
}

// FuzzParseModel: no panic, and every value that may be quoted lies in the answer.
func FuzzParseModel(f *testing.F) {
	f.Add([]byte(`{"id":"a/b","sha":"x","gated":"manual","siblings":[{"rfilename":"a"}],"tags":["base_model:c/d"],"cardData":{"license":["mit"]}}`))
	f.Add([]byte(`{"id":"a/b","gated":null,"siblings":null,"tags":[],"private":"no"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		m, err := hub.ParseModel(body)
		for _, v := range m.Values {
			if !v.Whole.Within(len(body)) {
				t.Fatalf("value %+v outside %d bytes", v, len(body))
			}
		}
		if err == nil && m.ID == "" {
			t.Fatal("accepted without an id")
		}
		for _, file := range hub.LegalFiles(m.Siblings) {
			if strings.Contains("/"+file+"/", "/../") {
				t.Fatalf("file %q leaves the repository", file)
			}
		}
		_, _ = hub.ParseScopeFiles(body)
	})
}

// FuzzParseScope: no answer of ModelScope makes a reader panic, what it lists
// stands in the answer, and what is picked of it stays within the repository.
func FuzzParseScope(f *testing.F) {
	f.Add([]byte(`{"Code":200,"Data":{"Name":"n","Path":"ns","Files":[{"Path":"LICENSE","Type":"blob","Revision":"0123"},{"Path":"x","Type":"tree"}]},"Success":true}`))
	f.Add([]byte(`{"Data":{"Files":[null,{"Path":5},[{"Path":"../LICENSE"}],{"Path":"a","Path":"b","Revision":1}]}}`))
	f.Add([]byte(`{"Success":false}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if m, err := hub.ParseScope(body); err == nil && !m.GateSpan.Within(len(body)) {
			t.Fatalf("gate at %+v of %d bytes", m.GateSpan, len(body))
		}
		_, _ = hub.ParseScopeCommits(body)
		entries, err := hub.ParseScopeFiles(body)
		if err != nil {
			return
		}
		var files []string
		for _, e := range entries {
			if !e.Span.Within(len(body)) {
				t.Fatalf("span %+v outside %d bytes", e.Span, len(body))
			}
			files = append(files, e.Path)
		}
		for _, file := range hub.LegalFiles(files) {
			if strings.Contains("/"+file+"/", "/../") {
				t.Fatalf("file %q leaves the repository", file)
			}
		}
	})
}

func TestParseScope(t *testing.T) {
	for gate, fields := range map[string]string{
		"":        ``,
		"none":    `,"Visibility":5,"ProtectedMode":2`,
		"manual":  `,"Visibility":1,"ProtectedMode":1`,
		"manual ": `,"Visibility":3`,
		"manual?": `,"ProtectedMode":1,"Visibility":5`,
	} {
		m, err := hub.ParseScope([]byte(`{"Code":200,"Data":{"Name":"n","Path":"ns"` + fields +
			`,"RelatedArxivId":["2401.00001"]},"Success":true}`))
		if err != nil || m.Gate != strings.Trim(gate, " ?") || len(m.ArXiv) != 1 {
			t.Errorf("%q: %+v, %v", gate, m, err)
		}
	}
	commits, err := hub.ParseScopeCommits([]byte(`{"Code":200,"Data":{"Commit":[{"Id":"ab","ShortId":"a","CommittedDate":1726842501}]},"TotalCount":1,"Success":true}`))
	if err != nil || len(commits) != 1 || commits[0].ID != "ab" || commits[0].Date.Year() != 2024 {
		t.Errorf("%+v, %v", commits, err)
	}
	if _, err := hub.ParseScopeCommits([]byte(`{"Code":10010205001,"Message":"not there","Success":false}`)); err == nil {
		t.Error("a failure is taken for a list")
	}
	for _, bad := range []string{"", "{}", "[]", `{"Success":true}`, `{"Code":500,"Success":false,"Data":{"Name":"n"}}`,
		`{"Data":{"Name":`} {
		if _, err := hub.ParseScope([]byte(bad)); err == nil {
			t.Errorf("%q accepted", bad)
		}
	}
	got, err := hub.ParseScopeFiles([]byte(`{"Data":{"Files":[{"Path":"a","Type":"blob","Revision":"r1","Sha256":"AB","Size":7},{"Path":"t","Type":"tree","Revision":"r2"},{"Path":"b","Type":"blob"}]},"Success":true}`))
	if err != nil || len(got) != 2 || got[0].Revision != "r1" || got[0].SHA256 != "ab" || got[0].Size != "7" ||
		got[1].Path != "b" || got[1].Revision != "" {
		t.Errorf("%+v, %v", got, err)
	}
}
