package main

import (
	"bytes"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"openness/audit"
	"openness/cmd/openness/serve"
)

// TestServeOpenAPI holds what the server answers against its own description, and
// the description against the routes that there are.
func TestServeOpenAPI(t *testing.T) {
	const text = "The weights are here, and a wombat."
	s := startServe(t, servedRecord("acme/quoll", text))
	_, _, body := s.get("/api/openapi.json")
	if body != string(serve.OpenAPI()) {
		t.Fatal("the server gives another description")
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	paths := doc.(map[string]any)["paths"].(map[string]any)
	for _, m := range regexp.MustCompile(`HandleFunc\("(/api/[^"]+)"`).FindAllStringSubmatch(read(t, "serve/serve.go"),
		-1) {
		if route := strings.ReplaceAll(m[1], "...", ""); paths[route] == nil {
			t.Errorf("route %s is not described", route)
		}
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	schemaOf := func(path, status string) *jsonschema.Schema {
		t.Helper()
		at := strings.NewReplacer("~", "~0", "/", "~1").Replace(path)
		schema, err := compiler.Compile("openapi.json#/paths/" + url.PathEscape(at) + "/get/responses/" + status +
			"/content/application~1json/schema")
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		return schema
	}
	sha := audit.Hash([]byte(text))
	asked := make(map[string]bool)
	for _, c := range []struct{ path, address, status string }{
		{"/api/models", "/api/models?limit=1&q=quoll", "200"},
		{"/api/models", "/api/models?limit=none", "400"},
		{"/api/models/{id}", "/api/models/acme/quoll", "200"},
		{"/api/models/{id}", "/api/models/acme/nobody", "404"},
		{"/api/rank", "/api/rank?offset=0", "200"},
		{"/api/rank", "/api/rank?rubric=none", "400"},
		{"/api/rubrics", "/api/rubrics", "200"},
		{"/api/search", "/api/search?q=wombat", "200"},
		{"/api/search", "/api/search", "400"},
		{"/api/documents/{sha256}/about", "/api/documents/" + sha + "/about", "200"},
		{"/api/documents/{sha256}/about", "/api/documents/abc/about", "404"},
		{"/api/openapi.json", "/api/openapi.json", "200"},
	} {
		asked[c.path] = true
		status, _, body := s.get(c.address)
		if got := strconv.Itoa(status); got != c.status {
			t.Errorf("%s: %s, want %s", c.address, got, c.status)
			continue
		}
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(body)))
		if err != nil {
			t.Fatalf("%s: %v", c.address, err)
		}
		schema := schemaOf(c.path, c.status)
		if err := schema.Validate(v); err != nil {
			t.Errorf("%s: %v\n%.400s", c.address, err, body)
		}
		if schema.Validate(map[string]any{}) == nil {
			t.Errorf("%s: its description takes anything", c.path)
		}
		if strings.Contains(c.address, "q=wombat") && !strings.Contains(body, sha) {
			t.Errorf("nothing was found: %.300s", body)
		}
	}
	for path := range paths {
		if !asked[path] && path != "/api/documents/{sha256}" {
			t.Errorf("%s is described and never asked", path)
		}
	}
}
