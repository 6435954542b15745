package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// A forwarder is a real forwarding proxy on loopback. It knows one name, behind
// which a replay answers.
type forwarder struct {
	mu    sync.Mutex
	hosts map[string]int
	to    map[string]string // host of a request -> base URL that answers
}

func (f *forwarder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.hosts[r.URL.Host]++
	base := f.to[r.URL.Host]
	f.mu.Unlock()
	if r.Method == http.MethodConnect || base == "" {
		http.Error(w, "this proxy does not know that host", http.StatusBadGateway)
		return
	}
	onward, err := http.NewRequestWithContext(r.Context(), r.Method, base+r.URL.RequestURI(), nil)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	onward.Header = r.Header.Clone()
	response, err := http.DefaultTransport.RoundTrip(onward)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer response.Body.Close()
	for name, values := range response.Header {
		w.Header()[name] = values
	}
	w.WriteHeader(response.StatusCode)
	_, _ = io.Copy(w, response.Body)
}

// TestProxy audits through a proxy, through a wrong one, and past it.
func TestProxy(t *testing.T) {
	t.Parallel()
	captures, list := writeCaptures(t, 3)
	o := newOutage(t, captures)
	proxy := &forwarder{hosts: make(map[string]int), to: make(map[string]string)}
	server := httptest.NewServer(proxy)
	defer server.Close()
	var env []string
	for variable, base := range o.hosts { // names that only the proxy knows
		name := strings.ToLower(strings.ReplaceAll(variable, "_", "-")) + ".hub.example"
		proxy.to[name] = strings.TrimSuffix(base, hostVariables[variable])
		env = append(env, variable+"=http://"+name+hostVariables[variable])
	}
	set := func(proxy, no string) []string {
		return append([]string{"HTTP_PROXY=" + proxy, "http_proxy=", "HTTPS_PROXY=", "https_proxy=", "NO_PROXY=" + no,
			"no_proxy="}, env...)
	}
	audit := func(db string) []string {
		return []string{"audit", "--from", list, "--format", "json", "--max-wait", "1s", "--db",
			filepath.Join(t.TempDir(), db)}
	}
	direct, _ := o.run(exitDone, nil, audit("direct.db")...)
	asked := 0
	o.mu.Lock()
	for _, n := range o.asked {
		asked += n
	}
	o.asked = make(map[string]int)
	o.mu.Unlock()
	through, _ := o.run(exitDone, set(server.URL, ""), audit("through.db")...)
	if a, b := classesOf(t, direct), classesOf(t, through); a != b {
		t.Errorf("directly\n%s\nthrough the proxy\n%s", a, b)
	}
	seen := 0
	for host, n := range proxy.hosts {
		if proxy.to[host] != "" {
			seen += n
		}
	}
	if seen < asked*9/10 || seen == 0 { // retries differ
		t.Errorf("the proxy saw %d requests, directly there were %d", seen, asked)
	}
	_, said := o.run(exitUnreached, set("http://user:secret@127.0.0.1:1", ""), audit("wrong.db")...)
	if !strings.Contains(said, "through the proxy 127.0.0.1:1") || !strings.Contains(said, "HTTPS_PROXY") ||
		strings.Contains(said, "secret") {
		t.Errorf("with a wrong proxy: %s", said)
	}
	_, said = o.run(exitUnreached, set("http://127.0.0.1:1", ".hub.example"), audit("past.db")...)
	if strings.Contains(said, "through the proxy") {
		t.Errorf("NO_PROXY is not heeded: %s", said)
	}
	_, said = o.run(exitUsage, append(set("http://127.0.0.1:1", ""), "OPENNESS_CA_FILE="+list), audit("ca.db")...)
	if !strings.Contains(said, "OPENNESS_CA_FILE") || !strings.Contains(said, "no certificate") {
		t.Errorf("a file that holds no certificates: %s", said)
	}
	_, said = o.run(exitUsage, append(set("http://127.0.0.1:1", ""), "OPENNESS_CA_FILE=/dev/zero"), audit("ca.db")...)
	if !strings.Contains(said, "OPENNESS_CA_FILE") || !strings.Contains(said, "more than") {
		t.Errorf("a file without end: %s", said)
	}
}

// classesOf is what an audit found, without times and sources.
func classesOf(t *testing.T, text string) string {
	t.Helper()
	var all strings.Builder
	models := modelsIn(t, text)
	for i := range 3 {
		for id, m := range models {
			if strings.Contains(id, "wombat-"+string(rune('0'+i))+"-") {
				for _, j := range m.Judgements {
					all.WriteString(id + " " + j.Dimension + " " + j.Class + "\n")
				}
			}
		}
	}
	return all.String()
}
