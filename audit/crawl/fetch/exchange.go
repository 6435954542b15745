package fetch

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"openness/audit"
	"openness/audit/pattern"
)

// An exchange is one request and its answer, redirects followed.
type exchange struct {
	at     *url.URL // where it ended
	status int
	header http.Header
	body   []byte
	err    error    // no answer, or a broken one
	down   string   // why a host that it was sent on to is not asked at the moment
	final  bool     // err will not pass
	next   *url.URL // where a page has moved, which must be asked for anew
}

// errTooLarge and its like end an attempt for good.
var errTooLarge = errors.New("the body is too large")

// exchange makes the request. Credentials go to the origin of the first URL
// only; redirects away from it are dialled under guard.
func (c *Client) exchange(ctx context.Context, r Request, target *url.URL, cached audit.Document,
	token string) exchange {
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeout)
	defer cancel()
	at := target
	for hop := 0; ; hop++ {
		response, err := c.send(ctx, r, target, at, cached, token)
		if err != nil {
			return exchange{at: at, err: err}
		}
		location := response.Header.Get("Location")
		if !isRedirect(response.StatusCode) || location == "" {
			defer response.Body.Close()
			return read(r, at, response)
		}
		drain(response)
		next, err := at.Parse(location)
		switch {
		case err != nil:
			return exchange{at: at, final: true, err: fmt.Errorf("it redirects to %q, which is no URL", location)}
		case unfit(next) != "":
			return exchange{at: at, final: true, err: fmt.Errorf("it redirects to a place that is not asked: %s",
				unfit(next))}
		case r.Robots: // robots.txt has its say there too
			return exchange{at: at, status: response.StatusCode, header: response.Header, next: next}
		case hop == maxRedirects:
			return exchange{at: at, final: true, err: fmt.Errorf("it redirects more than %d times", maxRedirects)}
		case r.Head && next.Host != at.Host:
			// A file's headers are told by the hub; where it is stored is not asked.
			return exchange{at: at, status: response.StatusCode, header: response.Header}
		case next.Host != target.Host:
			if why := c.hostOf(r, next.Host).down(c.opts.Now()); why != "" {
				return exchange{at: next, down: why}
			}
		}
		at = next
	}
}

// send sends one request of an exchange.
func (c *Client) send(ctx context.Context, r Request, target, at *url.URL, cached audit.Document,
	token string) (*http.Response, error) {
	method := http.MethodGet
	if r.Head {
		method = http.MethodHead
	}
	request, err := http.NewRequestWithContext(ctx, method, at.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("request for %q: %w", at.Redacted(), err)
	}
	request.Header.Set("User-Agent", c.opts.UserAgent)
	if r.Accept != "" {
		request.Header.Set("Accept", r.Accept)
	}
	if r.First > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=0-%d", r.First-1))
	}
	home := at.Scheme == target.Scheme && at.Host == target.Host
	if home && token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if cached.ETag != "" {
		request.Header.Set("If-None-Match", cached.ETag)
	} else if cached.Modified != "" {
		request.Header.Set("If-Modified-Since", cached.Modified)
	}
	transport := c.guarded
	if home && r.Endpoint != nil && r.Endpoint.configured() && r.Endpoint.holds(target) {
		transport = c.open
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		return nil, fmt.Errorf("asking %q: %w", at.Redacted(), err)
	}
	return response, nil
}

func isRedirect(status int) bool {
	return slices.Contains([]int{301, 302, 303, 307, 308}, status)
}

// drain reads a little of a body that is not wanted, so that the connection
// can be used again.
func drain(response *http.Response) {
	_, _ = io.CopyN(io.Discard, response.Body, 4096) // what cannot be drained is closed
	response.Body.Close()
}

// read takes in a final answer. A body over the bound is an error: what was
// cut could have said the opposite.
func read(r Request, at *url.URL, response *http.Response) exchange {
	x := exchange{at: at, status: response.StatusCode, header: response.Header}
	if r.Head || response.StatusCode == http.StatusNotModified {
		return x
	}
	bound := r.Limit
	if bound == 0 {
		bound = DefaultLimit
	}
	whole := response.StatusCode == http.StatusOK || r.First > 0 && response.StatusCode == http.StatusPartialContent
	if !whole {
		bound = 64 << 10 // of an error only its message is read
	}
	if r.First > 0 && whole {
		return readFirst(r, x, response)
	}
	body, err := io.ReadAll(io.LimitReader(&steady{from: response.Body, began: time.Now()}, bound+1))
	encoding := response.Header.Get("Content-Encoding") // gzip was taken off: what is left was not asked for
	switch {
	case response.StatusCode == http.StatusOK && encoding != "" && !strings.EqualFold(encoding, "identity"):
		x.err, x.final = fmt.Errorf("the body is in an encoding that was not asked for: %.40q", encoding), true
	case response.StatusCode != http.StatusOK:
		x.body = body
	case int64(len(body)) > bound:
		x.err, x.final = fmt.Errorf("%w: more than %d bytes", errTooLarge, bound), true
	case errors.Is(err, errTooSlow):
		x.err, x.final = err, true
	case err != nil:
		x.err = fmt.Errorf("the body broke off after %d bytes: %w", len(body), err)
	default:
		x.body = body
	}
	return x
}

// readFirst takes in the beginning of an answer. A host that sends more than it was
// asked for is cut off: the connection is closed with the body.
func readFirst(r Request, x exchange, response *http.Response) exchange {
	if from := response.Header.Get("Content-Range"); response.StatusCode == http.StatusPartialContent &&
		!strings.HasPrefix(from, "bytes 0-") {
		x.err, x.final = fmt.Errorf("the server sent another part than was asked for: %.40q", from), true
		return x
	}
	body, err := io.ReadAll(io.LimitReader(&steady{from: response.Body, began: time.Now()}, r.First))
	if err != nil {
		x.err, x.final = fmt.Errorf("the body broke off after %d bytes: %w", len(body), err), errors.Is(err, errTooSlow)
		return x
	}
	x.body, x.status = body, http.StatusOK
	return x
}

// A body must come at leastPace bytes a second, on average, once slowStart has
// passed: a host that drips its answers would hold a run up for as long as it
// likes. The slowest lines of today carry ten times that.
const (
	leastPace = 1 << 10
	slowStart = 10 * time.Second
)

var errTooSlow = fmt.Errorf("the body came at less than %d bytes a second", leastPace)

// steady reads a body that keeps up its pace.
type steady struct {
	from  io.Reader
	began time.Time
	had   int64
}

func (s *steady) Read(p []byte) (int, error) {
	n, err := s.from.Read(p)
	s.had += int64(n)
	if past := time.Since(s.began) - slowStart; err == nil && past > 0 && s.had < int64(past.Seconds()*leastPace) {
		return n, errTooSlow
	}
	return n, err
}

// classify turns an answer into a document. after is how long the host wants
// to be left alone.
func (c *Client) classify(r Request, x exchange, cached audit.Document, after time.Duration) answer {
	d := c.documentOf(r, x)
	said := message(x)
	if proxy, err := c.opts.Network.through(x.at); err == nil && proxy != nil && x.status >= 400 {
		said += fmt.Sprintf(" (asked through the proxy %s)", proxy.Host)
	}
	end := func(o audit.Outcome, format string, args ...any) answer {
		d.Outcome, d.Detail = o, fmt.Sprintf(format, args...)
		return answer{doc: d}
	}
	switch status := x.status; {
	case status == http.StatusOK || (r.Head && isRedirect(status)):
		return c.fetched(r, d, x)
	case status == http.StatusNotModified && cached.SHA256 != "":
		return answer{doc: renew(d, cached)}
	case status == http.StatusNotFound && r.Listed:
		return end(audit.Failed, "a listing names this file, but the server answers 404%s", said)
	case status == http.StatusNotFound, status == http.StatusGone:
		return end(audit.Absent, "%s", strings.TrimPrefix(said, ": "))
	case status == http.StatusConflict && r.Document.Kind == audit.DocTree:
		return end(audit.Absent, "the repository is there, but empty%s", said)
	case status == http.StatusTooManyRequests, status == http.StatusForbidden && (after > 0 || isSecondary(said)):
		a := end(audit.Refused, "the server limits requests (%d)%s%s", status, said, r.advice())
		a.again, a.after = true, after
		if after == 0 && isSecondary(said) {
			a.after = time.Minute // as GitHub asks for where it names no time
		}
		return a
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusPaymentRequired,
		status == http.StatusUnavailableForLegalReasons, status == http.StatusProxyAuthRequired:
		return end(audit.Refused, "the server refuses (%d)%s%s", status, said, c.remedy(r, status))
	case serverFails(status):
		a := end(audit.Failed, "the server fails (%d)%s; run again later", status, said)
		a.again, a.after = true, after
		return a
	}
	return end(audit.Failed, "the server answers %d%s", x.status, said)
}

// documentOf is what an exchange tells of the document that was asked for, before it is read.
func (c *Client) documentOf(r Request, x exchange) audit.Document {
	d := r.Document
	d.RetrievedAt, d.Status = c.opts.Now(), x.status
	d.ContentType, d.ETag, d.Modified = x.header.Get("Content-Type"), x.header.Get("ETag"),
		x.header.Get("Last-Modified")
	if r.Renames && r.Endpoint != nil {
		d.URL = r.Endpoint.public(x.at.String())
	} else if r.Robots {
		d.URL = x.at.String()
		if r.Endpoint != nil {
			d.URL = r.Endpoint.public(d.URL)
		}
	}
	if commit := x.header.Get("X-Repo-Commit"); d.Revision == "" && len(commit) <= 64 {
		d.Revision = commit
	}
	if r.Paged {
		d.Link = x.header.Get("Link")
	}
	return d
}

// serverFails reports whether a status says that the server could not answer, and may at another time.
func serverFails(status int) bool {
	return slices.Contains([]int{500, 502, 503, 504, 408, 425}, status)
}

// remedy says what may help against a refusal.
func (c *Client) remedy(r Request, status int) string {
	if r.Endpoint == nil || r.Endpoint.TokenName == "" || status == http.StatusUnavailableForLegalReasons {
		return "" // which no token opens
	}
	if len(r.Endpoint.Tokens) > 0 && status == http.StatusUnauthorized {
		return "; the token in " + r.Endpoint.TokenName + " has no access to it"
	}
	if len(r.Endpoint.Tokens) == 0 {
		return "; it may be gated, private, misspelt or not there: a token with access can be given in " +
			r.Endpoint.TokenName
	}
	return ""
}

// fetched checks that a body is what was due.
func (c *Client) fetched(r Request, d audit.Document, x exchange) answer {
	d.Outcome = audit.Fetched
	if r.Head {
		x.body = stableHeaders(x)
	}
	switch {
	case r.JSON && looksHTML(x):
		d.Outcome, d.Detail = audit.Failed,
			"an HTML page came where JSON was due: a sign-in page or proxy may stand in between; check the network and the base URL"
	case r.JSON && !json.Valid(x.body):
		d.Outcome, d.Detail = audit.Failed, fmt.Sprintf("the answer of %d bytes is not valid JSON; run again later",
			len(x.body))
	case !r.JSON && !r.Head && r.Endpoint != nil && r.Accept == "" && looksHTML(x) && !htmlFile(r.Document.Path):
		d.Outcome, d.Detail = audit.Failed,
			"an HTML page came where a file was due: a sign-in page or proxy may stand in between; check the network and the base URL"
	case !r.JSON && !r.Head && r.Endpoint != nil && r.Accept == "" && (errorObject(r, x) || statusText(x.body)):
		d.Outcome, d.Detail = audit.Failed, "an error came where a file was due, although the server says 200"+
			message(exchange{status: 500, header: x.header, body: x.body})+"; run again later"
	case r.cut(x.body):
		d.Outcome, d.Detail = audit.Failed, fmt.Sprintf("%d bytes came of a file that has %d, by the listing of files; run again later",
			len(x.body), r.Size)
	default:
		if r.Check != "" && !r.Head {
			if err := c.opts.Check(r.Check, r.Document.URL, x.body); err != nil {
				d.Outcome, d.Detail = audit.Failed, err.Error()+"; run again later"
				break
			}
		}
		if problem := noText(&r.Document, x.body); problem != "" && !r.Head {
			d.Outcome, d.Detail = audit.Failed, problem
			break
		}
		d.Body, d.SHA256 = x.body, audit.Hash(x.body)
	}
	return answer{doc: d}
}

// renew gives the stored body a new lease.
func renew(d, cached audit.Document) audit.Document {
	d.Outcome, d.Body, d.SHA256, d.Partial = audit.NotModified, cached.Body, cached.SHA256, cached.Partial
	d.ContentType = cached.ContentType
	if d.ETag == "" {
		d.ETag = cached.ETag
	}
	if d.Modified == "" {
		d.Modified = cached.Modified
	}
	if d.Revision == "" {
		d.Revision = cached.Revision
	}
	return d
}

// looksHTML reports whether an answer is a web page: it says so and starts so.
func looksHTML(x exchange) bool {
	return StartsAsPage(x.body) && strings.HasPrefix(x.header.Get("Content-Type"), "text/html")
}

// htmlFile reports whether a file is a web page by its name.
func htmlFile(file string) bool {
	ext := strings.ToLower(path.Ext(file))
	return ext == ".html" || ext == ".htm"
}

// StartsAsPage reports whether a body begins as a web page does.
func StartsAsPage(body []byte) bool {
	start := bytes.ToLower(bytes.TrimLeft(body[:min(len(body), 512)], "\xef\xbb\xbf \t\r\n"))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
}

// errorObject reports whether an answer is the error of an interface in place of
// a file: a JSON object that says so itself, where no JSON file was asked for.
func errorObject(r Request, x exchange) bool {
	const longest = 4 << 10
	if strings.HasSuffix(r.Document.Path, ".json") || len(x.body) > longest {
		return false
	}
	var told struct{ Error json.RawMessage }
	return json.Unmarshal(x.body, &told) == nil && len(told.Error) > 0
}

// beforeStatus matches what stands before the name of a status: its number, and that it is one.
var beforeStatus = pattern.MustCompile(`(?i)^(?:(?:http|error|status|code|[45]\d\d)\b[ \t:/-]*)+`)

// statusText reports whether a short body begins with a line that names a status of
// failure and no more, as servers and proxies write in place of a page.
func statusText(body []byte) bool {
	const longest = 512
	if len(body) > longest {
		return false
	}
	line, _, _ := strings.Cut(strings.TrimSpace(string(body)), "\n")
	line = strings.Trim(line[len(beforeStatus.FindString(line)):], " \t\r.!")
	for status := 400; status < 600; status++ {
		if name := http.StatusText(status); name != "" && strings.EqualFold(line, name) {
			return true
		}
	}
	return false
}

// isSecondary recognises GitHub's secondary limits by their message.
func isSecondary(said string) bool {
	said = strings.ToLower(said)
	return strings.Contains(said, "secondary rate limit") || strings.Contains(said, "abuse detection")
}

// message gives what the server said about an error, with a colon before it.
func message(x exchange) string {
	if x.status < 400 {
		return ""
	}
	text := x.header.Get("X-Error-Message")
	var told struct{ Message, Error string }
	if text == "" && json.Unmarshal(x.body, &told) == nil {
		text = cmp.Or(told.Message, told.Error)
	}
	if text == "" && strings.HasPrefix(x.header.Get("Content-Type"), "text/plain") {
		text = string(x.body)
	}
	if text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "�")), " "); text == "" {
		return ""
	}
	text = strings.TrimRight(text, ".")
	if code := x.header.Get("X-Error-Code"); code != "" {
		text = code + ": " + text
	}
	if runes := []rune(text); len(runes) > 200 {
		text = string(runes[:200]) + "…"
	}
	return ": " + text
}

// stableHeaders renders what a probe's answer says of the file, without what
// changes from request to request.
func stableHeaders(x exchange) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP %d\n", x.status)
	for _, name := range []string{"Content-Length", "ETag", "X-Linked-ETag", "X-Linked-Size", "X-Repo-Commit"} {
		if value := x.header.Get(name); value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	return b.Bytes()
}
