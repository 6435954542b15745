package crawl_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/observe"
)

// scopeServer answers for one ModelScope model as the hub's clients expect it
// to; no answers of the real API are recorded anywhere, so it is synthetic.
func scopeServer(t *testing.T, twin bool) string {
	mux := http.NewServeMux()
	answer := func(pattern, kind, body string) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			_, _ = io.WriteString(w, body)
		})
	}
	answer("/api/v1/models/ns/model-7b-chat", "application/json",
		`{"Code":200,"Data":{"Name":"model-7b-chat","Path":"ns","License":"Apache License 2.0"},"Success":true}`)
	answer("/api/v1/models/ns/model-7b-chat/repo/files", "application/json",
		`{"Code":200,"Data":{"Files":[{"Path":"README.md","Type":"blob"},{"Path":"LICENSE","Type":"blob"},{"Path":"model.safetensors","Type":"blob"}]},"Success":true}`)
	answer("/models/ns/model-7b-chat/resolve/master/README.md", "text/plain",
		"---\nlicense: apache-2.0\nbase_model: ns/model-7b\n---\n# Model\nCode: https://github.com/ns/model\n")
	answer("/models/ns/model-7b-chat/resolve/master/LICENSE", "text/plain", "Apache License\n")
	answer("/models/ns/model-7b-chat/resolve/master/model.safetensors", "application/octet-stream", "weights")
	if twin {
		answer("/api/models/ns/model-7b-chat", "application/json",
			`{"id":"ns/model-7b-chat","sha":"0123456789abcdef0123456789abcdef01234567","gated":false,"siblings":[]}`)
	}
	mux.HandleFunc("/api/models/", func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, `{"error":"Invalid username or password."}`, http.StatusUnauthorized)
	})
	ts := httptest.NewServer(mux)
	t.Cleanup(ts.Close)
	return ts.URL
}

func TestModelScope(t *testing.T) {
	record := gather(t, crawler(t, scopeServer(t, false), nil), "modelscope:ns/model-7b-chat")
	s := record.Subject
	if s.ID != "modelscope:ns/model-7b-chat" || s.Base != "ns/model-7b" ||
		place(s, audit.GitHubRepo, audit.RoleCode) != "ns/model" {
		t.Errorf("subject %+v", s)
	}
	if _, ok := s.Place(audit.HubModel, audit.RoleEnd); ok {
		t.Error("a twin that the other hub does not know was chosen")
	}
	kinds := make(map[audit.DocKind]int)
	for _, d := range record.Documents {
		if d.Place == audit.ModelScopeModel {
			kinds[d.Kind]++
			if !strings.HasPrefix(d.URL, "https://modelscope.cn/") {
				t.Errorf("recorded under %s", d.URL)
			}
		}
	}
	if kinds[audit.DocModelAPI] != 2 || kinds[audit.DocModelCard] != 1 || kinds[audit.DocLicense] != 1 ||
		kinds[audit.DocWeights] != 1 {
		t.Errorf("documents by kind: %v", kinds)
	}
	published := false
	for _, o := range observe.All(s, record.Documents) {
		published = published ||
			o.Fact == "weights.end.published" && o.Value == "true" && o.Quote == `"Path":"model.safetensors"`
	}
	if !published {
		t.Error("the weights file in the list was not observed")
	}
}

func TestModelScopeTwin(t *testing.T) {
	s := gather(t, crawler(t, scopeServer(t, true), nil), "modelscope:ns/model-7b-chat").Subject
	if place(s, audit.HubModel, audit.RoleEnd) != "ns/model-7b-chat" || s.ID != "ns/model-7b-chat" ||
		s.Base != "ns/model-7b" {
		t.Errorf("subject %+v", s)
	}
}

// TestOptionsAreChecked: settings that cannot be used name themselves.
func TestOptionsAreChecked(t *testing.T) {
	for _, test := range []struct {
		opts crawl.Options
		says string
	}{
		{crawl.Options{HFEndpoint: "huggingface.co"}, "HF_ENDPOINT"},
		{crawl.Options{GitHubAPI: "https://user:secret@api.example"}, "GITHUB_API_URL"},
		{crawl.Options{GitHubRaw: "file:///etc"}, "OPENNESS_GITHUB_RAW_URL"},
		{crawl.Options{ArXiv: "https://x/?q=1"}, "OPENNESS_ARXIV_URL"},
	} {
		test.opts.Now = fixedNow
		_, err := crawl.New(test.opts)
		if err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "secret") {
			t.Errorf("error %v does not name %s, or tells the password", err, test.says)
		}
	}
}
