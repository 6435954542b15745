package crawl_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/replay/faults"
	"openness/rubric"
)

// twins are synthetic captures of one model on both hubs, under different ids.
var twins = map[string]string{
	"huggingface/api/models/acme/wallaby-7b-chat.json": `{"_id":"1","id":"acme/wallaby-7b-chat","sha":"` + commit +
		`","gated":false,"private":false,"tags":["license:mit"],` +
		`"cardData":{"license":"mit"},"siblings":[{"rfilename":"README.md"},{"rfilename":"model.safetensors"}]}`,
	"huggingface/cards/acme/wallaby-7b-chat.md": "---\nlicense: mit\n---\n# Wallaby\n\nWallaby was trained on 64 GPUs. It is a model of language that Acme made in a year of work.\n",
	"huggingface/api/datasets/acme/outback.json": `{"_id":"2","id":"acme/outback","sha":"` +
		commit + `","gated":false,"siblings":[{"rfilename":"README.md"},{"rfilename":"data.parquet"}]}`,
	"modelscope/models/Acme-Lab/wallaby-7b-chat/model.json":              `{"Code":200,"Data":{"Name":"wallaby-7b-chat","Path":"Acme-Lab","License":"MIT"},"Success":true}`,
	"modelscope/models/Acme-Lab/wallaby-7b-chat/files.json":              `{"Code":200,"Data":{"Files":[{"Path":"README.md","Type":"blob","Revision":"` + commit + `"},{"Path":"LICENSE","Type":"blob","Revision":"` + commit + `"},{"Path":"model.safetensors","Type":"blob","Revision":"` + commit + `"}]},"Success":true}`,
	"modelscope/models/Acme-Lab/wallaby-7b-chat/files/README.md":         "---\nlicense: mit\n---\n# Wallaby\n\n## Training data\nThe model was pre-trained on the Outback corpus, which can be downloaded from https://huggingface.co/datasets/acme/outback.\n",
	"modelscope/models/Acme-Lab/wallaby-7b-chat/files/LICENSE":           "MIT License\n\nCopyright (c) 2025 Acme\n",
	"modelscope/models/Acme-Lab/wallaby-7b-chat/files/model.safetensors": "weights",
}

// twinRun audits the pair while some paths answer otherwise.
func twinRun(t *testing.T, target crawl.Target, over map[string]http.Handler) *result {
	t.Helper()
	return (hazard{files: twins, over: over, parsed: &target}).run(t)
}

// named is the model as a catalogue that lists both places gives it; known, as
// one that knows of the twin only.
func named() crawl.Target {
	return crawl.Target{Text: "wallaby", Kind: crawl.Hub, ID: "acme/wallaby-7b-chat", Twin: "Acme-Lab/wallaby-7b-chat",
		Places: []audit.Place{
			{Kind: audit.HubModel, Role: audit.RoleEnd, ID: "acme/wallaby-7b-chat",
				URL: "https://huggingface.co/acme/wallaby-7b-chat", Given: true},
			{Kind: audit.ModelScopeModel, Role: audit.RoleEnd, ID: "Acme-Lab/wallaby-7b-chat",
				URL: "https://modelscope.cn/models/Acme-Lab/wallaby-7b-chat", Given: true}}}
}

func known() crawl.Target {
	return crawl.Target{Text: "acme/wallaby-7b-chat", Kind: crawl.Hub, ID: "acme/wallaby-7b-chat",
		Twin: "Acme-Lab/wallaby-7b-chat"}
}

const (
	hubAPI    = "/api/models/acme/wallaby-7b-chat"
	hubFiles  = "/acme/wallaby-7b-chat/resolve"
	scopeBase = "/modelscope"
)

// fromScope are the documents of ModelScope, and how the attempts ended.
func fromScope(r *result) (kinds []audit.DocKind, lost int) {
	for _, d := range r.Documents {
		if d.Place != audit.ModelScopeModel {
			continue
		}
		kinds = append(kinds, d.Kind)
		if !d.Outcome.Looked() {
			lost++
		}
	}
	return kinds, lost
}

// classes judges a record, dimension by dimension.
func classes(t *testing.T, r *result) map[string]string {
	t.Helper()
	rules, err := rubric.Load("osai-2026")
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	for _, j := range rules.Judge(r.Observations).Judgements {
		got[j.Dimension] = string(j.Class)
	}
	return got
}

// quotes reports whether a fact was read from ModelScope with its bytes.
func quotes(r *result, fact, words string) bool {
	return slices.ContainsFunc(r.Observations, func(o audit.Observation) bool {
		return o.Fact == fact && o.Finding == audit.Present && strings.HasPrefix(o.URL, "https://modelscope.cn/") &&
			strings.Contains(o.Quote, words)
	})
}

// TestTwinsBothRead: what the catalogue places on ModelScope is fetched at a
// commit and observed, beside what Hugging Face shows; it is one subject.
func TestTwinsBothRead(t *testing.T) {
	r := twinRun(t, named(), nil)
	if r.Subject.ID != "acme/wallaby-7b-chat" {
		t.Errorf("subject %q", r.Subject.ID)
	}
	kinds, lost := fromScope(r)
	if want := []audit.DocKind{audit.DocModelAPI, audit.DocModelAPI, audit.DocModelCard,
		audit.DocLicense}; !slices.Equal(kinds, want) || lost > 0 {
		t.Errorf("documents of ModelScope: %v, %d lost; want %v: Hugging Face told of the gate, so no weights are probed", kinds, lost, want)
	}
	if d := r.document(t, audit.DocModelCard, "modelscope.cn/models/Acme-Lab/wallaby-7b-chat/resolve/"+
		commit); d.Revision != commit {
		t.Errorf("card at revision %q", d.Revision)
	}
	if !quotes(r, "data.pretraining.disclosure", "Outback corpus") {
		t.Error("what only ModelScope's card says was not observed")
	}
	if got := classes(t, r)["weights_endmodel"]; got != "open" {
		t.Errorf("weights are %s", got)
	}
}

// TestTwinOnlyIfNeeded: a known twin costs nothing while Hugging Face tells all,
// and is read as the model's own page where it does not.
func TestTwinOnlyIfNeeded(t *testing.T) {
	if r := twinRun(t, known(), nil); len(r.Subject.Places) != 1 {
		t.Errorf("places %+v", r.Subject.Places)
	} else if kinds, _ := fromScope(r); len(kinds) > 0 {
		t.Errorf("ModelScope was asked for %v", kinds)
	}
	for name, over := range map[string]map[string]http.Handler{
		"refused": {hubAPI: faults.Answer(401, `{"error":"Invalid username or password."}`),
			hubFiles: faults.Answer(401, "")},
		"forbidden": {hubAPI: faults.Answer(403, `{"error":"Forbidden"}`)},
		"gone":      {hubAPI: faults.Answer(404, `{"error":"Repository not found"}`)},
		"failing":   {hubAPI: faults.Answer(501, ""), hubFiles: faults.Answer(501, "")},
		"limited": {hubAPI: faults.Answer(429, "", "Retry-After: 3600"), hubFiles: faults.Answer(429, "",
			"Retry-After: 3600")},
		"portal": {hubAPI: faults.Portal(), hubFiles: faults.Portal()},
		"gated":  {hubFiles: faults.Answer(403, "", "X-Error-Code: GatedRepo")},
	} {
		t.Run(name, func(t *testing.T) {
			r := twinRun(t, known(), over)
			p, ok := r.Subject.Place(audit.ModelScopeModel, audit.RoleEnd)
			if !ok || p.Given || !strings.Contains(p.Reason, "did not tell all") ||
				r.Subject.ID != "acme/wallaby-7b-chat" {
				t.Fatalf("subject %+v", r.Subject)
			}
			if !quotes(r, "data.pretraining.disclosure", "Outback corpus") ||
				!quotes(r, "weights.end.published", "model.safetensors") && name != "gated" {
				t.Error("ModelScope's card and list were not observed")
			}
			for dimension, class := range classes(t, r) {
				if class == "closed" && (dimension == "weights_endmodel" || name != "gone") {
					t.Errorf("%s is closed by ModelScope's side alone", dimension)
				}
			}
		})
	}
}

// TestTwinLost: whatever becomes of ModelScope's side, each class is what
// Hugging Face alone gives, or what both give where the twin's card was read;
// the lost source is named.
func TestTwinLost(t *testing.T) {
	alone := classes(t, twinRun(t, known(), nil))
	for name, answer := range map[string]http.Handler{
		"refused": faults.Answer(401, `{"Code":10010205001,"Success":false}`), "forbidden": faults.Answer(403, ""),
		"gone":    faults.Answer(404, `{"Code":10010205001,"Success":false}`),
		"failing": faults.Answer(501, ""), "limited": faults.Answer(429, "", "Retry-After: 3600"),
		"portal": faults.Portal(), "reset": faults.Reset(),
		"no success": faults.Answer(200, `{"Code":500,"Success":false,"Data":null}`), "broken": faults.Answer(200,
			`{"Code":200,"Data":{"Files":[`),
	} {
		t.Run(name, func(t *testing.T) {
			r := twinRun(t, named(), at(scopeBase, answer))
			for dimension, class := range classes(t, r) {
				if class != alone[dimension] {
					t.Errorf("%s is %s, and %s where ModelScope is not asked", dimension, class, alone[dimension])
				}
			}
			if kinds, lost := fromScope(r); len(kinds) == 0 || lost == 0 && name != "gone" {
				t.Errorf("documents %v, %d lost", kinds, lost)
			}
		})
	}
}

// TestScopeAnswersOfFailure: an answer with status 200 that reports a failure is
// a source that was lost.
func TestScopeAnswersOfFailure(t *testing.T) {
	r := twinRun(t, named(), at(scopeBase, faults.Answer(200, `{"Code":500,"Success":false,"Data":null}`)))
	for _, d := range r.Documents {
		if d.Place == audit.ModelScopeModel && d.Kind == audit.DocModelAPI && (d.Outcome != audit.Failed ||
			!strings.Contains(d.Detail, "reports no success")) {
			t.Errorf("%s: %s, %q", d.URL, d.Outcome, d.Detail)
		}
	}
}

// TestScopeLicence: what ModelScope's API says of the licence settles nothing where
// the listing names a text of it that could not be read: the text decides.
func TestScopeLicence(t *testing.T) {
	only := crawl.Target{Text: "modelscope:Acme-Lab/wallaby-7b-chat", Kind: crawl.ModelScope,
		ID: "Acme-Lab/wallaby-7b-chat"}
	r := twinRun(t, only, at(scopeBase+"/models", faults.Answer(404, "")))
	if r.Subject.ID != "modelscope:Acme-Lab/wallaby-7b-chat" || quotes(r, "license.weights.id", `"MIT"`) {
		t.Errorf("subject %q; a tag stands for a text that nobody read", r.Subject.ID)
	}
	unread := func(o audit.Observation) bool {
		return o.Fact == "license.weights.openness" && !o.Finding.Known() && strings.HasSuffix(o.URL, "LICENSE")
	}
	if !slices.ContainsFunc(r.Observations, unread) {
		t.Error("the licence's text that could not be read is not named")
	}
}

// TestScopeAtDate: ModelScope's list of commits tells what a card and a licence were at
// an earlier date; what has no revisions is not looked at.
func TestScopeAtDate(t *testing.T) {
	early, late := strings.Repeat("a", 40), strings.Repeat("b", 40)
	const under = "modelscope/models/Acme-Lab/wallaby-7b-chat/"
	files := `{"Code":200,"Data":{"Files":[{"Path":"README.md","Type":"blob","Revision":"` + late +
		`"}]},"Success":true}`
	server := faults.Serve(t, replayOf(t, map[string]string{
		under + "model.json": twins[under+"model.json"],
		under + "commits.json": `{"Code":200,"Data":{"Commit":[{"Id":"` + late +
			`","CommittedDate":1735689600},{"Id":"` + early +
			`","CommittedDate":1704067200}]},"TotalCount":2,"Success":true}`,
		under + "files.json":                       files,
		under + "at/" + early + "/files.json":      files,
		under + "at/" + early + "/files/README.md": "---\nlicense: cc-by-nc-4.0\n---\n# Wallaby\n",
		under + "files/README.md":                  "---\nlicense: mit\n---\n# Wallaby\n",
	}))
	for day, want := range map[string]string{"2024-07-01": "cc-by-nc-4.0", "2023-01-01": ""} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		c, err := crawl.New(crawl.Options{HFEndpoint: server.URL, ModelScope: server.URL + "/modelscope", At: at,
			MaxWait: -1, Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		r, err := c.Gather(t.Context(), crawl.Target{Text: "modelscope:Acme-Lab/wallaby-7b-chat",
			Kind: crawl.ModelScope, ID: "Acme-Lab/wallaby-7b-chat"})
		c.Close()
		if err != nil {
			t.Fatal(err)
		}
		card, absent := "", false
		for _, d := range r.Documents {
			if d.Place == audit.ModelScopeModel && d.Kind == audit.DocModelCard {
				card = string(d.Body)
			}
			absent = absent || d.Place == audit.ModelScopeModel && d.Outcome == audit.Absent
		}
		if !strings.Contains(card, want) || absent != (want == "") || want == "" && card != "" {
			t.Errorf("%s: card %q, absent %v, want %q", day, card, absent, want)
		}
	}
}
