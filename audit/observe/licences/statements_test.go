package licences

import (
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"openness/audit"
)

// A limitStatement is a page's words on what may be done with a model, and what they
// leave of the licence in the tag; testdata/limits.yaml says what its lines mean.
type limitStatement struct {
	Name, Where, Say, Want string
	Tag                    *string
}

// docs makes the pages of a model whose makers say this.
func (s limitStatement) docs() []audit.Document {
	lines, prose := "license: apache-2.0", s.Say
	if s.Tag != nil {
		lines = "license: " + *s.Tag
		if *s.Tag == "" {
			lines = "language: en"
		}
	}
	where, path, _ := strings.Cut(s.Where, " ")
	files := []string{"README.md", "model.safetensors"}
	var more []audit.Document
	switch where {
	case "front":
		lines, prose = lines+"\n"+s.Say, ""
	case "file":
		files, prose = append(files, path), ""
		more = append(more, legal(audit.HubModel, audit.RoleEnd, tuned, path, s.Say+"\n"))
	case "listed":
		files = append(files, path)
	case "readme":
		prose = ""
		more = append(more, pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\n"+s.Say+"\n"),
			legal(audit.GitHubRepo, audit.RoleCode, "acme/falco", "LICENSE", mitText))
	case "top":
		card := pageOf(audit.DocModelCard, audit.RoleEnd, tuned, "---\n"+lines+"\n---\n"+prose+"\n\n# A model\n")
		return []audit.Document{card, answer(tuned, "", files)}
	}
	return append(more, front(audit.RoleEnd, tuned, lines, prose), answer(tuned, "", files))
}

// permissionNames are the answers of a page; any other value says why there is none.
var permissionNames = map[string]bool{"no": true, "conditional": true, "yes": true}

// read tells openness and commercial use of the weights as the pages have it.
func (s limitStatement) read() (openness, commercial string) {
	in := newInput(model(tuned, ""), s.docs())
	in.Look()
	found := Read(in)
	found = append(found, Terms(found)...)
	openness, commercial = values(found, "license.weights.openness"), values(found, "license.weights.commercial_use")
	if _, told := permissionNames[commercial]; !told {
		commercial = "undetermined"
	}
	return openness, commercial
}

func TestStatementsOfLimits(t *testing.T) {
	for _, file := range []string{"limits.yaml", "limits-second.yaml", "limits-third.yaml", "limits-fourth.yaml",
		"limits-fifth.yaml"} {
		t.Run(file, func(t *testing.T) { checkStatements(t, "testdata/"+file) })
	}
}

func checkStatements(t *testing.T, file string) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Limits, Controls []limitStatement }
	if err := yaml.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	permitted, right := 0, 0
	for _, s := range all.Limits {
		openness, commercial := s.read()
		if openness == "open" {
			permitted++
			t.Errorf("%s: FALSELY PERMITTED, commercial use %s, want %s: %q", s.Name, commercial, s.Want, s.Say)
		} else if !slices.Contains(strings.Fields(s.Want), commercial) {
			t.Errorf("%s: %s, commercial use %s, want %s: %q", s.Name, openness, commercial, s.Want, s.Say)
		} else {
			right++
		}
	}
	t.Logf("limits: %d of %d right, %d falsely permitted", right, len(all.Limits), permitted)
	right = 0
	for _, s := range all.Controls {
		if openness, commercial := s.read(); openness != "open" || commercial != "yes" {
			t.Errorf("control %s: %s, commercial use %s: %q", s.Name, openness, commercial, s.Say)
		} else {
			right++
		}
	}
	t.Logf("controls: %d of %d right", right, len(all.Controls))
}

// TestLimitBelowTitle: the title of a page may name what the model was made from,
// and a limit below it is the page's all the same; one below a heading for another
// model is that model's.
func TestLimitBelowTitle(t *testing.T) {
	const own = "acme/falco-health-RLHF"
	for text, want := range map[string]string{
		"# Falco-6B RLHF & LoRA Model\n\n## Notes\n\nIt must not be used for commercial purposes.\n":          "noncommercial",
		"# A model\n\nIt answers questions.\n\n## Falco-6B\n\nIt must not be used for commercial purposes.\n": "open",
	} {
		in := newInput(model(own, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, own,
			"---\nlicense: mit\n---\n"+text)})
		in.Look()
		if got := values(Read(in), "license.weights.openness"); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// freshSets are statements whose writers had seen no rule. Some of them are not
// understood: the bounds are what was counted.
var freshSets = []struct {
	file      string
	permitted int // limits that are passed over
	stopped   int // harmless statements that are taken for limits
}{
	{"limits-sixth.yaml", 1, 9},
	{"limits-seventh.yaml", 3, 0},
	{"limits-eighth.yaml", 0, 0},
	{"limits-ninth.yaml", 0, 0},
	{"limits-tenth.yaml", 1, 2},
}

// TestFreshStatements counts over sets of statements the two faults that matter: a limit
// that is passed over, and a harmless statement that is taken for one.
func TestFreshStatements(t *testing.T) {
	for _, set := range freshSets {
		t.Run(set.file, func(t *testing.T) { checkFresh(t, set.file, set.permitted, set.stopped) })
	}
}

func checkFresh(t *testing.T, file string, mostPermitted, mostStopped int) {
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var all struct{ Limits, Controls []limitStatement }
	if err := yaml.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	permitted, stopped := 0, 0
	for _, s := range all.Limits {
		if openness, _ := s.read(); openness == "open" {
			permitted++
			t.Logf("permitted: %s: %q", s.Name, s.Say)
		}
	}
	for _, s := range all.Controls {
		if openness, _ := s.read(); openness != "open" {
			stopped++
			t.Logf("stopped: %s: %q", s.Name, s.Say)
		}
	}
	t.Logf("%d of %d limits permitted, %d of %d harmless stopped", permitted, len(all.Limits), stopped,
		len(all.Controls))
	if len(all.Limits) == 0 || permitted > mostPermitted || stopped > mostStopped {
		t.Errorf("%d limits are permitted, expected at most %d", permitted, mostPermitted)
		t.Errorf("%d harmless statements are stopped, expected at most %d", stopped, mostStopped)
	}
}
