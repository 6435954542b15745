package observe

import (
	"strings"

	"openness/audit"
	"openness/audit/observe/code"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/pattern"
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
