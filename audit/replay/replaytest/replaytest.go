// Package replaytest starts replay servers for tests.
package replaytest

import (
	"net/http/httptest"
	"os"
	"testing"

	"openness/audit/replay"
)

// Start serves the capture folder dir until the test ends and returns the
// server, whose log can be asked, and its base URL, which serves as
// HF_ENDPOINT, GITHUB_API_URL and OPENNESS_GITHUB_RAW_URL alike. The test is
// skipped, visibly, where the folder is absent.
func Start(t testing.TB, dir string, options ...func(*replay.Options)) (*replay.Server, string) {
	t.Helper()
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no capture folder: %v", err)
	}
	var opts replay.Options
	for _, set := range options {
		set(&opts)
	}
	server, err := replay.New(dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(server)
	t.Cleanup(func() {
		web.Close()
		server.Close()
	})
	return server, web.URL
}
