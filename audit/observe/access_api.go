package observe

import (
	"bytes"
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/code"
	"openness/audit/observe/document"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// An apiPattern recognises an interface that somebody serves. Where it has a
// group, the group names a module, which must be the model's. A guarded line
// must name the makers or the family: pages also tell of services that their
// authors bought.
type apiPattern struct {
	value   string
	pattern *pattern.Regexp
	guarded bool
	note    string
}

var apiPatterns = []apiPattern{
	{"restricted", pattern.MustCompile(`(?i)https?://(?:platform|open|console|api|api-docs|docs|dev` +
		`|developer)\.[\w.-]+\.\w+/?[^\s)"'>]*[^\n]{0,40}\bAPIs?\b|\bAPIs?\b[^\n]{0,60}https?://(?:platform|open` +
		`|console|api|api-docs|developer)\.[\w.-]+`), true, "the maker sells or rations an API"},
	{"restricted", pattern.MustCompile(`(?i)\b(?:official|our|hosted|public` +
		`|commercial)\b[^\n.]{0,30}\bAPIs?\b[^\n.]{0,40}\b(?:provided|available|offered|accessible|served|hosted` +
		`|access)\b[^\n]{0,60}https?://`), true, "an API is served somewhere"},
	{"restricted", pattern.MustCompile(`(?i)\b(?:API|hosted service|cloud service)[^\n]{0,60}\b(?:pricing` +
		`|per million tokens|waitlist|pay-as-you-go)\b`), true, "an API with a price or a queue"},
	{"open", pattern.MustCompile(`(?i)python3? -m ([a-z]\w*\.[\w.]*api_server)\b`), false,
		"a server for the model comes with it"},
	{"open", pattern.MustCompile(`(?i)(?:python3? |uvicorn |torchrun [^\n]*)[\w./-]*(?:openai_)?api(?:_server|_demo` +
		`|_request)?(?:\.py|:app)`), false, "a server for the model comes with it"},
}

// apiAside matches lines that speak of another's API, or of the reference of a
// programming interface.
var apiAside = phrases.ExpressionOf("observe.api-aside")

func (r *accessReader) apiInProse(d *audit.Document) []audit.Observation {
	var out []audit.Observation
	for _, p := range apiPatterns {
		for _, m := range p.pattern.FindAllSubmatchIndex(d.Body, packagesPerPage) {
			span := r.Said(d, m[0])
			if g := code.Group(d.Body, m); g != nil && !r.namesSubject(string(g)) {
				continue
			}
			if disowned(d.Body, m[0]) {
				continue
			}
			if p.guarded && !r.offers(d, string(d.Body[span.Start:span.End])) {
				continue
			}
			out = append(out, audit.Observe(d, "access.api", p.value, span, p.note))
			break
		}
	}
	return out
}

// offers reports whether a line on an API speaks of the makers' own.
func (r *accessReader) offers(d *audit.Document, text string) bool {
	if apiAside.MatchString(text) || negated.MatchString(text) {
		return false
	}
	if ours.MatchString(text) || r.namesSubject(text) || r.Family.MatchString(text) {
		return true
	}
	maker := shortMaker(path.Dir(d.PlaceID))
	return len(maker) >= minMaker && strings.Contains(identity.Squash(text), maker)
}

// minMaker is the length below which a maker's name is found in any address.
const minMaker = 3

// shortMaker is a maker's name without what makers call themselves besides:
// "acme" of "acme-org", since that is how addresses begin.
func shortMaker(org string) string {
	name, _, _ := strings.Cut(org, "-")
	if short := identity.Squash(name); len(short) >= minMaker {
		return short
	}
	return identity.Maker(org)
}

var ours = pattern.MustCompile(`(?i)\b(we|our|official)\b`)

// servedThroughHub reads the hub's own word that an inference provider answers
// for the model at the moment. Providers ask for an account and ration or sell
// what they serve; that none is named says nothing, since answers leave it out.
func servedThroughHub(d *audit.Document) []audit.Observation {
	value, ok := document.JSONFields(d.Body)["inference"]
	if !ok || string(d.Body[value.Start:value.End]) != `"warm"` {
		return nil
	}
	start := bytes.LastIndex(d.Body[:value.Start], []byte(`"inference"`))
	if start < 0 {
		return nil // the key is written with escapes
	}
	return []audit.Observation{audit.Observe(d, "access.api", "restricted", audit.Span{Start: start, End: value.End},
		"the hub says that an inference provider serves the model, on the provider's terms")}
}

// demoLinks match links to a page that runs the model: a hosted space, or a
// link whose words promise one. The group is the address.
var demoLinks = []*pattern.Regexp{
	pattern.MustCompile(`(?i)(https?://(?:huggingface\.co|hf\.co)/spaces/[\w.-]+/[\w.-]+)`),
	pattern.MustCompile(`(?i)\[[^\]\n]*\b(?:playground|(?:online|live|free|web|interactive) demo|try (?:it|now` +
		`|online)|chat (?:with|now|website))\b[^\]\n]*\]\((https?://[^)\s]+)\)`),
	pattern.MustCompile(`(?i)\[!\[[^\]\n]*\b(?:playground|demo|chat)\b[^\]\n]*\]\([^)\n]*\)\]\((https?://[^)\s]+)\)`),
	pattern.MustCompile(`(?i)<a [^>\n]*href=["'](https?://[^"'\s>]+)["'][^>]*>\s*(?:<img` +
		` [^>]*alt=["'])?[^<"']*\b(?:playground|(?:online|live|free|web) demo|try (?:it|now|online))\b`),
}

// asidePage matches public pages that do not run the model: a licence to
// accept, a ranking, a story, pictures and code to look at.
var asidePage = phrases.ExpressionOf("observe.aside-page")

// demonstration says that a page names a place where the model runs, which was
// not looked at.
func (r *accessReader) demonstration(d *audit.Document) []audit.Observation {
	for _, p := range demoLinks {
		for _, m := range p.FindAllSubmatchIndex(d.Body, packagesPerPage) {
			address := string(d.Body[m[2]:m[3]])
			if asidePage.MatchString(address) || !r.ownPage(d, address) || disowned(d.Body, m[2]) {
				continue
			}
			note := "A page that runs the model is named (" + address +
				"); whether it runs, and for whom, was not looked at."
			return []audit.Observation{audit.From(d, "access.api", audit.NotFetched, note)}
		}
	}
	return nil
}

// ownPage reports whether a space is the model's or its makers'. Other pages
// are what the link's words say.
func (r *accessReader) ownPage(d *audit.Document, address string) bool {
	_, id, ok := strings.Cut(address, "/spaces/")
	return !ok || r.namesSubject(id) || identity.SameMaker(path.Dir(id), path.Dir(d.PlaceID))
}
