package main

import (
	"net/http/httptest"
	"os"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"openness/audit/replay"
)

// replaying serves a folder of the script's own instead of the common captures:
// "replaying DIR". All settings point at it, the log of requests is requests.tsv.
func replaying(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: replaying DIR")
	}
	log, err := os.Create(ts.MkAbs("requests.tsv"))
	ts.Check(err)
	server, err := replay.New(ts.MkAbs(args[0]), replay.Options{Now: time.Now, Log: log})
	ts.Check(err)
	web := httptest.NewServer(server)
	ts.Defer(func() {
		web.Close()
		_ = server.Close()
		_ = log.Close()
	})
	for _, name := range []string{"HF_ENDPOINT", "GITHUB_API_URL", "OPENNESS_GITHUB_RAW_URL"} {
		ts.Setenv(name, web.URL)
	}
	ts.Setenv("MODELSCOPE_ENDPOINT", web.URL+"/modelscope")
	ts.Setenv("OPENNESS_ARXIV_URL", web.URL+"/arxiv")
	ts.Setenv("OPENNESS_WEB_URL", web.URL+"/web")
}
