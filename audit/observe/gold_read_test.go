package observe

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/observe/licences"
	"openness/audit/observe/whose"
	"openness/audit/page"
)

// A goldReading is what the program reads on one page of the gold set.
type goldReading struct {
	body    []byte
	claims  []goldClaim
	judged  bool         // whether it asks of this page whose sentences are
	foreign []audit.Span // what it takes off the page as another's
}

// A goldClaim is a value that the program reads of the page's model, and where.
type goldClaim struct {
	theme, value string
	span         audit.Span
	why          string // the observation and its note, for the list of errors
	unnamed      bool   // terms of a licence that is not named
}

// A goldPage is a page of the set and what it is read with.
type goldPage struct {
	subject audit.Subject
	docs    []audit.Document // the page first
	into    *goldReading
}

// readGoldPages reads every page of the set once.
func readGoldPages(t testing.TB, items []goldItem) map[string]*goldReading {
	t.Helper()
	var pages []goldPage
	all := make(map[string]*goldReading)
	for _, it := range items {
		body := readCorpus(t, filepath.Join(sharedCorpus, filepath.FromSlash(it.file)))
		if audit.Hash(body) != it.hash {
			t.Fatalf("%d: %s is another version", it.n, it.file)
		}
		if all[it.file] == nil {
			all[it.file] = &goldReading{body: body}
			pages = append(pages, gatherGold(t, it.file, it.model, body))
			pages[len(pages)-1].into = all[it.file]
		}
	}
	var workers sync.WaitGroup
	for w := range 2 {
		workers.Go(func() {
			for i := w; i < len(pages); i += 2 {
				pages[i].read()
			}
		})
	}
	workers.Wait()
	return all
}

// gatherGold gives a page as that of the model or repository that it belongs to.
// Beside it is read what tells whose it is: the card of the base, and the README
// of a repository for a page below the top.
func gatherGold(t testing.TB, file, target string, body []byte) goldPage {
	t.Helper()
	if id, ok := strings.CutPrefix(target, "github:"); ok {
		s := audit.Subject{ID: target, Places: []audit.Place{{Kind: audit.GitHubRepo, Role: audit.RoleCode, ID: id}}}
		return goldPage{subject: s, docs: goldRepository(t, id, file, body)}
	}
	if id, ok := strings.CutPrefix(target, "dataset:"); ok {
		s := audit.Subject{ID: target, Places: []audit.Place{{Kind: audit.HubDataset, Role: audit.RoleData, ID: id}}}
		return goldPage{subject: s, docs: []audit.Document{pageOf(audit.DocDataCard, audit.RoleData, id, string(body))}}
	}
	p := goldPage{subject: model(target, ""),
		docs: []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, target, string(body))}}
	base, _ := page.Parse(body).Front.First("base_model")
	if !hub.ValidID(base.Value) || base.Value == target {
		return p
	}
	own, err := os.ReadFile(filepath.Join(sharedCorpus, "huggingface", "cards", filepath.FromSlash(base.Value)+".md"))
	if err == nil {
		p.docs = append(p.docs, pageOf(audit.DocModelCard, audit.RoleBase, base.Value, string(own)))
		p.subject = model(target, base.Value)
	}
	return p
}

// goldRepository gives the documents of a repository that one page is read with.
// A translation at the top is read as the README: beside another it never is.
func goldRepository(t testing.TB, id, file string, body []byte) []audit.Document {
	t.Helper()
	_, inside, _ := strings.Cut(file, "/files/")
	at := func(kind audit.DocKind, path string, body []byte) audit.Document {
		d := pageOf(kind, audit.RoleCode, id, string(body))
		d.Place, d.Path, d.URL = audit.GitHubRepo, path, d.URL+"/"+path
		return d
	}
	kind := audit.DocProse
	switch name := path.Base(inside); {
	case strings.HasPrefix(strings.ToLower(name), "readme"):
		kind = audit.DocReadme
	case hub.IsLegal(name):
		kind = audit.DocLicense
	}
	if !strings.Contains(inside, "/") {
		if kind == audit.DocReadme {
			inside = "README" + path.Ext(inside)
		}
		return []audit.Document{at(kind, inside, body)}
	}
	docs := []audit.Document{at(kind, inside, body)}
	root, err := os.ReadFile(filepath.Join(sharedCorpus, "github", filepath.FromSlash(id), "files", "README.md"))
	if err == nil {
		docs = append(docs, at(audit.DocReadme, "README.md", root))
	}
	return docs
}

// read reads a page as the audit does.
func (p *goldPage) read() {
	// the passages read, not what introduces them
	p.into.claims = goldClaims(newInput(p.subject, p.docs).observe(), p.docs[0].URL)
	if kind := p.docs[0].Kind; kind == audit.DocModelCard || kind == audit.DocReadme || kind == audit.DocProse {
		p.into.judged, p.into.foreign = true, foreignText(p.subject, p.into.body)
	}
}

// goldFacts says which theme of the set a fact belongs to.
var goldFacts = map[string]string{
	"weights.end.published":       "weights.published",
	"weights.end.gate":            "gate",
	"data.pretraining.disclosure": "data.pretraining",
	"data.finetuning.disclosure":  "data.finetuning",
	"data.pretraining.denied":     "data.denied",
	"data.finetuning.denied":      "data.denied",
	"code.training.pretraining":   "code.training",
	"code.training.entry":         "code.training",
	"code.training.finetuning":    "code.training",
	"code.training.preference":    "code.training",
	"code.training.denied":        "code.training.denied",
	"docs.hardware":               "hardware",
	"docs.architecture":           "architecture",
	"paper.preprint":              "paper",
	"paper.reviewed":              "paper",
	"license.weights.id":          "license.weights",
	"license.weights.openness":    "license.weights", // terms may be told without a name
	"license.code.id":             "license.code",
	"license.code.openness":       "license.code",
	"access.api":                  "api",
	"access.package":              "package",
}

// goldClaims turns what was observed on a page into the values of the set. What
// the program itself says to be of the base is no claim about the page's model.
func goldClaims(observed []audit.Observation, url string) []goldClaim {
	scopes := make(map[string]string) // of papers and hardware, by fact and place
	key := func(o audit.Observation) string { return fmt.Sprint(o.Fact, o.Start, o.End) }
	for _, o := range observed {
		if fact, ok := strings.CutSuffix(o.Fact, ".scope"); ok && o.URL == url && o.Finding == audit.Present {
			o.Fact = fact
			if scopes[key(o)] != "own" {
				scopes[key(o)] = o.Value
			}
		}
	}
	var all []goldClaim
	for _, o := range observed {
		theme := goldFacts[o.Fact]
		if theme == "" || o.URL != url || o.Finding != audit.Present || o.About == audit.AboutBase ||
			o.Value == "none" || o.Value == "false" || o.Value == "" {
			continue
		}
		value := o.Value
		switch theme {
		case "paper":
			value = scopes[key(o)]
		case "hardware":
			if scopes[key(o)] == "base" {
				continue
			}
		case "license.weights", "license.code":
			value = "stated"
		case "api", "package":
			value = "true"
		}
		if goldRank(theme, value) > 0 {
			why := o.Fact + "=" + o.Value + ": " + o.Note
			unnamed := strings.Contains(why, licences.Unknown)
			all = append(all, goldClaim{theme, value, audit.Span{Start: o.Start, End: o.End}, why, unnamed})
		}
	}
	return all
}

// foreignText lists what is taken off a page because it is another's.
func foreignText(s audit.Subject, body []byte) []audit.Span {
	sp := whose.NewSpeaker(s, licences.Binds)
	c := page.Parse(body)
	var spans []audit.Span
	for _, t := range sp.Of(&audit.Document{Kind: audit.DocModelCard}, c).Foreign(c) {
		spans = append(spans, t.Span)
	}
	return spans
}

// blanks reports whether more than half of a passage is taken off as another's.
func (r *goldReading) blanks(at audit.Span) bool {
	text := bytes.Clone(r.body[at.Start:at.End])
	whole := len(bytes.Join(bytes.Fields(text), nil))
	for _, s := range r.foreign {
		if from, to := max(s.Start, at.Start), min(s.End, at.End); from < to {
			page.Blank(text[from-at.Start : to-at.Start])
		}
	}
	return 2*len(bytes.Join(bytes.Fields(text), nil)) < whole
}

// best is the claim of a theme that says most, of those that ok admits.
func (r *goldReading) best(theme string, ok func(goldClaim) bool) (best goldClaim) {
	for _, c := range r.claims {
		if c.theme == theme && ok(c) && goldRank(theme, c.value) > goldRank(theme, best.value) {
			best = c
		}
	}
	return best
}

// quotes reports whether a claim rests on a passage: they share half of the
// shorter one.
func (c goldClaim) quotes(at audit.Span) bool {
	shared := min(c.span.End, at.End) - max(c.span.Start, at.Start)
	return shared > 0 && 2*shared >= min(c.span.End-c.span.Start, at.End-at.Start)
}
