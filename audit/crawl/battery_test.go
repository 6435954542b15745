package crawl_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/replay/faults"
)

// commit is the revision of everything in the battery's captures.
const commit = "0123456789abcdef0123456789abcdef01234567"

// captures are a model tuned from a base, with a repository, as they should be.
// A case of the battery changes some of them.
var captures = map[string]string{
	"huggingface/api/models/acme/model.json": `{"_id":"1","id":"acme/model","sha":"` + commit +
		`","gated":false,"private":false,"tags":["license:mit","base_model:acme/base"],` +
		`"cardData":{"license":"mit","base_model":"acme/base"},"siblings":[{"rfilename":"README.md"},{"rfilename":"model.safetensors"}]}`,
	"huggingface/cards/acme/model.md": "---\nlicense: mit\nbase_model: acme/base\n---\n# Model\nCode: https://github.com/acme/code\n\n## Training data\nWe train on the Pile.\n",
	"huggingface/api/models/acme/base.json": `{"_id":"2","id":"acme/base","sha":"` + commit +
		`","gated":"manual","tags":["license:mit"],"cardData":{"license":"mit"},"siblings":[{"rfilename":"README.md"},{"rfilename":"model.safetensors"}]}`,
	"huggingface/cards/acme/base.md": "---\nlicense: mit\n---\n# Base\n",
	"github/acme/code/repo.json": `{"full_name":"acme/code","default_branch":"main","head_sha":"` + commit +
		`"}`,
	"github/acme/code/tree.tsv":        "100644\tblob\tce013625030ba8dba906f756967f9e9ca394464a\t6\tREADME.md\n",
	"github/acme/code/files/README.md": "hello\n",
}

// A hazard is one case: what is changed, and what must be found.
type hazard struct {
	name    string
	files   map[string]string       // captures that are replaced
	over    map[string]http.Handler // paths that answer otherwise
	target  string                  // acme/model unless set
	check   func(*testing.T, *result)
	refuses string        // what the error says of a target that leads nowhere, in place of check
	parsed  *crawl.Target // stands for target
	heavy   bool          // takes minutes under the race detector: left out in short mode
}

func card(text string) map[string]string {
	return map[string]string{"huggingface/cards/acme/model.md": text}
}

func api(body string) map[string]http.Handler {
	return map[string]http.Handler{"/api/models/acme/model": faults.Answer(200, body, "Content-Type: application/json")}
}

func model(extra string) map[string]http.Handler {
	return api(`{"id":"acme/model","sha":"` + commit + `",` + extra + `}`)
}

func at(path string, h http.Handler) map[string]http.Handler { return map[string]http.Handler{path: h} }

func repository(body string) map[string]http.Handler {
	return at("/repos/acme/code", faults.Over(faults.Answer(200, body, "Content-Type: application/json"),
		map[string]http.Handler{"/repos/acme/code/git": faults.Answer(501, "")}))
}

func tree(entries, more string) map[string]http.Handler {
	return at("/repos/acme/code/git", faults.Answer(200, `{"sha":"`+commit+`","tree":[`+entries+`]`+more+`}`,
		"Content-Type: application/json"))
}

// cited is a card that asks for one paper to be cited.
const cited = "# Wallaby\nWallaby is a model of language that Acme made in a year of work.\n\n## Citation\n```bibtex\n@article{wallaby, title={The Wallaby model}, eprint={2401.00001}, archivePrefix={arXiv}}\n```\n"

// spent is GitHub's answer when an hour's quota is spent.
var spent = faults.Answer(403, `{"message":"API rate limit exceeded"}`, "X-RateLimit-Remaining: 0",
	fmt.Sprintf("X-RateLimit-Reset: %d", time.Now().Add(time.Hour).Unix()))

// ofCode are the facts that a repository's file tree tells of.
var ofCode = []string{"code.repository", "code.training.pretraining", "code.training.entry", "code.training.finetuning",
	"code.training.preference",
	"code.data_processing", "code.evaluation", "code.inference", "code.training.configs", "license.code.id",
	"license.code.openness"}

// scope answers ModelScope's API with one handler and its files with another.
func scope(api, files http.Handler) map[string]http.Handler {
	if files == nil {
		files = faults.Answer(404, "")
	}
	return map[string]http.Handler{"/modelscope/api": api, "/modelscope/models": files}
}

const (
	modelAPI = "/api/models/acme/model"
	repoAPI  = "/repos/acme/code"
	cardPath = "/acme/model/resolve/" + commit + "/README.md"
	rawFile  = "/acme/code/" + commit + "/README.md"
	entry    = `{"path":%q,"mode":"100644","type":"blob","sha":"ce013625030ba8dba906f756967f9e9ca394464a","size":6}`
)

// fronted is what a hub says of a model whose card names its data.
const fronted = `"gated":false,"tags":["license:mit","dataset:acme/outback"],"cardData":{"license":"mit","datasets":["acme/outback"]},` +
	`"siblings":[{"rfilename":"README.md"},{"rfilename":"model.safetensors"}]`

// unsaid demands that an empty card is one that was not had, and closes nothing.
func unsaid(kind audit.DocKind) func(*testing.T, *result) {
	return func(t *testing.T, r *result) {
		t.Helper()
		ends(kind, "acme/model", audit.Failed, "an empty card came")(t, r)
		for dimension, class := range classes(t, r) {
			if class == "closed" {
				t.Errorf("%s is closed for want of what the card says", dimension)
			}
		}
	}
}

// aliasBomb is nine levels of nine aliases each.
func aliasBomb() string {
	var b strings.Builder
	b.WriteString("---\nlicense: mit\na0: &a0 [x]\n")
	for i := 1; i <= 9; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d,", i-1), 9), ","))
	}
	return b.String() + "---\n# Bomb\n"
}

// chain is a lineage of models, each tuned from the next, the last from the first.
func chain(n int) map[string]string {
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("huggingface/cards/chain/m%d.md", i)] = fmt.Sprintf(
			"---\nlicense: mit\nbase_model: chain/m%d\n---\n# M%d\n", (i+1)%n, i,
		)
	}
	return files
}

var hazards = []hazard{
	{name: "nothing wrong", check: all(ends(audit.DocModelAPI, "acme/model", audit.Fetched),
		ends(audit.DocModelCard, "acme/model", audit.Fetched),
		ends(audit.DocModelCard, "acme/base", audit.Fetched), ends(audit.DocReadme, "acme/code", audit.Fetched),
		fact("weights.end.published", audit.Present, "true"))},

	// Hugging Face's API.
	{name: "model unknown", target: "nobody/nothing",
		check: all(ends(audit.DocModelAPI, "nobody/nothing", audit.Refused, "Invalid username"),
			neverAbsent("weights.end.published", "card.model"))},
	{name: "API fails", over: at(modelAPI, faults.Answer(500, "")),
		check: all(ends(audit.DocModelAPI, "acme/model", audit.Failed, "500", "run again later"),
			ends(audit.DocModelCard, "acme/model/resolve/main", audit.Fetched), neverAbsent("weights.end.published"))},
	{name: "API limited for an hour", over: at(modelAPI, faults.Answer(429, "", `RateLimit: "api";r=0;t=3600`)),
		check: all(
			ends(audit.DocModelAPI, "acme/model", audit.Refused, "limits requests", "HF_TOKEN", "--max-wait"),
			ends(audit.DocModelCard, "acme/model/resolve/main", audit.Fetched), neverAbsent("weights.end.published"))},
	{name: "API behind a portal", over: at(modelAPI, faults.Portal()),
		check: all(ends(audit.DocModelAPI, "acme/model", audit.Failed, "HTML page", "check the network"),
			neverAbsent("weights.end.published"))},
	{name: "everything behind a portal", over: at("/", faults.Portal()),
		check: all(ends(audit.DocModelAPI, "acme/model", audit.Failed, "HTML page"),
			ends(audit.DocModelCard, "acme/model", audit.Failed, "HTML page"), neverAbsent("weights.end.published",
				"card.model", "license.weights.id"))},
	{name: "everything redirects to a portal", over: at("/", faults.Redirect(302, "http://10.0.0.1/login")),
		check: all(ends(audit.DocModelAPI, "acme/model", audit.Failed, "not public"),
			neverAbsent("weights.end.published", "card.model"))},
	{name: "everything drops the line", over: at("/", faults.Reset()),
		check: all(ends(audit.DocModelAPI, "acme/model", audit.Failed, "broke off"),
			neverAbsent("weights.end.published", "card.model"))},
	{name: "API answer cut short", over: at(modelAPI, faults.Truncated(5000, `{"id":"acme/model","siblings":[`)),
		check: all(ends(audit.DocModelAPI, "acme/model", audit.Failed, "broke off"),
			neverAbsent("weights.end.published"))},
	{name: "API answer is broken JSON", over: api(`{"id":"acme/model"`),
		check: all(ends(audit.DocModelAPI, "acme/model", audit.Failed, "not valid JSON"),
			neverAbsent("weights.end.published"))},
	{name: "API answer is a list", over: api(`[]`), check: neverAbsent("weights.end.published", "weights.end.gate")},
	{name: "API answer is a string", over: api(`"acme/model"`), check: neverAbsent("weights.end.published",
		"weights.end.gate")},
	{name: "API answer is null", over: api(`null`), check: neverAbsent("weights.end.published", "weights.end.gate")},
	{name: "API answer is empty", over: api(`{}`), check: neverAbsent("weights.end.published", "weights.end.gate")},
	{name: "API answer has wrong types",
		over: api(`{"id":5,"sha":[1],"gated":{"x":1},"siblings":"all","tags":{"a":1},"cardData":"x","private":"no","createdAt":0,"downloads":"many"}`), check: neverAbsent("weights.end.published", "weights.end.gate")},
	{name: "API answer has duplicate keys", over: api(`{"id":"acme/model","gated":false,"gated":"manual","sha":"` +
		commit + `","siblings":[],"siblings":[{"rfilename":"model.safetensors"}]}`),
		check: func(*testing.T, *result) {}},
	{name: "API answer is about another model", over: api(`{"id":"../../evil","sha":"` + commit + `"}`),
		check: asks("evil", false)},
	{name: "API answer leaves the file list out", over: model(`"gated":false`),
		check: neverAbsent("weights.end.published")},
	{name: "API answer has an empty file list", over: model(`"gated":false,"siblings":[]`),
		check: fact("weights.end.published", audit.NotThere, "")},
	{name: "API answer leaves the gate out", over: model(`"siblings":[{"rfilename":"model.safetensors"}]`),
		check: neverAbsent("weights.end.gate")},
	{name: "gate of a kind nobody knows",
		over:  model(`"gated":"lottery","siblings":[{"rfilename":"model.safetensors"}]`),
		check: neverAbsent("weights.end.gate")},
	{name: "gated in a way that is not told",
		over:  model(`"gated":true,"siblings":[{"rfilename":"model.safetensors"}]`),
		check: neverAbsent("weights.end.gate")},
	{name: "sha that climbs", over: api(`{"id":"acme/model","sha":"../../../admin"}`), check: asks("/admin", false)},
	{name: "sha with a query", over: api(`{"id":"acme/model","sha":"main?x=y#z"}`), check: asks("?x=y", false)},
	{name: "file names that climb",
		over:  model(`"siblings":[{"rfilename":"../../../LICENSE"},{"rfilename":"/etc/LICENSE"},{"rfilename":"LICENSE\u0000"},{"rfilename":"LICENSE\r\nX-Evil: 1"},{"rfilename":"..\\LICENSE"},null,5,{"rfilename":7}]`),
		check: all(asks("/..", false), asks("etc", false))},
	{name: "200,000 files", over: model(`"gated":false,"siblings":[` +
		strings.TrimSuffix(strings.Repeat(`{"rfilename":"LICENSE-a/LICENSE"},`, 200_000), ",") + `]`),
		check: func(t *testing.T, r *result) {
			if len(r.Documents) > 60 {
				t.Errorf("%d documents", len(r.Documents))
			}
		}},
	{name: "renamed", over: at("/api/models/acme/former", faults.Redirect(307, modelAPI)), target: "acme/former",
		check: func(t *testing.T, r *result) {
			if r.Subject.ID != "acme/model" || !strings.Contains(r.Subject.Places[0].Reason, "renamed") {
				t.Errorf("subject %q: %+v", r.Subject.ID, r.Subject.Places[0])
			}
		}},
	{name: "renamed in a circle", over: at(modelAPI, faults.Loop()), check: ends(audit.DocModelAPI, "acme/model",
		audit.Failed, "redirects more than")},
	{name: "its own base", files: card("---\nbase_model: acme/model\n---\n# M\n"), check: func(*testing.T, *result) {}},
	{name: "a lineage in a circle", files: chain(3), target: "chain/m0", check: func(t *testing.T, r *result) {
		countKind(t, r, audit.DocModelAPI, 3)
	}},
	{name: "a lineage without end", files: chain(50), target: "chain/m0", check: func(t *testing.T, r *result) {
		countKind(t, r, audit.DocModelAPI, 4)
	}},
	{name: "bases that are no models",
		files: card("---\nbase_model: [../../x, 'https://evil.example/a/b', \"a\\0b/c\", {a: b}, 5, '', acme/../base, \"x\\r\\ny/z\"]\n---\n# M\n"), check: all(asks("evil", false), asks("..", false))},
	{name: "10,000 datasets", files: card("---\ndatasets:\n" + strings.Repeat("- acme/data\n", 10) +
		numbered("- acme/data%d\n", 10_000) + "---\n# M\n"), check: func(t *testing.T, r *result) {
		if len(r.Documents) > 60 {
			t.Errorf("%d documents", len(r.Documents))
		}
	}},

	// Cards.
	{name: "no card", over: at(cardPath, faults.Answer(404, "", "X-Error-Code: EntryNotFound")),
		check: ends(audit.DocModelCard, "acme/model", audit.Failed, "a listing names this file")},
	{name: "card refused", over: at(cardPath, faults.Answer(401, "", "X-Error-Code: GatedRepo",
		"X-Error-Message: Access to model acme/model is restricted.")),
		check: all(ends(audit.DocModelCard, "acme/model", audit.Refused, "GatedRepo", "HF_TOKEN"),
			neverAbsent("card.model", "license.weights.id"))},
	{name: "card fails", over: at(cardPath, faults.Answer(503, "")),
		check: all(ends(audit.DocModelCard, "acme/model", audit.Failed, "503"), neverAbsent("card.model"))},
	{name: "50 MB card", over: at(cardPath, faults.Answer(200, "# M\n"+strings.Repeat("x", 50<<20))),
		check: all(ends(audit.DocModelCard, "acme/model", audit.Failed, "too large"), neverAbsent("card.model"))},
	{name: "gzip bomb for a card", over: at(cardPath, faults.Bomb(1<<30)),
		check: all(ends(audit.DocModelCard, "acme/model", audit.Failed, "too large"), neverAbsent("card.model"))},
	{name: "card that is not UTF-8", files: card("---\nlicense: mit\n---\n# Mod\xe8le\nEntra\xeen\xe9 sur \xff\xfe\n"),
		check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "card in UTF-16", files: card("\xff\xfe-\x00-\x00-\x00\n\x00l\x00i\x00c\x00"),
		check: all(ends(audit.DocModelCard, "acme/model", audit.Failed, "UTF-16"), neverAbsent("data.pretraining.disclosure"))},
	{name: "card with a byte order mark", files: card("\xef\xbb\xbf---\nlicense: mit\n---\n# M\n"),
		check: fact("license.weights.id", audit.Present, "")},
	{name: "empty card", files: card(""), over: model(`"gated":false,"siblings":[{"rfilename":"README.md"}]`),
		check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "empty card in place of one with front matter", files: card(""), over: model(fronted),
		check: unsaid(audit.DocModelCard)},
	{name: "blank card in place of one with front matter", files: card("\ufeff \n\n"), over: model(fronted),
		check: unsaid(audit.DocModelCard)},
	{name: "front matter only", files: card("---\nlicense: mit\n---"), check: ends(audit.DocModelCard, "acme/model",
		audit.Fetched)},
	{name: "front matter without end", files: card("---\nlicense: mit\n# M\ntext\n"), check: ends(audit.DocModelCard,
		"acme/model", audit.Fetched)},
	{name: "front matter is a list", files: card("---\n- license: mit\n- b\n---\n# M\n"),
		check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "front matter is a word", files: card("---\nmit\n---\n# M\n"), check: ends(audit.DocModelCard, "acme/model",
		audit.Fetched)},
	{name: "duplicate keys",
		files: card("---\nlicense: mit\nlicense: other\nbase_model: acme/base\nbase_model: acme/base\n---\n# M\n"),
		check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "YAML alias bomb", files: card(aliasBomb()), check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "YAML that names itself", files: card("---\nlicense: &a [*a]\ntags: &b {c: *b}\n---\n# M\n"),
		check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "YAML merge keys", files: card("---\nx: &x {license: mit}\n<<: *x\ny: {<<: [*x, *x]}\n---\n# M\n"),
		check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "YAML tags", files: card("---\nlicense: !!python/object/apply:os.system ['id']\ntags: !!binary aGk=\nlanguage: !!int x\n---\n# M\n"), check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "YAML too deep", files: card("---\na: " + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) +
		"\n---\n# M\n"), check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "YAML with tabs and controls", files: card("---\n\tlicense: mit\nx: \x01\x02\n---\n# M\n"),
		check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "YAML with long keys", files: card("---\n? " + strings.Repeat("k", 100_000) + "\n: v\n---\n# M\n"),
		check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "a line of a megabyte", files: card("---\nlicense: mit\n---\n# M\n" + strings.Repeat("word ", 200_000)),
		check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "unclosed HTML", files: card("# M\n" + strings.Repeat("<div><table><a href='", 20_000)),
		check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "unclosed links", files: card("# M\n" + strings.Repeat("[![a](", 30_000)), check: ends(audit.DocModelCard,
		"acme/model", audit.Fetched)},
	{name: "unclosed emphasis", files: card("# M\n" + strings.Repeat("**_`", 50_000)), check: ends(audit.DocModelCard,
		"acme/model", audit.Fetched)},
	{name: "unclosed comment and script", files: card("# M\n<!-- " + strings.Repeat("<script>", 10_000) +
		"\n<!DOCTYPE html [<!ENTITY a \"&a;&a;\">]>&a;"), check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "a thousand headings", files: card(numbered("# Training data %d\nWe do not release the training data.\n",
		3000)), check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "BibTeX without end", files: card("# M\n```bibtex\n@article{" + strings.Repeat("a={", 20_000) + "\n```\n"),
		check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "fences without end", files: card("# M\n" + strings.Repeat("```\n~~~\n", 20_000)),
		check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "nested quotes", files: card("# M\n" + strings.Repeat(">", 20_000) + " text\n" + strings.Repeat("- ",
		20_000) + "x\n"), check: ends(audit.DocModelCard, "acme/model", audit.Fetched)},
	{name: "NUL bytes", files: card("---\nlicense: mit\n---\n# M\x00\x00\nhttps://github.com/acme/\x00code\n"),
		check: asks("%00", false)},
	{name: "licence links that lead away",
		files: card("---\nlicense: other\nlicense_link: http://169.254.169.254/LICENSE\n---\n# M\n"),
		over:  model(`"gated":false`), check: asks("169.254", false)},
	{name: "licence link that climbs",
		files: card("---\nlicense: other\nlicense_link: ../../../../LICENSE\n---\n# M\n"), over: model(`"gated":false`),
		check: asks("..", false)},
	{name: "licence link to a file", files: card("---\nlicense: other\nlicense_link: file:///etc/LICENSE\n---\n# M\n"),
		over: model(`"gated":false`), check: asks("etc", false)},
	{name: "repository links that lead astray",
		files: card("# M\nCode: https://github.com/acme/code/../../evil https://github.com@evil.example/a/b https://github.com/acme/..%2f..%2fevil https://github.com.evil.example/a/b\n"), check: asks("evil", false)},

	// GitHub.
	{name: "repository unknown", target: "github:nobody/nothing",
		check: all(ends(audit.DocRepoAPI, "nobody/nothing", audit.Failed, "not captured"),
			neverAbsent("code.training.pretraining"))},
	{name: "repository not there", over: at(repoAPI, faults.Answer(404, `{"message":"Not Found"}`)),
		check: ends(audit.DocRepoAPI, "acme/code", audit.Absent)},
	{name: "repository blocked", over: at(repoAPI, faults.Answer(451, `{"message":"Repository access blocked"}`)),
		check: ends(audit.DocRepoAPI, "acme/code", audit.Refused, "blocked")},
	{name: "repository that its owners alone see",
		over:  repository(`{"full_name":"acme/code","default_branch":"main","private":true}`),
		check: all(ends(audit.DocRepoAPI, "acme/code", audit.Refused, "private"), neverAbsent(ofCode...))},
	{name: "repository that the host disabled",
		over:  repository(`{"full_name":"acme/code","default_branch":"main","disabled":true}`),
		check: all(ends(audit.DocRepoAPI, "acme/code", audit.Refused, "disabled by the host"), neverAbsent(ofCode...))},
	{name: "model that its owners alone see", files: map[string]string{"huggingface/api/models/acme/model.json": strings.
		Replace(captures["huggingface/api/models/acme/model.json"], `"private":false`, `"private":true`, 1)},
		check: all(ends(audit.DocModelAPI, "acme/model", audit.Refused, "private"),
			fact("weights.end.published", audit.Denied, ""), neverAbsent("card.published"))},
	{name: "repository moved", over: map[string]http.Handler{repoAPI: faults.Redirect(301, "/repositories/7"),
		"/repositories/7": faults.Answer(200, `{"full_name":"acme/moved","default_branch":"main"}`,
			"Content-Type: application/json")}, check: ends(audit.DocRepoAPI, "", audit.Fetched)},
	{name: "quota spent for an hour", over: at(repoAPI, faults.Answer(403, `{"message":"API rate limit exceeded"}`,
		"X-RateLimit-Remaining: 0", fmt.Sprintf("X-RateLimit-Reset: %d", time.Now().Add(time.Hour).Unix()))),
		check: all(ends(audit.DocRepoAPI, "acme/code", audit.Refused, "API rate limit exceeded", "GITHUB_TOKEN",
			"run again later"), ends(audit.DocReadme, "acme/code/HEAD", audit.Fetched),
			neverAbsent("code.training.pretraining"))},
	{name: "quota spent, guessed licence not there", over: map[string]http.Handler{repoAPI: spent,
		"/acme/code/HEAD/LICENSE": faults.Answer(404, "404: Not Found")},
		check: all(ends(audit.DocTree, "acme/code", audit.Refused, "not asked for"),
			ends(audit.DocReadme, "acme/code/HEAD", audit.Fetched), ends(audit.DocLicense, "acme/code/HEAD/LICENSE",
				audit.Absent), neverAbsent(ofCode...))},
	{name: "quota spent, nothing readable there", over: map[string]http.Handler{repoAPI: spent,
		"/acme/code/HEAD": faults.Answer(404, "404: Not Found")},
		check: all(ends(audit.DocTree, "acme/code", audit.Refused), ends(audit.DocReadme, "acme/code/HEAD",
			audit.Absent), neverAbsent(ofCode...))},
	{name: "quota spent before the tree", over: at("/repos/acme/code/git", spent),
		check: all(ends(audit.DocTree, "acme/code", audit.Refused, "rate limit"),
			ends(audit.DocReadme, "acme/code/main", audit.Fetched), neverAbsent(ofCode...))},
	{name: "secondary limit for an hour",
		over: at(repoAPI, faults.Answer(403, `{"message":"You have exceeded a secondary rate limit"}`,
			"Retry-After: 3600")),
		check: all(ends(audit.DocRepoAPI, "acme/code", audit.Refused, "secondary rate limit"),
			ends(audit.DocReadme, "acme/code/HEAD", audit.Fetched), neverAbsent(ofCode...))},
	{name: "bad credentials", over: at(repoAPI, faults.Answer(401, `{"message":"Bad credentials"}`)),
		check: all(ends(audit.DocRepoAPI, "acme/code", audit.Refused, "Bad credentials"), neverAbsent(ofCode...))},
	{name: "repository answer of wrong types", over: repository(`{"full_name":5,"default_branch":[],"license":"mit"}`),
		check: neverAbsent("code.training.pretraining")},
	{name: "repository answer without a name", over: repository(`{}`), check: neverAbsent("code.training.pretraining")},
	{name: "repository answer with another name",
		over: repository(`{"full_name":"../../evil","default_branch":"main"}`), check: asks("evil", false)},
	{name: "branch that climbs", over: repository(`{"full_name":"acme/code","default_branch":"../../../../evil"}`),
		check: asks("/evil", false)},
	{name: "branch with a query", over: repository(`{"full_name":"acme/code","default_branch":"main?x=y#z"}`),
		check: asks("x=y&", false)},
	{name: "repository answer behind a portal", over: at(repoAPI, faults.Portal()),
		check: all(ends(audit.DocRepoAPI, "acme/code", audit.Failed, "HTML page"),
			neverAbsent("code.training.pretraining"))},
	{name: "empty repository", over: at("/repos/acme/code/git",
		faults.Answer(409, `{"message":"Git Repository is empty."}`)), check: ends(audit.DocTree, "acme/code",
		audit.Absent, "empty")},
	{name: "tree fails", over: at("/repos/acme/code/git", faults.Answer(502, "")),
		check: all(ends(audit.DocTree, "acme/code", audit.Failed, "502"), ends(audit.DocReadme, "acme/code/main",
			audit.Fetched), neverAbsent("code.training.pretraining"))},
	{name: "tree cut by GitHub", over: tree(fmt.Sprintf(entry, "README.md"), `,"truncated":true`),
		check: all(func(t *testing.T, r *result) {
			if d := r.document(t, audit.DocTree, "acme/code"); !d.Partial || !strings.Contains(d.Detail, "cut") {
				t.Errorf("partial %v, %q", d.Partial, d.Detail)
			}
		}, neverAbsent("code.training.pretraining", "code.data_processing"))},
	{name: "tree of wrong types", over: at("/repos/acme/code/git",
		faults.Answer(200, `{"sha":5,"tree":{"a":1},"truncated":"no"}`)),
		check: neverAbsent("code.training.pretraining")},
	{name: "tree with null entries", over: tree(`null,{},{"path":null,"type":5},`+fmt.Sprintf(entry, "README.md"), ""),
		check: func(*testing.T, *result) {}},
	{name: "tree with paths that climb", over: tree(fmt.Sprintf(entry, "../../LICENSE")+","+fmt.Sprintf(entry,
		"/LICENSE")+","+fmt.Sprintf(entry, "a/../../README.md")+","+fmt.Sprintf(entry, "LICENSE\x00"), ""),
		check: asks("..", false)},
	{name: "tree with submodules and links", over: tree(`{"path":"LICENSE","mode":"160000","type":"commit","sha":"`+
		commit+`"},{"path":"README.md","mode":"120000","type":"blob","sha":"`+commit+
		`","size":9},{"path":"train","mode":"040000","type":"tree","sha":"`+commit+`"}`, ""),
		check: all(asks("LICENSE", false), func(t *testing.T, r *result) { countKind(t, r, audit.DocReadme, 0) })},
	{name: "tree with a sha that climbs", over: at("/repos/acme/code/git",
		faults.Answer(200, `{"sha":"../../evil","tree":[`+fmt.Sprintf(entry, "README.md")+`]}`)),
		check: all(asks("evil", false), ends(audit.DocReadme, "acme/code/main", audit.Fetched))},
	{name: "tree of 100,000 entries", heavy: true,
		over: tree(numbered(`{"path":"data/train%d.md","mode":"100644","type":"blob","size":3},`, 100_000)+
			fmt.Sprintf(entry, "README.md"), ""), check: func(t *testing.T, r *result) {
			if len(r.Documents) > 60 {
				t.Errorf("%d documents", len(r.Documents))
			}
		}},
	{name: "listed file not there", over: at("/acme/code/", faults.Answer(404, "404: Not Found")),
		check: ends(audit.DocReadme, "acme/code", audit.Failed, "listing names this file")},
	{name: "listed file is another", files: map[string]string{"github/acme/code/files/README.md": "changed\n"},
		check: ends(audit.DocReadme, "acme/code", audit.Fetched, "not the one that the tree lists")},
	{name: "listed file cut short by its own length", over: at(rawFile, faults.Answer(200, "hel", "Content-Length: 3")),
		check: all(ends(audit.DocReadme, "acme/code", audit.Failed, "3 bytes came of a file that has 6"),
			neverAbsent("license.code.id"))},
	{name: "listed file emptied", over: at(rawFile, faults.Answer(200, "")),
		check: ends(audit.DocReadme, "acme/code", audit.Failed, "0 bytes came of a file that has 6")},
	{name: "listed file of another commit than the tree", over: map[string]http.Handler{
		rawFile: faults.Answer(404, ""), "/acme/code/main/README.md": faults.Answer(200, "hel")},
		check: ends(audit.DocReadme, "acme/code/main", audit.Fetched, "not the one that the tree lists")},
	{name: "raw host limits", over: at("/acme/code/", faults.Answer(429, "", "Retry-After: 3600")),
		check: ends(audit.DocReadme, "acme/code", audit.Refused, "limits requests")},
	{name: "tree in endless pages", over: at("/repos/acme/code/git", faults.Pages(`{"path":"LICENSE"}`)),
		check: all(func(t *testing.T, r *result) {
			if n := strings.Count(strings.Join(r.asked, "\n"), "/git/"); n > 4 {
				t.Errorf("%d pages were asked for", n)
			}
		}, neverAbsent(ofCode...))},
	{name: "file list in endless pages", over: at(modelAPI, faults.Pages(`{"rfilename":"LICENSE"}`)),
		check: all(func(t *testing.T, r *result) {
			if n := strings.Count(strings.Join(r.asked, "\n"), modelAPI); n > 4 {
				t.Errorf("%d pages were asked for", n)
			}
		}, neverAbsent("weights.end.published", "weights.end.gate"))},
	{name: "raw host sends something else", over: at("/acme/code/", faults.Answer(200, "\x7fELF\x02\x01",
		"Content-Type: application/octet-stream")), check: ends(audit.DocReadme, "acme/code", audit.Fetched,
		"not the one that the tree lists")},
	{name: "raw host trickles", over: at("/acme/code/", faults.Truncated(100, "hel")),
		check: all(ends(audit.DocReadme, "acme/code", audit.Failed, "broke off"), neverAbsent("code.documentation"))},

	// ModelScope.
	{name: "other hub: model unknown", target: "modelscope:acme/scoped",
		over: scope(faults.Answer(404, `{"Code":10010205001,"Success":false}`), nil), refuses: "is not found (404"},
	{name: "other hub: failure called 200", target: "modelscope:acme/scoped",
		over:  scope(faults.Answer(200, `{"Code":500,"Success":false,"Data":null,"Message":"busy"}`), nil),
		check: neverAbsent("weights.end.published", "card.published")},
	{name: "other hub limits for an hour", target: "modelscope:acme/scoped",
		over: scope(faults.Answer(429, "", "Retry-After: 3600"), nil),
		check: all(ends(audit.DocModelAPI, "modelscope", audit.Refused, "limits requests"),
			neverAbsent("weights.end.published", "card.published"))},
	{name: "other hub behind a portal", target: "modelscope:acme/scoped", over: scope(faults.Portal(), nil),
		check: all(ends(audit.DocModelAPI, "modelscope", audit.Failed, "HTML page"),
			neverAbsent("weights.end.published", "card.published"))},
	{name: "other hub sends broken JSON", target: "modelscope:acme/scoped",
		over: scope(faults.Answer(200, `{"Code":200,"Data":{"Files":[`), nil),
		check: all(ends(audit.DocModelAPI, "modelscope", audit.Failed, "not valid JSON"),
			neverAbsent("weights.end.published"))},
	{name: "other hub lists hostile files", target: "modelscope:acme/scoped",
		over: scope(faults.Answer(200,
			`{"Code":200,"Data":{"Files":[{"Path":"../../LICENSE"},{"Path":"/etc/LICENSE"},{"Path":"LICENSE\u0000"},null,{"Path":7}]}}`), nil),
		check: all(asks("/..", false), asks("etc/", false))},
	{name: "other hub lists in endless pages", target: "modelscope:acme/scoped",
		over: scope(faults.Pages(`{"Path":"LICENSE"}`), nil), check: func(t *testing.T, r *result) {
			if len(r.asked) > 20 {
				t.Errorf("%d requests", len(r.asked))
			}
		}},

	// arXiv.
	{name: "papers behind a portal", files: card(cited), over: at("/arxiv", faults.Portal()),
		check: all(neverAbsent("paper.preprint"), asks("/arxiv", true))},
	{name: "papers limited", files: card(cited), over: at("/arxiv", faults.Answer(503, "", "Retry-After: 3600")),
		check: all(ends(audit.DocPaper, "arxiv", audit.Failed, "503"), neverAbsent("paper.preprint"))},
	{name: "papers in hostile XML", files: card(cited),
		over: at("/arxiv", faults.Answer(200,
			`<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]><feed>&b;&c;`+strings.Repeat("<entry>", 50_000), "Content-Type: application/atom+xml")),
		check: neverAbsent("paper.preprint")},
	{name: "raw host behind a portal", over: at("/acme/code/", faults.Portal()), check: ends(audit.DocReadme,
		"acme/code", audit.Failed, "HTML page")},
}

func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, strings.Replace(format, "%d", "%[1]d", 1), i)
	}
	return b.String()
}
