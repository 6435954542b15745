package replay_test

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"openness/audit/replay"
	"openness/audit/replay/replaytest"
)

// folder writes a capture folder of the given files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// head is the commit of the hand-made repository.
const head = "0123456789abcdef0123456789abcdef01234567"

// small is a hand-made capture: every case of the answers once.
func small(t *testing.T) string {
	blob := func(text string) string { return object("blob", text) }
	src := object("tree", "100644 train.py\x00"+unhex(t, blob("import torch\n")))
	return folder(t, map[string]string{
		"huggingface/cards/acme/plain.md":          "---\nlicense: mit\nlanguage: no\nlanguage_creators: [a, b]\nbase_model: acme/base\ntags: [one]\nreleased: 2024-02-30\n---\n# Plain\nSee https://arxiv.org/abs/2401.00001\n",
		"huggingface/cards/acme/gate.md":           "---\nlicense: other\nextra_gated_prompt: Please ask\n---\n# Gate\n",
		"huggingface/cards/acme/broken.md":         "---\nlicense: [unclosed\n---\n# Broken\n",
		"huggingface/cards/acme/scalar.md":         "---\njust text\n---\n# Scalar\n",
		"huggingface/cards/acme/bomb.md":           "---\n" + aliasBomb() + "---\n# Bomb\n",
		"huggingface/cards/_root/old.md":           "---\nlicense: mit\n---\n# Old name\n",
		"huggingface/dataset-cards/acme/corpus.md": "---\nlicense: cc-by-4.0\ntask_categories: [text-generation]\n---\n# Corpus\n",
		"huggingface/api/models/acme/full.json": `{"_id":"1","id":"acme/full","sha":"` + head +
			`","gated":false,"private":false,"tags":["x"],"siblings":[{"rfilename":"README.md"},{"rfilename":"model.safetensors"}]}`,
		"huggingface/api/models/acme/locked.json": `{"_id":"2","id":"acme/locked","sha":"` + head +
			`","gated":"manual","siblings":[{"rfilename":"README.md"},{"rfilename":"LICENSE"},{"rfilename":"model.safetensors"}]}`,
		"huggingface/cards/acme/locked.md": "# Locked\n",
		"huggingface/api/models/new/name.json": `{"_id":"3","id":"new/name","sha":"` + head +
			`","gated":false,"siblings":[{"rfilename":"README.md"}]}`,
		"huggingface/api/models-older/_root/old@2024-01-01.json":   `{"_id":"3","id":"old","sha":"` + head + `"}`,
		"huggingface/api/models-older/acme/aged@2024-01-01.1.json": `{"id":"acme/aged","sha":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}`,
		"huggingface/api/models-older/acme/aged@2025-01-01.1.json": `{"id":"acme/aged","sha":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}`,
		"huggingface/api/models-2022/acme/listed.json":             `{"modelId":"acme/listed"}`,
		"huggingface/api/expand/acme/full.pipeline_tag.json":       `{"_id":"1","id":"acme/full","pipeline_tag":"text-generation"}`,
		"huggingface/api/http/redirect.json":                       `{"request":{"method":"GET","uri":"https://huggingface.co/api/models/acme/former"},"response":{"status":307,"headers":{"Location":["/api/models/acme/full"]},"body":"moved"}}`,
		"huggingface/api/http/ok.json":                             `{"request":{"method":"GET","uri":"https://huggingface.co/api/models/acme/exchanged"},"response":{"status":200,"headers":{"Content-Type":"application/json"},"body":"{\"id\":\"acme/exchanged\",\"sha\":\"` + head + `\"}"}}`,
		"github/Acme/Code/repo.json":                               `{"full_name":"Acme/Code","default_branch":"main","head_sha":"` + head + `","committed_at":"2024-10-02T11:43:09+08:00"}`,
		"github/Acme/Code/tree.tsv": "100644\tblob\t" + blob("hello\n") +
			"\t6\tREADME.md\n100644\tblob\t" + blob("MIT\n") + "\t4\tLICENSE\n100644\tblob\t" + blob("gif") +
			"\tBAD\tlogo.gif\n040000\ttree\t" + src + "\t-\tsrc\n100644\tblob\t" + blob("import torch\n") +
			"\t13\tsrc/train.py\n160000\tcommit\t" + head + "\t-\tsub\n",
		"github/Acme/Code/files/README.md": "hello\n",
		"github/Acme/Code/files/LICENSE":   "MIT\n",
		"github/Acme/Cut/repo.json": `{"full_name":"Acme/Cut","default_branch":"main","head_sha":"` + head +
			`"}`,
		"github/Acme/Cut/tree.tsv":    "040000\ttree\t" + src + "\t-\tsrc\n",
		"github/Acme/Empty/repo.json": `{"full_name":"Acme/Empty","default_branch":"main","head_sha":""}`,
		"github/Acme/Bare/repo.json": `{"full_name":"Acme/Bare","default_branch":"trunk","head_sha":"` + head +
			`"}`,
		"github-api/rename.json": `[{"method":"get","path":"/repos/acme/renamed","status":301,"rawHeaders":["Location","https://api.github.com/repositories/7"],"response":{"message":"Moved Permanently"}},{"method":"get","path":"/repositories/7","status":200,"rawHeaders":["ETag","\"e\""],"response":{"full_name":"acme/after"}}]`,
		"outside.txt":            "not served",
	})
}

func object(kind, body string) string {
	sum := sha1.Sum(fmt.Appendf(nil, "%s %d\x00%s", kind, len(body), body))
	return hex.EncodeToString(sum[:])
}

func unhex(t *testing.T, s string) string {
	raw, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// aliasBomb is nine levels of nine aliases: 400 million nodes when expanded.
func aliasBomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x]\n")
	for i := 1; i <= 9; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 9), ","))
	}
	return b.String()
}

// get fetches without following redirects.
func get(t *testing.T, method, url string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

// TestAnswers asks the hand-made folder for one of everything.
func TestAnswers(t *testing.T) {
	_, base := replaytest.Start(t, small(t))
	for _, c := range []struct {
		name, path string
		status     int
		header     string // "Name: value" that must be there
		body       string // a regular expression
	}{
		{"recorded model", "/api/models/acme/full", 200, "X-Replay: recorded", `"siblings":\[`},
		{"derived model", "/api/models/acme/plain", 200, "",
			`"cardData":\{"base_model":"acme/base","language":"no","language_creators":\["a","b"\],"license":"mit","released":"2024-02-30","tags":\["one"\]\},"id":"acme/plain","sha":"[0-9a-f]{40}","tags":\["one","no","arxiv:2401.00001","base_model:acme/base","license:mit"\]\}$`},
		{"a card's form tells of no gate", "/api/models/acme/gate", 200, "",
			`^\{"cardData":\{"extra_gated_prompt":"Please ask","license":"other"\},"id":"acme/gate","sha":"[0-9a-f]{40}","tags":\["license:other"\]\}$`},
		{"broken front matter", "/api/models/acme/broken", 200, "",
			`^\{"id":"acme/broken","sha":"[0-9a-f]{40}","tags":\[\]\}$`},
		{"front matter no map", "/api/models/acme/scalar", 200, "", `^\{"id":"acme/scalar","sha":`},
		{"alias bomb", "/api/models/acme/bomb", 200, "", `^\{"id":"acme/bomb","sha":`},
		{"latest of older answers", "/api/models/acme/aged", 200, "", `"sha":"b{40}"`},
		{"answer within an exchange", "/api/models/acme/exchanged", 200, "", `acme/exchanged`},
		{"only listed", "/api/models/acme/listed", 501, "X-Error-Code: NotCaptured", `not captured`},
		{"unknown model", "/api/models/nobody/nothing", 401, "X-Error-Message: Invalid username or password.",
			`Invalid username`},
		{"unknown model's file", "/nobody/nothing/resolve/main/README.md", 401,
			"X-Error-Message: Invalid username or password.", ``},
		{"renamed by redirect", "/api/models/acme/former?expand=sha", 307, "Location: /api/models/acme/full?expand=sha",
			``},
		{"renamed by internal id", "/api/models/old", 307, "Location: /api/models/new/name", ``},
		{"renamed under a prefix", "/hf/api/models/old", 307, "Location: /hf/api/models/new/name", ``},
		{"file of a renamed model", "/old/resolve/main/README.md", 307, "Location: /new/name/resolve/main/README.md",
			``},
		{"card of the old name", "/new/name/resolve/main/README.md", 200, "X-Repo-Commit: " + head, `# Old name`},
		{"tree of a renamed model", "/api/models/old/tree/main", 307, "Location: /api/models/new/name/tree/main", ``},
		{"recorded expand", "/api/models/acme/full?expand[]=pipeline_tag", 200, "", `text-generation`},
		{"derived expand", "/api/models/acme/full?expand=sha&expand=downloads", 200, "",
			`^\{"_id":"1","id":"acme/full","sha":"` + head + `"\}$`},
		{"at its revision", "/api/models/acme/full/revision/" + head, 200, "", `"id":"acme/full"`},
		{"at another revision", "/api/models/acme/full/revision/v9", 501, "", `not captured`},
		{"tree", "/api/models/acme/full/tree/main?recursive=true", 501, "X-Error-Code: NotCaptured",
			`not captured: the tree`},
		{"card", "/acme/plain/resolve/main/README.md", 200, "Content-Type: text/plain; charset=utf-8",
			`^---\nlicense: mit`},
		{"card at another revision", "/acme/plain/resolve/v2/README.md", 501, "", `not captured`},
		{"file in no list", "/acme/plain/resolve/main/config.json", 501, "X-Error-Code: NotCaptured", ``},
		{"file not in the list", "/acme/full/resolve/main/LICENSE", 404, "X-Error-Code: EntryNotFound", ``},
		{"listed file not captured", "/acme/full/resolve/main/model.safetensors", 501, "X-Error-Code: NotCaptured", ``},
		{"listed card not captured", "/acme/full/resolve/main/README.md", 501, "", `not captured`},
		{"gated file", "/acme/locked/resolve/main/model.safetensors", 401, "X-Error-Code: GatedRepo",
			`Access to model acme/locked is restricted`},
		{"card of a gated model", "/acme/locked/resolve/main/README.md", 200, "", `# Locked`},
		{"licence of a gated model", "/acme/locked/resolve/main/LICENSE", 501, "", `not captured`},
		{"file that a gate may stand before", "/acme/gate/resolve/main/config.json", 501, "", `not captured`},
		{"small file's home", "/api/resolve-cache/models/acme/plain/main/README.md", 200, "", `# Plain`},
		{"dataset", "/api/datasets/acme/corpus", 200, "",
			`"tags":\["task_categories:text-generation","license:cc-by-4.0"\]`},
		{"dataset card", "/datasets/acme/corpus/resolve/main/README.md", 200, "", `# Corpus`},
		{"unknown dataset", "/api/datasets/acme/none", 401, "", ``},
		{"page of the hub", "/acme/plain", 501, "", `not captured`},

		{"repository", "/repos/Acme/Code", 200, "X-Ratelimit-Limit: 60",
			`^\{"default_branch":"main","full_name":"Acme/Code","html_url"`},
		{"repository in another case", "/repos/acme/code", 200, "", `"full_name":"Acme/Code"`},
		{"tree by branch", "/repos/Acme/Code/git/trees/main?recursive=1", 200, "",
			`"path":"src/train.py".*"truncated":false`},
		{"tree without size", "/repos/Acme/Code/git/trees/main?recursive=1", 200, "",
			`\{"mode":"100644","path":"logo.gif","sha":"[0-9a-f]+","type":"blob","url"`},
		{"submodule", "/repos/Acme/Code/git/trees/" + head + "?recursive=1", 200, "",
			`\{"mode":"160000","path":"sub","sha":"` + head + `","type":"commit"\}`},
		{"cut tree", "/repos/Acme/Cut/git/trees/main?recursive=1", 200, "", `"truncated":true`},
		{"empty repository", "/repos/Acme/Empty/git/trees/main?recursive=1", 409, "", `Git Repository is empty`},
		{"no tree captured", "/repos/Acme/Bare/git/trees/trunk?recursive=1", 501, "", `not captured`},
		{"commit", "/repos/Acme/Code/commits/main", 200, "", `"sha":"` + head + `"`},
		{"branch", "/repos/Acme/Code/branches/main", 200, "", `"name":"main"`},
		{"other branch", "/repos/Acme/Code/branches/dev", 501, "", `not captured`},
		{"reference", "/repos/Acme/Code/git/ref/heads/main", 200, "", `"object":\{"sha":"` + head + `"`},
		{"licence", "/repos/Acme/Code/license", 200, "", `"content":"TUlUCg==".*"path":"LICENSE"`},
		{"no licence in a cut tree", "/repos/Acme/Cut/license", 501, "", `not captured`},
		{"readme", "/repos/Acme/Code/readme", 200, "", `"content":"aGVsbG8K"`},
		{"contents", "/repos/Acme/Code/contents/LICENSE", 200, "", `TUlUCg==`},
		{"contents that are not there", "/repos/Acme/Code/contents/NOTICE", 404, "", `Not Found`},
		{"unknown repository", "/repos/nobody/nothing", 501, "X-Error-Code: NotCaptured", `not captured`},
		{"renamed repository", "/repos/acme/renamed", 301, "Location: " + base + "/repositories/7", ``},
		{"repository by number", "/repositories/7", 200, `Etag: "e"`, `acme/after`},
		{"unknown number", "/repositories/8", 501, "", ``},
		{"quota question", "/rate_limit", 200, "", `"limit":60`},
		{"under a prefix", "/github/repos/Acme/Code", 200, "", `Acme/Code`},

		{"raw by commit", "/Acme/Code/" + head + "/README.md", 200, "", `^hello\n$`},
		{"raw by branch", "/Acme/Code/main/README.md", 200, "", `^hello\n$`},
		{"raw by reference", "/Acme/Code/refs/heads/main/README.md", 200, "", `^hello\n$`},
		{"raw under a prefix", "/raw/Acme/Code/main/README.md", 200, "", `^hello\n$`},
		{"raw not in the tree", "/Acme/Code/main/DATASHEET.md", 404, "", `404: Not Found`},
		{"raw in the tree, not captured", "/Acme/Code/main/src/train.py", 501, "X-Error-Code: NotCaptured", ``},
		{"raw folder", "/Acme/Code/main/src", 404, "", ``},
		{"raw in a cut tree", "/Acme/Cut/main/README.md", 501, "", ``},
		{"raw of another commit", "/Acme/Code/ffffffffffffffffffffffffffffffffffffffff/README.md", 501, "", ``},
		{"raw of an unknown repository", "/nobody/nothing/main/README.md", 501, "", ``},

		{"up the tree", "/Acme/Code/main/../../../outside.txt", 400, "", `refused`},
		{"up the tree, escaped", "/Acme/Code/main/..%2F..%2F..%2F..%2Foutside.txt", 400, "", `refused`},
		{"up the tree, twice escaped", "/Acme/Code/main/%252e%252e%252foutside.txt", 404, "", ``},
		{"up in an id", "/api/models/..%2F../outside", 400, "", `refused`},
		{"backslash", `/api/models/a%5C..%5Cb/c`, 400, "", `refused`},
		{"control character", "/api/models/a%00b/c", 400, "", `refused`},
		{"long name", "/api/models/" + strings.Repeat("a", 300) + "/b", 400, "", `refused`},
		{"bad name", "/api/models/-bad-/$(id)", 501, "", ``},
		{"not UTF-8", "/api/models/%ff%fe/b", 400, "", `refused`},
	} {
		t.Run(c.name, func(t *testing.T) {
			resp, body := get(t, http.MethodGet, base+c.path)
			if resp.StatusCode != c.status {
				t.Fatalf("status %d, want %d; body %.300s", resp.StatusCode, c.status, body)
			}
			if name, want, _ := strings.Cut(c.header, ": "); resp.Header.Get(name) != want {
				t.Errorf("header %s: %q, want %q", name, resp.Header.Get(name), want)
			}
			if !regexp.MustCompile(`(?s)` + c.body).MatchString(body) {
				t.Errorf("body %.600s\nwant %s", body, c.body)
			}
		})
	}
}

// TestConditional: the same version is a 304 without a body, on every service,
// and GitHub's is not counted.
func TestConditional(t *testing.T) {
	server, base := replaytest.Start(t, small(t))
	for _, path := range []string{"/api/models/acme/plain", "/acme/plain/resolve/main/README.md", "/repos/Acme/Code",
		"/repos/Acme/Code/git/trees/main?recursive=1", "/Acme/Code/main/README.md"} {
		first, body := get(t, http.MethodGet, base+path)
		etag := first.Header.Get("ETag")
		if etag == "" || body == "" {
			t.Fatalf("%s: no validator (status %d)", path, first.StatusCode)
		}
		for _, sent := range []string{etag, `"other", ` + etag, "*"} {
			again, body := get(t, http.MethodGet, base+path, "If-None-Match", sent)
			if again.StatusCode != http.StatusNotModified || body != "" || again.Header.Get("ETag") != etag {
				t.Errorf("%s with %s: status %d, %d bytes", path, sent, again.StatusCode, len(body))
			}
		}
		if changed, _ := get(t, http.MethodGet, base+path, "If-None-Match",
			`"other"`); changed.StatusCode != http.StatusOK {
			t.Errorf("%s with another validator: status %d", path, changed.StatusCode)
		}
	}
	counts := server.Counts()
	if got := counts[replay.GitHubAPI]; got.Requests != 10 || got.Counted != 4 || got.NotModified != 6 ||
		got.Conditional != 8 {
		t.Errorf("GitHub API: %+v", got)
	}
	if got := counts[replay.GitHubRaw]; got.Requests != 5 || got.Counted != 0 {
		t.Errorf("GitHub raw: %+v", got)
	}
	if got := counts[replay.HFAPI]; got.Requests != 5 || got.Counted != 5 {
		t.Errorf("Hugging Face API: %+v", got)
	}
}

// TestDerivedIsDeterministic: the same card gives the same bytes and sha from
// two servers, another card another sha.
func TestDerivedIsDeterministic(t *testing.T) {
	card := map[string]string{"huggingface/cards/a/b.md": "---\nlicense: mit\n---\nOne"}
	_, one := replaytest.Start(t, folder(t, card))
	_, two := replaytest.Start(t, folder(t, card))
	_, other := replaytest.Start(t,
		folder(t, map[string]string{"huggingface/cards/a/b.md": "---\nlicense: mit\n---\nTwo"}))
	_, first := get(t, http.MethodGet, one+"/api/models/a/b")
	_, second := get(t, http.MethodGet, two+"/api/models/a/b")
	_, third := get(t, http.MethodGet, other+"/api/models/a/b")
	if first != second || first == third {
		t.Errorf("%s\n%s\n%s", first, second, third)
	}
}

// TestHead: the headers of GET, no body.
func TestHead(t *testing.T) {
	_, base := replaytest.Start(t, small(t))
	whole, body := get(t, http.MethodGet, base+"/acme/plain/resolve/main/README.md")
	head, nothing := get(t, http.MethodHead, base+"/acme/plain/resolve/main/README.md")
	if nothing != "" || head.ContentLength != int64(len(body)) || head.Header.Get("ETag") != whole.Header.Get("ETag") {
		t.Errorf("HEAD: %d bytes, length %d, %v", len(nothing), head.ContentLength, head.Header)
	}
	if refused, _ := get(t, http.MethodPost,
		base+"/api/models/acme/plain"); refused.StatusCode != http.StatusMethodNotAllowed ||
		refused.Header.Get("Allow") == "" {
		t.Errorf("POST: status %d", refused.StatusCode)
	}
}

var nextPage = regexp.MustCompile(`<([^>]+)>; rel="next"`)

// TestPagination follows Link headers to the end and sees each model once.
func TestPagination(t *testing.T) {
	_, base := replaytest.Start(t, small(t))
	seen, pages := []string{}, 0
	for url := base + "/api/models?limit=3&full=true"; url != ""; pages++ {
		resp, body := get(t, http.MethodGet, url)
		var entries []struct{ ID, SHA string }
		if err := json.Unmarshal([]byte(body), &entries); err != nil {
			t.Fatalf("%v in %s", err, body)
		}
		for _, e := range entries {
			if e.SHA == "" {
				t.Errorf("%s: no sha with full=true", e.ID)
			}
			seen = append(seen, e.ID)
		}
		url = ""
		if m := nextPage.FindStringSubmatch(resp.Header.Get("Link")); m != nil {
			url = m[1]
		}
	}
	want := "acme/aged acme/bomb acme/broken acme/exchanged acme/full acme/gate acme/locked acme/plain acme/scalar new/name"
	if got := strings.Join(seen, " "); got != want || pages != 4 {
		t.Errorf("%d pages: %s\nwant %s", pages, got, want)
	}
	for query, want := range map[string]string{
		"author=new": `[{"_id":"3","gated":false,"id":"new/name"}]`, "search=PLAI&expand=sha": `acme/plain`,
		"filter=license:mit": `acme/plain`, "filter=license:mit,nope": `[]`,
	} {
		if _, body := get(t, http.MethodGet, base+"/api/models?"+query); !strings.Contains(body, want) {
			t.Errorf("%s: %s", query, body)
		}
	}
	for _, query := range []string{"limit=0", "limit=x", "cursor=%25"} {
		if resp, _ := get(t, http.MethodGet, base+"/api/models?"+query); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: status %d", query, resp.StatusCode)
		}
	}
}

// TestQuotas spends a window, is refused in the service's own way, and is
// served again when the window has ended.
func TestQuotas(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	_, base := replaytest.Start(t, small(t), func(o *replay.Options) {
		o.EnforceQuotas, o.Now = true, func() time.Time { return now }
	})
	spend := func(path string, times int) (last *http.Response) {
		for range times {
			last, _ = get(t, http.MethodGet, base+path)
		}
		return last
	}
	if r := spend("/repos/Acme/Code", 60); r.StatusCode != 200 || r.Header.Get("X-RateLimit-Remaining") != "0" {
		t.Fatalf("60th: %d, %v", r.StatusCode, r.Header)
	}
	r := spend("/repos/Acme/Code", 1)
	if r.StatusCode != http.StatusForbidden || r.Header.Get("X-RateLimit-Remaining") != "0" ||
		r.Header.Get("X-RateLimit-Reset") != "1700003600" {
		t.Errorf("61st: %d, %v", r.StatusCode, r.Header)
	}
	if r, _ := get(t, http.MethodGet, base+"/repos/Acme/Code", "Authorization", "Bearer secret"); r.StatusCode != 200 ||
		r.Header.Get("X-RateLimit-Remaining") != "4999" {
		t.Errorf("with a token: %d, %v", r.StatusCode, r.Header)
	}
	if r := spend("/api/models/acme/plain", 501); r.StatusCode != http.StatusTooManyRequests ||
		r.Header.Get("RateLimit") != `"api";r=0;t=300` ||
		r.Header.Get("RateLimit-Policy") != `"fixed window";"api";q=500;w=300` {
		t.Errorf("501st: %d, %v", r.StatusCode, r.Header)
	}
	if r := spend("/acme/plain/resolve/main/README.md", 1); r.StatusCode != 200 {
		t.Errorf("files have a quota of their own: %d", r.StatusCode)
	}
	now = now.Add(time.Hour)
	if r := spend("/repos/Acme/Code", 1); r.StatusCode != 200 {
		t.Errorf("after the window: %d", r.StatusCode)
	}
}

// TestQuotasNotEnforced: headers never tell a client to stop.
func TestQuotasNotEnforced(t *testing.T) {
	_, base := replaytest.Start(t, small(t))
	for i := range 100 {
		r, _ := get(t, http.MethodGet, base+"/repos/Acme/Code")
		if left := r.Header.Get("X-RateLimit-Remaining"); r.StatusCode != 200 || len(left) != 2 || left < "30" {
			t.Fatalf("request %d: status %d, remaining %s", i, r.StatusCode, left)
		}
	}
}

// TestLog: one line per request, as documented.
func TestLog(t *testing.T) {
	var log bytes.Buffer
	server, base := replaytest.Start(t, small(t), func(o *replay.Options) { o.Log = &log })
	get(t, http.MethodGet, base+"/api/models/acme/plain?expand=sha")
	get(t, http.MethodHead, base+"/Acme/Code/main/README.md")
	get(t, http.MethodGet, base+"/rate_limit")
	want := "GET\t/api/models/acme/plain?expand=sha\t200\thf_api\tcounted\nHEAD\t/Acme/Code/main/README.md\t200\tgithub_raw\tfree\nGET\t/rate_limit\t200\tgithub_api\tfree\n"
	if log.String() != want {
		t.Errorf("log:\n%swant:\n%s", log.String(), want)
	}
	if len(server.Requests()) != 3 {
		t.Errorf("%d requests kept", len(server.Requests()))
	}
	server.ResetLog()
	if len(server.Requests()) != 0 || len(server.Counts()) != 0 {
		t.Error("the log was not reset")
	}
}

// TestFolders: any part may be missing; a folder without captures and one whose
// recordings are broken are refused with the file's name.
func TestFolders(t *testing.T) {
	if _, base := replaytest.Start(t,
		folder(t, map[string]string{"github/A/B/repo.json": `{"full_name":"A/B","default_branch":"main","head_sha":"` +
			head + `"}`})); base != "" {
		if r, _ := get(t, http.MethodGet, base+"/api/models/a/b"); r.StatusCode != http.StatusUnauthorized {
			t.Errorf("no Hugging Face captures: status %d", r.StatusCode)
		}
	}
	if _, err := replay.New(folder(t, map[string]string{"notes.txt": ""}), replay.Options{}); err == nil ||
		!strings.Contains(err.Error(), "no captures") {
		t.Errorf("empty folder: %v", err)
	}
	if _, err := replay.New(filepath.Join(t.TempDir(), "none"), replay.Options{}); err == nil {
		t.Error("missing folder: no error")
	}
	broken := folder(t, map[string]string{"huggingface/api/models/a/b.json": "{"})
	if _, err := replay.New(broken, replay.Options{}); err == nil || !strings.Contains(err.Error(), "a/b.json") {
		t.Errorf("broken recording: %v", err)
	}
}

// TestLinksOutside: a link in the folder does not lead out of it.
func TestLinksOutside(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.md")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := small(t)
	if err := os.Symlink(secret, filepath.Join(dir, "github/Acme/Code/files/logo.gif")); err != nil {
		t.Skip(err)
	}
	_, base := replaytest.Start(t, dir)
	if r, body := get(t, http.MethodGet, base+"/Acme/Code/main/logo.gif"); r.StatusCode != 501 ||
		strings.Contains(body, "secret") {
		t.Errorf("status %d, body %s", r.StatusCode, body)
	}
}
