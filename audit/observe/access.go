package observe

import (
	"path"
	"regexp"
	"strings"

	"openness/audit"
)

// access says how the model can be used without taking its code apart: as a
// package that installs, or through an interface that somebody serves.
//
// A package counts only when it is named after the model, its family or its
// repository: the general library that loads it is not the model's package.
func access(in *input) []audit.Observation {
	var out []audit.Observation
	pages := in.ownPages()
	for _, d := range pages {
		if !mainPage(d) {
			continue // deep pages speak of parts and tools
		}
		out = append(out, packageInProse(in, d)...)
		out = append(out, apiInProse(in, d)...)
	}
	own := in.ownRepositories()
	for _, d := range in.of(audit.DocTree) {
		if own[d.PlaceID] && readable(d) {
			out = append(out, accessInTree(d)...)
		}
	}
	return append(out, accessNotFound(in, pages, out)...)
}

// A packagePattern recognises one way to install something by its name.
type packagePattern struct {
	value   string
	pattern *regexp.Regexp
	note    string
}

var packagePatterns = []packagePattern{
	{"packaged", regexp.MustCompile(`(?i)pip3? install (?:-U |--upgrade |-q )*["']?([a-z][\w.-]+)`), "installs by name from a package index"},
	{"packaged", regexp.MustCompile(`(?i)pypi\.org/project/([\w.-]+)`), "is in a package index"},
	{"packaged", regexp.MustCompile(`(?i)ollama (?:run|pull) ([\w./-]+)`), "is packaged for a local runner"},
	{"packaged", regexp.MustCompile(`(?i)ollama\.(?:com|ai)/library/([\w.-]+)`), "is packaged for a local runner"},
	{"packaged", regexp.MustCompile(`(?i)github\.com/[\w.-]+/(comfyui[\w.-]*)`), "is packaged as a node for a graphical tool"},
	{"packaged", regexp.MustCompile(`(?i)docker (?:pull|run)[^\n]*?\s([a-z0-9][\w.-]*/[\w.-]+:[\w.-]+)`), "is packaged as a versioned image"},
	{"unversioned", regexp.MustCompile(`(?i)pip3? install (?:-U |--upgrade )*["']?(git\+https?://\S+)`), "installs from an unversioned source"},
}

func packageInProse(in *input, d *audit.Document) []audit.Observation {
	var out []audit.Observation
	for _, p := range packagePatterns {
		for _, m := range p.pattern.FindAllSubmatchIndex(d.Body, 60) {
			name := string(d.Body[m[2]:m[3]])
			if in.namesSubject(name) {
				out = append(out, audit.Observe(d, "access.package", p.value, line(d.Body, m[0]), name+" "+p.note))
				break
			}
		}
	}
	return out
}

// namesSubject reports whether a package's or page's name is taken from the
// model's family or from one of its own repositories.
func (in *input) namesSubject(name string) bool {
	squashed := squash(name)
	names := []string{familyName(path.Base(in.id()))}
	for id := range in.ownRepositories() {
		names = append(names, familyName(path.Base(id)))
	}
	for _, n := range names {
		if len(n) >= minKin && strings.Contains(squashed, n) {
			return true
		}
	}
	return false
}

// An apiPattern recognises an interface that somebody serves.
type apiPattern struct {
	value   string
	pattern *regexp.Regexp
	note    string
}

var apiPatterns = []apiPattern{
	{"restricted", regexp.MustCompile(`(?i)https?://(?:platform|open|console|api|api-docs|docs|dev|developer)\.[\w.-]+\.\w+/?[^\s)"'>]*[^\n]{0,40}\bAPI\b|\bAPI\b[^\n]{0,60}https?://(?:platform|open|console|api|api-docs|developer)\.[\w.-]+`), "the maker sells or rations an API"},
	{"restricted", regexp.MustCompile(`(?i)\b(?:API|hosted service|cloud service)[^\n]{0,60}\b(?:pricing|per million tokens|waitlist|pay-as-you-go)\b`), "an API with a price or a queue"},
	{"open", regexp.MustCompile(`(?i)(?:huggingface\.co|hf\.co)/spaces/([\w.-]+/[\w.-]+)`), "anyone can use the model on a public page of its makers"},
	{"open", regexp.MustCompile(`(?i)python3? -m ([a-z]\w*\.[\w.]*api_server)\b`), "a server for the model comes with it"},
	{"open", regexp.MustCompile(`(?i)(?:python3? |uvicorn |torchrun [^\n]*)[\w./-]*(?:openai_)?api(?:_server|_demo|_request)?(?:\.py|:app)`), "a server for the model comes with it"},
}

// asideSpace matches public pages that do not run the model: a licence to
// accept, a ranking, a story.
var asideSpace = regexp.MustCompile(`(?i)licen[cs]e|leaderboard|arena|blog|playbook|eval|viewer|dataset`)

func apiInProse(in *input, d *audit.Document) []audit.Observation {
	var out []audit.Observation
	for _, p := range apiPatterns {
		for _, m := range p.pattern.FindAllSubmatchIndex(d.Body, 60) {
			if asideSpace.Match(group(d.Body, m)) {
				continue
			}
			if g := group(d.Body, m); g != nil && !in.namesSubject(string(g)) && !sameMaker(path.Dir(string(g)), path.Dir(d.PlaceID)) {
				continue
			}
			out = append(out, audit.Observe(d, "access.api", p.value, line(d.Body, m[0]), p.note))
			break
		}
	}
	return out
}

var (
	buildFile = regexp.MustCompile(`^(setup\.py|pyproject\.toml|setup\.cfg|package\.json|Cargo\.toml)$`)
	apiFile   = regexp.MustCompile(`(?i)(^|/)(openai_api(_server|_demo)?|api_server|api_demo|api|server_api)\.(py|ipynb)$`)
)

// accessInTree looks for what makes a repository installable or servable.
func accessInTree(d *audit.Document) []audit.Observation {
	tree, ok := jsonFields(d.Body)["tree"]
	if !ok {
		return nil
	}
	var out []audit.Observation
	for _, entry := range treeFiles(d.Body, tree) {
		switch {
		case buildFile.MatchString(entry.value):
			out = append(out, audit.Observe(d, "access.package", "unversioned", entry.span, "the repository installs from source"))
		case apiFile.MatchString(entry.value) && strings.Count(entry.value, "/") < 2 && !asideDirs.MatchString(entry.value) && !evalWord.MatchString(entry.value):
			out = append(out, audit.Observe(d, "access.api", "open", entry.span, "server code comes with the model"))
		}
	}
	return out
}

// accessNotFound says that pages and trees were read in vain, or that there was
// nothing to read.
func accessNotFound(in *input, pages []*audit.Document, found []audit.Observation) []audit.Observation {
	var out []audit.Observation
	for _, fact := range []string{"access.package", "access.api"} {
		if present(found, fact) {
			continue
		}
		if len(pages) > 0 {
			out = append(out, audit.From(pages[0], fact, audit.NotThere, "no page of the model's own offers it"))
			continue
		}
		for _, d := range in.of(audit.DocModelAPI, audit.DocModelCard, audit.DocReadme, audit.DocRepoAPI) {
			if f, lost := unseen(d); lost && d.Role != audit.RoleBase {
				out = append(out, audit.From(d, fact, f, "a page that would offer it: "+d.Detail))
			}
		}
	}
	return out
}
