package replay_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"openness/audit/papers"
	"openness/audit/replay"
)

// elsewhere is a synthetic capture of the services beside the two large ones.
var elsewhere = map[string]string{
	"modelscope/models/acme/scoped/model.json":      `{"Code":200,"Data":{"Name":"scoped","Path":"acme"},"Success":true}`,
	"modelscope/models/acme/scoped/files.json":      `{"Code":200,"Data":{"Files":[{"Path":"README.md","Type":"blob"},{"Path":"model.safetensors","Type":"blob"}]},"Success":true}`,
	"modelscope/models/acme/scoped/files/README.md": "# Scoped\n",
	"arxiv/2401.00001.xml":                          "<feed><entry><id>http://arxiv.org/abs/2401.00001v2</id><title>The Wallaby model</title></entry></feed>",
	"arxiv/cs.CL/0105001.xml":                       "<feed><entry><id>http://arxiv.org/abs/cs.CL/0105001v1</id><title>An old one</title></entry></feed>",
	"web/api.example/notes?id=one":                  `{"notes":[]}`,
}

func TestElsewhere(t *testing.T) {
	server, err := replay.New(folder(t, elsewhere), replay.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	ts := httptest.NewServer(server)
	defer ts.Close()
	for _, c := range []struct {
		path   string
		status int
		says   string
	}{
		{"/modelscope/api/v1/models/acme/scoped", 200, `"Success":true`},
		{"/api/v1/models/Acme/Scoped", 200, `"Success":true`},
		{"/modelscope/api/v1/models/acme/scoped/repo/files?Revision=master&Recursive=true", 200, "README.md"},
		{"/modelscope/models/acme/scoped/resolve/master/README.md", 200, "# Scoped"},
		{"/models/acme/scoped/resolve/0123456/README.md", 200, "# Scoped"},
		{"/modelscope/models/acme/scoped/resolve/master/LICENSE", 404, "has no LICENSE"},
		{"/modelscope/models/acme/scoped/resolve/master/model.safetensors", 501, "not captured"},
		{"/modelscope/models/acme/other/resolve/master/README.md", 501, "not captured"},
		{"/modelscope/api/v1/models/acme/other", 501, "not captured"},
		{"/modelscope/models/acme/scoped/resolve/master/../../x", 400, ""},
		{"/arxiv/api/query?id_list=2401.00001,cs.CL/0105001v1&max_results=2", 200, "Wallaby"},
		{"/arxiv/api/query?id_list=2401.00001,2401.00002", 501, "2401.00002"},
		{"/arxiv/api/query", 501, "not captured"},
		{"/web/api.example/notes?id=one", 200, "notes"},
		{"/web/api.example/notes?id=two", 501, "not captured"},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, ts.URL+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if response.StatusCode != c.status || !strings.Contains(string(body), c.says) {
			t.Errorf("%s: %d %.200s; want %d that says %q", c.path, response.StatusCode, body, c.status, c.says)
		}
		if !strings.HasPrefix(c.path, "/arxiv") || c.status != 200 {
			continue
		}
		list, err := papers.Parse(body)
		if err != nil || len(list) != 2 || list[0].ID != "2401.00001" || list[1].Title.Text != "An old one" {
			t.Errorf("%s: %+v, %v", c.path, list, err)
		}
	}
	ts.CloseClientConnections()
}
