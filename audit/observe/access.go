package observe

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/code"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// access says how the model can be used without taking its code apart: as a
// package that installs, or through an interface that somebody serves.
//
// What counts is what the makers name: their main pages are where a release is
// announced, so their silence is an absence. What others packaged or serve is
// known to indexes that are not asked, and is no release by the makers. Two
// signs are left unsettled, since what they point to was not looked at: a
// repository that builds a package may lie in an index, and a public page that
// ran the model when its link was written may be gone, or ask for an account.
func access(in *input) []audit.Observation {
	r := accessReader{input: in, own: in.OwnRepositories()}
	r.names = r.packageNames()
	var out, shown []audit.Observation
	for _, d := range in.OwnPages() {
		if !document.MainPage(d) {
			continue // deep pages speak of parts and tools
		}
		out = append(out, r.packageInProse(d)...)
		out = append(out, r.apiInProse(d)...)
		shown = append(shown, r.demonstration(d)...)
	}
	for _, d := range in.Of(audit.DocTree) {
		if r.own[d.PlaceID] && document.Readable(d) {
			out = append(out, in.accessInTree(d)...)
		}
	}
	for _, d := range in.Of(audit.DocModelAPI) {
		if d.Role == audit.RoleEnd && document.Readable(d) {
			out = append(out, servedThroughHub(d)...)
		}
	}
	if !sources.Found(out, "access.api") {
		out = append(out, shown...)
	}
	return out
}

// An accessReader is an input with what every page is read for.
type accessReader struct {
	*input
	own   map[string]bool // the model's own repositories
	names []string        // what a package of the model would be called
}

var (
	buildFile = pattern.MustCompile(`^(setup\.py|pyproject\.toml|setup\.cfg|package\.json|Cargo\.toml)$`)
	// apiFile matches servers by names that say so; a file that is just called
	// "api" may as well be the interface of a library.
	apiFile = pattern.MustCompile(`(?i)(^|/)(openai_api(_server|_demo)?|api_server|server_api)\.(py|ipynb)$`)
)

// accessInTree looks for what makes a repository installable or servable.
func (in *input) accessInTree(d *audit.Document) []audit.Observation {
	var out []audit.Observation
	for _, entry := range in.Tree(d).Files {
		switch {
		case buildFile.MatchString(entry.Value):
			out = append(out, audit.Observe(d, "access.package", "unversioned", entry.Span,
				"the repository installs from source"),
				audit.From(d, "access.package", audit.NotFetched,
					"the repository builds a package; whether an index holds it was not looked at"))
		case apiFile.MatchString(entry.Value) && strings.Count(entry.Value, "/") < 2 &&
			!code.AsideDirs.MatchString(entry.Value) && !code.EvalWord.MatchString(entry.Value):
			out = append(out, audit.Observe(d, "access.api", "open", entry.Span, "server code comes with the model"))
		}
	}
	return out
}

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
	{"restricted", phrases.ExpressionOf("observe.api-address"), true, "the maker sells or rations an API"},
	{"restricted", phrases.ExpressionOf("observe.api-offered"), true, "an API is served somewhere"},
	{"restricted", phrases.ExpressionOf("observe.api-priced"), true, "an API with a price or a queue"},
	{"open", pattern.MustCompile(`(?i)python3? -m ([a-z]\w*\.[\w.]*api_server)\b`), false,
		"a server for the model comes with it"},
	{"open", phrases.ExpressionOf("observe.api-program"), false, "a server for the model comes with it"},
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
	phrases.ExpressionOf("observe.demo-words"),
	pattern.MustCompile(`(?i)\[!\[[^\]\n]*\b(?:playground|demo|chat)\b[^\]\n]*\]\([^)\n]*\)\]\((https?://[^)\s]+)\)`),
	phrases.ExpressionOf("observe.demo-anchor"),
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

// A package counts only when it is the model's: named after the model, its
// family or a repository that speaks for it, or under the name that such a
// repository's own manifest declares. The general library that loads the model
// is not the model's package.

// A packagePattern recognises one way to install something by its name, which
// is in its group; a group of several words names several packages.
type packagePattern struct {
	value   string
	pattern *pattern.Regexp
	note    string
}

var packagePatterns = []packagePattern{
	{"packaged", pattern.MustCompile("(?i)\\bpip3? install ([^\n`#;&|<]+)"), "installs by name from a package index"},
	{"packaged", pattern.MustCompile("(?i)\\buv (?:add|tool install) ([^\n`#;&|<]+)"),
		"installs by name from a package index"},
	{"packaged", pattern.MustCompile(`(?i)pypi\.org/project/([\w.-]+)`), "is in a package index"},
	{"packaged", pattern.MustCompile(`(?i)ollama (?:run|pull) ([\w./-]+)`), "is packaged for a local runner"},
	{"packaged", pattern.MustCompile(`(?i)ollama\.(?:com|ai)/library/([\w.-]+)`), "is packaged for a local runner"},
	{"packaged", pattern.MustCompile(`(?i)github\.com/([\w.-]+/comfyui[\w.-]*)`),
		"is packaged as a node for a graphical tool"},
	{"packaged", pattern.MustCompile(`(?i)docker (?:pull|run)[^\n]*?\s([a-z0-9][\w.-]*/[\w.-]+:[\w.-]+)`),
		"is packaged as a versioned image"},
	{"unversioned", pattern.MustCompile(`(?i)pip3? install (?:-U |--upgrade )*["']?(git\+https?://\S+)`),
		"installs from an unversioned source"},
}

// packagesPerPage bounds how many commands of a kind are read on one page.
const packagesPerPage = 60

func (r *accessReader) packageInProse(d *audit.Document) []audit.Observation {
	var out []audit.Observation
	for _, p := range packagePatterns {
		for _, m := range p.pattern.FindAllSubmatchIndex(d.Body, packagesPerPage) {
			if disowned(d.Body, m[0]) {
				continue
			}
			if name, ok := r.ownPackage(string(d.Body[m[2]:m[3]]), p.value, d); ok {
				out = append(out, audit.Observe(d, "access.package", p.value, page.Line(d.Body, m[0]), name+" "+p.note))
				break
			}
		}
	}
	return out
}

var (
	warnsOff  = phrases.ExpressionOf("observe.warns-off")
	stillDue  = phrases.ExpressionOf("observe.still-due")
	otherMark = strings.NewReplacer(":", "-")
)

// disowned reports whether the line around a place warns against what stands
// there, or says that it is not there yet or any more.
func disowned(body []byte, at int) bool {
	span := page.Line(body, at)
	return warnsOff.Match(body[span.Start:max(at, span.Start)]) || stillDue.Match(body[span.Start:span.End])
}

// anotherVersion reports whether a package's name gives the family a version
// that is not the model's: what runs version 2 is no package of version 1.
func (r *accessReader) anotherVersion(word string) bool {
	mine, theirs := r.VersionOf(path.Base(r.ID())), r.VersionOf(otherMark.Replace(word))
	return mine > 0 && theirs > 0 && mine != theirs
}

// ownPackage returns the first of the words that names a package of the model.
func (r *accessReader) ownPackage(words, value string, d *audit.Document) (string, bool) {
	for _, word := range strings.Fields(words) {
		word = strings.Trim(word, `"'(),`)
		fromSource := strings.Contains(word, "://")
		if !fromSource {
			word = bareName(word)
		}
		switch {
		case word == "" || strings.HasPrefix(word, "-") || strings.HasPrefix(word, ".") ||
			helperName.MatchString(word) || listFile.MatchString(word):
		case fromSource != (value == "unversioned"):
		case r.anotherVersion(word):
		case r.namesSubject(word), r.declared(word), fromMakers(word, d):
			return word, true
		}
	}
	return "", false
}

// bareName is a package's name without extras and version ("name[extra]==1.0"),
// which may name what the package was built for.
func bareName(word string) string {
	if cut := strings.IndexAny(word, "[=<>~!;+"); cut >= 0 {
		return word[:cut]
	}
	return word
}

// listFile matches what a command reads packages from ("-r requirements.txt").
var listFile = pattern.MustCompile(`(?i)\.(?:txt|in|ya?ml|toml|cfg|whl)$`)

// helperName matches packages that help to use a model, and are not the model.
var helperName = phrases.ExpressionOf("observe.helper-name")

// namesSubject reports whether a package's name holds one of the model's names.
func (r *accessReader) namesSubject(name string) bool {
	squashed := identity.Squash(name)
	for _, n := range r.names {
		if len(n) >= identity.MinFamily && strings.Contains(squashed, n) {
			return true
		}
	}
	return false
}

// packageNames lists the family, each own repository that speaks for the model,
// and such a repository with its owner: a short name says little by itself.
func (r *accessReader) packageNames() []string {
	names := []string{r.FamilyName()}
	for _, d := range r.Of(audit.DocReadme) {
		if r.own[d.PlaceID] && document.Readable(d) && document.MainPage(d) && r.SpeaksFor(d) {
			names = append(names, identity.Family(path.Base(d.PlaceID)), identity.Squash(d.PlaceID))
		}
	}
	return names
}

// fromMakers reports whether "owner/name" lies with the makers of the page.
func fromMakers(word string, d *audit.Document) bool {
	owner, _, ok := strings.Cut(word, "/")
	return ok && !strings.Contains(word, ":") && identity.SameMaker(owner, path.Dir(d.PlaceID))
}

// declaredName matches the name that a manifest gives to what it builds.
var declaredName = pattern.MustCompile(`(?m)^\s*name\s*=\s*["']?([A-Za-z][\w.-]+)["']?\s*,?\s*$`)

// declared reports whether a manifest at the root of a repository that speaks
// for the model declares a package of this name.
func (r *accessReader) declared(word string) bool {
	for _, d := range r.Of(audit.DocConfig) {
		if !r.own[d.PlaceID] || !document.Readable(d) || !buildFile.MatchString(d.Path) {
			continue
		}
		if m := declaredName.FindSubmatch(d.Body); m != nil && identity.Squash(string(m[1])) == identity.Squash(word) &&
			slices.ContainsFunc(r.FrontPagesOf(d.PlaceID), r.SpeaksFor) {
			return true
		}
	}
	return false
}
