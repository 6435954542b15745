package observe

import (
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

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
	names := []string{identity.Family(path.Base(r.ID()))}
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
			r.pageSpeaks(d.PlaceID) {
			return true
		}
	}
	return false
}

// pageSpeaks reports whether a repository's front page speaks for the model.
func (r *accessReader) pageSpeaks(repository string) bool {
	for _, d := range r.Of(audit.DocReadme) {
		if d.PlaceID == repository && document.Readable(d) && document.MainPage(d) && r.SpeaksFor(d) {
			return true
		}
	}
	return false
}
