package fetch

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"openness/audit"
	"openness/audit/replay/faults"
)

// A nameServer answers address queries over UDP from a list that the test
// changes. Names that are not in it do not exist.
type nameServer struct {
	conn  net.PacketConn
	mu    sync.Mutex
	names map[string][]string
}

func serveNames(t *testing.T) *nameServer {
	t.Helper()
	conn, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &nameServer{conn: conn, names: map[string][]string{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.serve()
	}()
	before := net.DefaultResolver
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
	t.Cleanup(func() {
		net.DefaultResolver = before
		conn.Close()
		<-done
	})
	return s
}

func (s *nameServer) set(name string, addresses ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.names[name+"."] = addresses
}

func (s *nameServer) serve() {
	packet := make([]byte, 1500)
	for {
		n, from, err := s.conn.ReadFrom(packet)
		if err != nil {
			return
		}
		var query dnsmessage.Message
		if query.Unpack(packet[:n]) != nil || len(query.Questions) != 1 {
			continue
		}
		reply, err := s.answer(query)
		if err == nil {
			_, _ = s.conn.WriteTo(reply, from) // a lost packet is a time-out, which the test would show
		}
	}
}

func (s *nameServer) answer(query dnsmessage.Message) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	question := query.Questions[0]
	addresses, known := s.names[strings.ToLower(question.Name.String())]
	reply := dnsmessage.Message{Header: dnsmessage.Header{ID: query.ID, Response: true, RecursionAvailable: true},
		Questions: query.Questions}
	if !known {
		reply.RCode = dnsmessage.RCodeNameError
	}
	for _, text := range addresses {
		ip := netip.MustParseAddr(text)
		head := dnsmessage.ResourceHeader{Name: question.Name, Type: question.Type, Class: dnsmessage.ClassINET}
		switch {
		case question.Type == dnsmessage.TypeA && ip.Is4():
			reply.Answers = append(reply.Answers, dnsmessage.Resource{Header: head,
				Body: &dnsmessage.AResource{A: ip.As4()}})
		case question.Type == dnsmessage.TypeAAAA && ip.Is6():
			reply.Answers = append(reply.Answers, dnsmessage.Resource{Header: head,
				Body: &dnsmessage.AAAAResource{AAAA: ip.As16()}})
		}
	}
	return reply.Pack()
}

// TestNames: names that do not resolve, that resolve to private addresses, and
// that change what they resolve to, asked directly and through a redirect.
func TestNames(t *testing.T) {
	names := serveNames(t)
	names.set("inside.example", "127.0.0.1")
	names.set("six.example", "::1", "fd00::1")
	names.set("changing.example", "10.1.2.3")
	page := func(tr *trial, url string) audit.Document {
		d, err := tr.client.Get(t.Context(), Request{Bucket: "web", Document: audit.Document{URL: url,
			Kind: audit.DocWeb}})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for url, want := range map[string]string{
		"http://nowhere.example/":        "nowhere.example cannot be reached|its name cannot be resolved",
		"http://inside.example/":         "not public: 127.0.0.1",
		"http://inside.example:8080/":    "not public: 127.0.0.1",
		"http://six.example/":            "not public",
		"https://inside.example/":        "not public: 127.0.0.1",
		"http://INSIDE.example./":        "not public: 127.0.0.1",
		"http://2130706433/":             "2130706433",
		"http://0x7f.1/":                 "0x7f.1",
		"http://[fe80::1%25eth0]/":       "fe80::1",
		"http://user:pass@nice.example/": "holds credentials",
	} {
		d := page(newTrial(t, "", nil), url)
		if d.Outcome != audit.Failed || d.Status != 0 || !containsAny(d.Detail, strings.Split(want, "|")) {
			t.Errorf("%s: %s %q, want %q", url, d.Outcome, d.Detail, want)
		}
		if strings.Contains(d.Detail, "pass") {
			t.Errorf("%s: the message holds the password: %q", url, d.Detail)
		}
	}
	t.Run("changing", func(t *testing.T) {
		tr := newTrial(t, "", nil)
		if d := page(tr, "http://changing.example/1"); !strings.Contains(d.Detail, "not public: 10.1.2.3") {
			t.Errorf("at first: %q", d.Detail)
		}
		names.set("changing.example", "169.254.169.254")
		tr.clock.now = tr.clock.now.Add(2 * downFor)
		if d := page(tr, "http://changing.example/2"); !strings.Contains(d.Detail, "not public: 169.254.169.254") {
			t.Errorf("then: %q", d.Detail)
		}
	})
	t.Run("redirected", func(t *testing.T) {
		server := faults.Serve(t, faults.Redirect(http.StatusFound, "http://inside.example/admin"))
		d, err := newTrial(t, server.URL, nil).client.Get(t.Context(), newTrial(t, server.URL, nil).request("/x"))
		if err != nil || d.Outcome != audit.Failed {
			t.Errorf("%v %+v", err, d)
		}
	})
	t.Run("down", func(t *testing.T) {
		tr := newTrial(t, "", nil)
		first := page(tr, "http://nowhere.example/1")
		names.set("nowhere.example", "127.0.0.1")
		if d := page(tr, "http://nowhere.example/2"); d.Detail != first.Detail {
			t.Errorf("a host that is down was tried again: %q, at first %q", d.Detail, first.Detail)
		}
		tr.clock.now = tr.clock.now.Add(downFor + time.Second)
		if d := page(tr, "http://nowhere.example/3"); !strings.Contains(d.Detail, "not public") {
			t.Errorf("a host that may be back was not tried: %q", d.Detail)
		}
	})
	t.Run("refuses", func(t *testing.T) {
		gone := faults.Serve(t, ok)
		gone.Close()
		tr := newTrial(t, gone.URL, nil)
		d, err := tr.client.Get(t.Context(), tr.request("/x"))
		if err != nil || d.Outcome != audit.Failed || !strings.Contains(d.Detail, "refuses connections") {
			t.Errorf("%v %+v", err, d)
		}
	})
}

func containsAny(text string, parts []string) bool {
	for _, p := range parts {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}

// TestAddresses: which addresses the guard lets through.
func TestAddresses(t *testing.T) {
	for address, public := range map[string]bool{
		"93.184.215.14:443": true, "93.184.215.14:80": true, "[2606:2800:21f:cb07:6820:80da:af6b:8b2c]:443": true,
		"93.184.215.14:22": false, "93.184.215.14:8080": false, "127.0.0.1:80": false, "127.255.255.254:80": false,
		"10.0.0.1:443":  false,
		"172.16.0.1:80": false, "172.31.255.255:80": false, "172.32.0.1:80": true, "192.168.1.1:80": false,
		"100.64.0.1:80":      false,
		"169.254.169.254:80": false, "0.0.0.0:80": false, "224.0.0.1:80": false, "255.255.255.255:80": false,
		"192.0.2.1:80":  false,
		"198.18.0.1:80": false, "[::]:80": false, "[::1]:80": false, "[::ffff:10.0.0.1]:80": false,
		"[::ffff:93.184.215.14]:80": true,
		"[fe80::1%eth0]:80":         false, "[fc00::1]:80": false, "[ff02::1]:80": false, "[64:ff9b::7f00:1]:80": false,
		"[2002:7f00:1::]:80": false,
		"[2001:db8::1]:80":   false, "nonsense": false, "example.org:80": false,
	} {
		if got := refusePrivate("tcp", address, nil) == nil; got != public {
			t.Errorf("%s: let through %v, want %v", address, got, public)
		}
	}
}

// TestRobots: what robots.txt says is obeyed, and when it cannot be read the
// page is not asked for.
func TestRobots(t *testing.T) {
	page := faults.Answer(200, "<html>terms</html>", "Content-Type: text/html")
	for _, c := range []struct {
		name    string
		robots  http.Handler
		outcome audit.Outcome
		says    string
	}{
		{"none", faults.Answer(404, ""), audit.Fetched, ""},
		{"allows", faults.Answer(200, "User-agent: *\nDisallow: /private\n"), audit.Fetched, ""},
		{"forbids all", faults.Answer(200, "User-agent: *\nDisallow: /\n"), audit.Refused,
			"robots.txt asks programs not to read this page; a person can"},
		{"forbids us by name", faults.Answer(200, "User-agent: battery\nDisallow: /\n\nUser-agent: *\nAllow: /\n"),
			audit.Refused, "robots.txt asks"},
		{"allows us by name", faults.Answer(200, "User-agent: *\nDisallow: /\n\nUser-agent: battery\nAllow: /\n"),
			audit.Fetched, ""},
		{"forbidden itself", faults.Answer(403, ""), audit.Fetched, ""},
		{"fails", faults.Answer(500, ""), audit.Failed, "robots.txt could not be read, so the page was not asked for"},
		{"limited for long", faults.Answer(429, "", "Retry-After: 3600"), audit.Refused,
			"robots.txt could not be read"},
		{"breaks off", faults.Reset(), audit.Failed, "robots.txt could not be read"},
		{"endless", faults.Endless(), audit.Failed, "robots.txt could not be read"},
		{"is a page", faults.Answer(200, "<!DOCTYPE html><html>hello</html>", "Content-Type: text/html"), audit.Fetched,
			""},
		{"loops", faults.Loop(), audit.Failed, "robots.txt could not be read"},
		{"is binary", faults.Answer(200, "\x00\xff\xfe\x01User-agent\x00: *"), audit.Fetched, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := faults.Serve(t, faults.Over(page, map[string]http.Handler{"/robots.txt": c.robots}))
			tr := newTrial(t, "", nil)
			tr.client.guarded = tr.client.open // the test's server has no public address
			d, err := tr.client.Get(t.Context(), Request{Bucket: "web", Robots: true,
				Document: audit.Document{URL: server.URL + "/terms", Kind: audit.DocWeb}})
			if err != nil || d.Outcome != c.outcome || !strings.Contains(d.Detail, c.says) {
				t.Errorf("%v %s %q, want %s %q", err, d.Outcome, d.Detail, c.outcome, c.says)
			}
			asked := false
			for _, r := range server.Requests() {
				asked = asked || r.URL.Path == "/terms"
			}
			if asked != (c.outcome == audit.Fetched) {
				t.Errorf("page asked for: %v", asked)
			}
		})
	}
}

// TestRobotsOfRedirects: where a page has moved, the robots.txt of that place is
// asked first, on the same host and on another.
func TestRobotsOfRedirects(t *testing.T) {
	page := faults.Answer(200, "<html>terms</html>", "Content-Type: text/html")
	other := faults.Serve(t,
		faults.Over(page, map[string]http.Handler{"/robots.txt": faults.Answer(200,
			"User-agent: *\nDisallow: /private\n")}))
	server := faults.Serve(t, faults.Over(page, map[string]http.Handler{
		"/robots.txt": faults.Answer(200, "User-agent: *\nDisallow: /closed\nDisallow: /*?download\n"),
		"/to-closed":  faults.Redirect(302, "/closed/terms"), "/to-open": faults.Redirect(301, "/terms"),
		"/to-query":   faults.Redirect(302, "/terms?download=1"),
		"/to-private": faults.Redirect(302, other.URL+"/private/terms"), "/to-other": faults.Redirect(308,
			other.URL+"/terms"), "/loop": faults.Loop(),
	}))
	for path, want := range map[string]struct {
		outcome  audit.Outcome
		says, at string
	}{
		"/terms": {audit.Fetched, "", server.URL + "/terms"}, "/to-open": {audit.Fetched, "", server.URL + "/terms"},
		"/to-other":  {audit.Fetched, "", other.URL + "/terms"},
		"/to-closed": {audit.Refused, "robots.txt asks programs", ""}, "/to-query": {audit.Refused,
			"robots.txt asks programs", ""}, "/terms?download=1": {audit.Refused, "robots.txt asks programs", ""},
		"/to-private": {audit.Refused, other.URL + "/robots.txt asks programs", ""},
		"/loop":       {audit.Failed, "redirects more than 5 times", ""},
	} {
		tr := newTrial(t, "", nil)
		tr.client.guarded = tr.client.open // the test's servers have no public addresses
		d, err := tr.client.Get(t.Context(), Request{Bucket: "web", Robots: true,
			Document: audit.Document{URL: server.URL + path, Kind: audit.DocWeb}})
		if err != nil || d.Outcome != want.outcome || !strings.Contains(d.Detail, want.says) ||
			want.at != "" && d.URL != want.at {
			t.Errorf("%s: %v %s %q at %s, want %s %q at %s", path, err, d.Outcome, d.Detail, d.URL, want.outcome,
				want.says, want.at)
		}
	}
	for _, s := range []*faults.Server{server, other} {
		for _, r := range s.Requests() {
			if strings.HasPrefix(r.URL.Path, "/closed") || strings.HasPrefix(r.URL.Path, "/private") ||
				strings.Contains(r.URL.RawQuery, "download") {
				t.Errorf("asked for %s", r.URL)
			}
		}
	}
}

// TestRedirectLeavesEndpoint: pages that are asked through an endpoint are so
// after a redirect too, and what is not under it is dialled under guard.
func TestRedirectLeavesEndpoint(t *testing.T) {
	server := faults.Serve(t, faults.Over(faults.Answer(200, "<html>moved</html>", "Content-Type: text/html"),
		map[string]http.Handler{
			"/web/old.example/page":       faults.Redirect(301, "https://new.example/page"),
			"/web/old.example/plain":      faults.Redirect(301, "http://127.0.0.1:80/page"),
			"/web/old.example/robots.txt": faults.Answer(404, ""), "/web/new.example/robots.txt": faults.Answer(404,
				"")}))
	end := &Endpoint{Name: "the web", Public: "https:/", Base: server.URL + "/web"}
	ask := func(path string) audit.Document {
		d, err := newTrial(t, "", nil).client.Get(t.Context(), Request{Endpoint: end, Bucket: "web", Robots: true,
			Accept: "text/html", Document: audit.Document{URL: "https://old.example" + path, Kind: audit.DocWeb}})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if d := ask("/page"); d.Outcome != audit.Fetched || d.URL != "https://new.example/page" {
		t.Errorf("%s %s %q", d.Outcome, d.URL, d.Detail)
	}
	if d := ask("/plain"); d.Outcome != audit.Failed || !strings.Contains(d.Detail, "not public") {
		t.Errorf("%s %s %q", d.Outcome, d.URL, d.Detail)
	}
}
