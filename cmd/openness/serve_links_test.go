package main

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestServeLinks follows every link of every page within the server.
func TestServeLinks(t *testing.T) {
	tuned := servedRecord("acme/tuned", "weights of the tuned one")
	tuned.Subject.Base = "acme/base"
	s := startServe(t, servedRecord("acme/base", "weights are here"), tuned, servedRecord("acme/evil", hostileText))
	pages := map[string]string{}
	queue := []string{"/", "/search?q=weights"}
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		path, fragment, _ := strings.Cut(address, "#")
		if _, seen := pages[path]; !seen {
			status, header, body := s.get(path)
			if status != http.StatusOK {
				t.Errorf("link to %s: %d", path, status)
			}
			checkSecured(t, strings.SplitN(path, "?", 2)[0], header)
			pages[path] = body
			if strings.HasPrefix(header.Get("Content-Type"), "text/html") {
				queue = append(queue, linksOf(t, path, []byte(body))...)
			}
		}
		// the page's script reads it
		if slug, chosen := strings.CutPrefix(fragment, "m="); chosen && path == "/compare.html" {
			queue = append(queue, "/models/"+slug+".html")
			continue
		}
		if fragment != "" && !strings.Contains(pages[path], `id="`+fragment+`"`) {
			t.Errorf("link to %s#%s: no such place", path, fragment)
		}
	}
	if len(pages) < 25 {
		t.Errorf("only %d pages were found by following links", len(pages))
	}
}

// linksOf are the addresses within the server that a page leads to or loads.
func linksOf(t *testing.T, page string, body []byte) []string {
	t.Helper()
	base, err := url.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	var links []string
	for _, attribute := range []string{`href="`, `src="`} {
		for _, rest := range bytes.Split(body, []byte(attribute))[1:] {
			value, _, _ := strings.Cut(string(rest), `"`)
			to, err := base.Parse(strings.ReplaceAll(value, "&amp;", "&"))
			if err != nil {
				t.Errorf("%s: link %q: %v", page, value, err)
				continue
			}
			if to.Host == "" && to.Scheme == "" {
				links = append(links, to.String())
			}
		}
	}
	return links
}
