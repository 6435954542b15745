package replay

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// addExchange indexes a file {"request": {method, uri}, "response": {status,
// headers, body}}. Header values are strings or lists of them.
func (c *corpus) addExchange(file, _ string) error {
	body, err := c.readFile(file)
	if err != nil {
		return err
	}
	var recorded struct {
		Request  struct{ Method, URI string }
		Response struct {
			Status  int
			Headers map[string]json.RawMessage
			Body    string
		}
	}
	if err := json.Unmarshal(body, &recorded); err != nil {
		return err
	}
	header := http.Header{}
	for name, raw := range recorded.Response.Headers {
		for _, value := range oneOrMany(raw) {
			header.Add(name, value)
		}
	}
	return c.keepExchange(recorded.Request.Method, recorded.Request.URI,
		exchange{recorded.Response.Status, header, []byte(recorded.Response.Body)})
}

func oneOrMany(raw json.RawMessage) []string {
	var many []string
	if json.Unmarshal(raw, &many) == nil {
		return many
	}
	var single string
	if json.Unmarshal(raw, &single) == nil {
		return []string{single}
	}
	return nil
}

// addFixtures indexes a file with a list of {method, path, status, rawHeaders,
// response}. Only reads are served; of several answers to one read the first.
func (c *corpus) addFixtures(file, _ string) error {
	body, err := c.readFile(file)
	if err != nil {
		return err
	}
	var recorded []struct {
		Method, Path string
		Status       int
		RawHeaders   []string
		Response     json.RawMessage
	}
	if err := json.Unmarshal(body, &recorded); err != nil {
		return err
	}
	for _, r := range recorded {
		header := http.Header{}
		for i := 0; i+1 < len(r.RawHeaders); i += 2 {
			header.Add(r.RawHeaders[i], r.RawHeaders[i+1])
		}
		if err := c.keepExchange(r.Method, r.Path, exchange{r.Status, header, fixtureBody(r.Response)}); err != nil {
			return err
		}
	}
	return nil
}

// fixtureBody is the body of a fixture: JSON as it stands, a string as its text.
func fixtureBody(raw json.RawMessage) []byte {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return []byte(text)
	}
	return raw
}

// keepExchange files one exchange under its method, path and query. A good
// answer of Hugging Face's API also becomes that model's recorded answer where
// there is no plain recording.
func (c *corpus) keepExchange(method, uri string, e exchange) error {
	method = strings.ToUpper(method)
	if method != http.MethodGet && method != http.MethodHead {
		return nil
	}
	u, err := url.Parse(uri)
	if err != nil {
		return fmt.Errorf("recorded uri %q: %w", uri, err)
	}
	key := exchangeKey(method, u)
	if _, known := c.exchanges[key]; !known {
		c.exchanges[key] = e
	}
	if id, ok := strings.CutPrefix(u.Path, "/api/models/"); ok && e.status == http.StatusOK && u.RawQuery == "" {
		if m := c.model(id); m.answer == "" {
			m.body = e.body
		}
	}
	return nil
}

func exchangeKey(method string, u *url.URL) string {
	key := method + " " + u.EscapedPath()
	if u.RawQuery != "" {
		key += "?" + u.Query().Encode()
	}
	return key
}

// exchange answers a request from a recording of exactly this request.
func (s *Server) exchange(r *http.Request) (answer, bool) {
	e, ok := s.corpus.exchanges[exchangeKey(r.Method, r.URL)]
	if !ok && r.Method == http.MethodHead {
		e, ok = s.corpus.exchanges[exchangeKey(http.MethodGet, r.URL)]
	}
	if !ok {
		return answer{}, false
	}
	a := answer{status: e.status, header: http.Header{}, body: e.body}
	for name, values := range e.header {
		if keepHeader(name) {
			a.header[http.CanonicalHeaderKey(name)] = values
		}
	}
	localLocation(a.header, r)
	return a, true
}

// keepHeader drops what belongs to the recorded connection, clock or quota.
func keepHeader(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case "content-length", "content-encoding", "transfer-encoding", "connection", "keep-alive", "date", "server",
		"set-cookie", "via",
		"strict-transport-security", "ratelimit", "ratelimit-policy":
		return false
	}
	return !strings.HasPrefix(name, "x-ratelimit-") && !strings.HasPrefix(name, "x-amz-")
}

// localLocation keeps a recorded redirect to GitHub's API on this server.
// Relative ones, as Hugging Face sends them, stay as they are.
func localLocation(h http.Header, r *http.Request) {
	to, err := url.Parse(h.Get("Location"))
	if err != nil || to.Host != "api.github.com" {
		return
	}
	h.Set("Location", origin(r)+to.RequestURI())
}

// origin is the base URL under which the client reached this server.
func origin(r *http.Request) string { return "http://" + r.Host }

func (s *Server) recordedExchange(r *http.Request) answer {
	if a, ok := s.exchange(r); ok {
		return a
	}
	return notCaptured("no recording of " + r.URL.Path)
}
