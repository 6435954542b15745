package data

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"openness/rubric"
)

func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadExperts(t *testing.T) {
	path := writeFile(t, "index-judgements.csv",
		"\ufeffsystem,dimension,class,links\nB,paper,open,https://a.example https://b.example\nA,paper,,\nA,code,closed,\n")
	systems := strings.Replace(path, "-judgements", "-systems", 1)
	if err := os.WriteFile(systems,
		[]byte("system,name,organisation,endmodellicense\nA,Model A,Org,MIT\nC,Never judged,Org,\n"),
		0o600); err != nil {
		t.Fatal(err)
	}
	got, err := ReadExperts(path)
	if err != nil {
		t.Fatal(err)
	}
	want := Experts{Name: "index-judgements.csv", Systems: []ExpertSystem{
		{ID: "B", Name: "B", Judgements: []ExpertJudgement{{"paper", rubric.Open, []string{"https://a.example",
			"https://b.example"}}}},
		{ID: "A", Name: "Model A", Organisation: "Org", License: "MIT",
			Judgements: []ExpertJudgement{{"code", rubric.Closed, []string{}}}},
	}}
	if got.Name != want.Name || !reflect.DeepEqual(got.Systems, want.Systems) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if d := got.Dimensions(); !reflect.DeepEqual(d, []string{"code", "paper"}) {
		t.Errorf("dimensions %v", d)
	}
}

func TestReadExpertsNamesFileAndLine(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"class", "system,dimension,class,links\nA,paper,open,\nA,code,half,\n", `line 3: unknown class "half"`},
		{"twice", "system,dimension,class,links\nA,paper,open,\nA,paper,open,\n",
			`line 3: system "A" has dimension "paper" twice`},
		{"column", "system,dimension,links\nA,paper,\n", `no column "class"`},
		{"no system", "system,dimension,class,links\n,paper,open,\n", "line 2: system or dimension is empty"},
		{"short line", "system,dimension,class,links\nA,paper\n", "wrong number of fields"},
		{"nothing", "system,dimension,class,links\n", "no judgements"},
		{"empty", "", "is empty"},
	} {
		path := writeFile(t, "x.csv", c.text)
		if _, err := ReadExperts(path); err == nil || !strings.Contains(err.Error(), c.want) ||
			!strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want the file and %q", c.name, err, c.want)
		}
	}
	if _, err := ReadExperts(filepath.Join(t.TempDir(), "none.csv")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
}

// The published lists of the shared corpus read without loss.
func TestReadExpertsOfTheSharedCorpus(t *testing.T) {
	for _, c := range []struct {
		file                string
		systems, dimensions int
	}{{"opening-up-chatgpt-2025-03", 23, 14}, {"osai-2026-03", 112, 14}, {"osai-2026-06", 113, 12}} {
		path := filepath.Join("..", "..", "shared", "experts", c.file+"-judgements.csv")
		if _, err := os.Stat(path); err != nil {
			t.Skip("no shared corpus beside the checkout")
		}
		e, err := ReadExperts(path)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for i := range e.Systems {
			n += len(e.Systems[i].Judgements)
			if e.Systems[i].Organisation == "" && i < 3 {
				t.Errorf("%s: %q has no organisation", c.file, e.Systems[i].ID)
			}
		}
		if len(e.Systems) != c.systems || len(e.Dimensions()) != c.dimensions || n != c.systems*c.dimensions {
			t.Errorf("%s: %d systems, %d dimensions, %d judgements", c.file, len(e.Systems), len(e.Dimensions()), n)
		}
	}
}

func TestReadCaptured(t *testing.T) {
	path := writeFile(t, "targets.csv", "id,target,captured\nA,org/a,1\nB,org/b,0\nC,org/c,\n")
	got, err := ReadCaptured(path)
	if want := map[string]bool{"A": true, "B": false, "C": false}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
}
