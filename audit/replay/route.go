package replay

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"openness/audit/pattern"
)

// A Kind says which service and quota a request belongs to.
type Kind string

// The kinds of request.
const (
	HFAPI     Kind = "hf_api"
	HFResolve Kind = "hf_resolve"
	GitHubAPI Kind = "github_api"
	GitHubRaw Kind = "github_raw"
	Other     Kind = "other"
)

// counts reports whether an answer of a status is counted against a quota.
// GitHub does not count 304; its raw host has no such quota.
func (k Kind) counts(status int) bool {
	switch k {
	case HFAPI, HFResolve:
		return true
	case GitHubAPI:
		return status != 304
	}
	return false
}

// target is the resource a path names.
type target int

const (
	unknownPage  target = iota
	hubList             // /api/models
	hubInfo             // /api/models/ID
	hubTree             // /api/models/ID/tree/REV
	hubFile             // /ID/resolve/REV/PATH
	gitRepo             // /repos/OWNER/NAME, rest in path
	gitByID             // /repositories/ID
	gitQuota            // /rate_limit
	gitRaw              // /OWNER/NAME/REV/PATH
	webPage             // /web/HOST/PATH
	scopeInfo           // /api/v1/models/ID of ModelScope
	scopeList           // /api/v1/models/ID/repo/files
	scopeCommits        // /api/v1/models/ID/commits
	scopeFile           // /models/ID/resolve/REV/PATH
	arxivQuery          // /arxiv/api/query
	arxivPaper          // /arxiv/FORM/ID
)

// A route is a parsed request path.
type route struct {
	kind    Kind
	what    target
	dataset bool   // a Hugging Face dataset, not a model
	id      string // "org/name", "name" or "owner/name"
	rev     string // branch, tag or commit
	path    string // within the repository; for gitRepo the rest of the API path
	prefix  string // "/hf", "/github", "/raw" or empty: redirects keep it
}

var errHostile = errors.New("refused: the path holds a segment that no repository has")

// parseRoute tells what a request path names. The path is still escaped, so
// that "%2F" inside a revision is not taken for a separator. Segments that
// could leave the folder, and names that no hub allows, are errors.
func parseRoute(escaped string) (route, error) {
	parts, err := segments(escaped)
	if err != nil {
		return route{kind: Other}, err
	}
	if rt, ok := parseElsewhere(parts); ok {
		return rt, nil
	}
	if len(parts) > 1 && parts[0] == "web" {
		return route{kind: Other, what: webPage, id: strings.ToLower(parts[1]), path: strings.Join(parts[2:], "/")}, nil
	}
	if len(parts) > 1 {
		if rt, ok := parsePrefixed(parts[0], parts[1:]); ok {
			return rt, nil
		}
	}
	for _, parse := range []func([]string) (route, bool){parseHub, parseGitHub, parseRaw} {
		if rt, ok := parse(parts); ok {
			return rt, nil
		}
	}
	return route{kind: Other}, nil
}

// parseElsewhere reads the paths of ModelScope and arXiv, under the prefixes
// that the command prints or, where no other service has such paths, without.
func parseElsewhere(parts []string) (route, bool) {
	if len(parts) > 1 && parts[0] == "arxiv" && (parts[1] == "api" || parts[1] == "abs" ||
		arxivForms[parts[1]] != nil) {
		if rt, ok := parsePaper(parts[1:]); ok {
			return rt, true
		}
		rt := route{kind: Other}
		if len(parts) == 3 && parts[1] == "api" && parts[2] == "query" {
			rt.what = arxivQuery
		}
		return rt, true
	}
	prefixed := len(parts) > 1 && parts[0] == "modelscope" && (parts[1] == "api" || parts[1] == "models")
	if prefixed {
		parts = parts[1:]
	}
	rt, ok := parseScope(parts)
	return rt, ok || prefixed
}

// parseScope reads api/v1/models/NS/NAME[/repo/files|/commits] and
// models/NS/NAME/resolve/REV/PATH.
func parseScope(parts []string) (route, bool) {
	rt := route{kind: Other}
	switch {
	case len(parts) >= 5 && parts[0] == "api" && parts[1] == "v1" && parts[2] == "models" && validHubID(parts[3:5]):
		rt.id = strings.Join(parts[3:5], "/")
		switch strings.Join(parts[5:], "/") {
		case "":
			rt.what = scopeInfo
		case "repo/files":
			rt.what = scopeList
		case "commits":
			rt.what = scopeCommits
		}
		return rt, true
	case len(parts) >= 6 && parts[0] == "models" && parts[3] == "resolve" && validHubID(parts[1:3]):
		rt.what, rt.id, rt.rev, rt.path = scopeFile, strings.Join(parts[1:3], "/"), parts[4],
			strings.Join(parts[5:], "/")
		return rt, true
	}
	return rt, false
}

// parsePrefixed reads paths under /hf, /github and /raw, for those who want
// the services told apart by more than the shape of their paths.
func parsePrefixed(prefix string, rest []string) (route, bool) {
	parse := map[string]func([]string) (route, bool){"hf": parseHub, "github": parseGitHub, "raw": parseRaw}[prefix]
	if parse == nil {
		return route{}, false
	}
	rt, ok := parse(rest)
	rt.prefix = "/" + prefix
	return rt, ok
}

// maxSegment bounds one path segment, as file systems do.
const maxSegment = 255

// segments splits and unescapes a path and refuses what is hostile.
func segments(escaped string) ([]string, error) {
	trimmed := strings.Trim(escaped, "/")
	if trimmed == "" {
		return nil, nil
	}
	parts := strings.Split(trimmed, "/")
	for i, part := range parts {
		clean, err := url.PathUnescape(part)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errHostile, err)
		}
		if hostile(clean) {
			return nil, errHostile
		}
		parts[i] = clean
	}
	return parts, nil
}

func hostile(segment string) bool {
	if segment == "" || len(segment) > maxSegment || !utf8.ValidString(segment) || strings.Contains(segment, `\`) {
		return true
	}
	// An escaped slash is legitimate in a revision (refs%2Fpr%2F1), never a way up.
	for inner := range strings.SplitSeq(segment, "/") {
		if inner == "" || inner == "." || inner == ".." {
			return true
		}
	}
	return strings.ContainsFunc(segment, unicode.IsControl)
}

// hubName is what Hugging Face allows in one part of an id.
var hubName = pattern.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._-]{0,95}$`)

// gitName is what GitHub allows for an owner or a repository.
var gitName = pattern.MustCompile(`^[A-Za-z0-9_.-]{1,100}$`)

func parseHub(parts []string) (route, bool) {
	if len(parts) == 0 {
		return route{}, false
	}
	if parts[0] == "api" && len(parts) > 1 {
		return parseHubAPI(parts[1:])
	}
	rt := route{kind: HFResolve, what: hubFile}
	if parts[0] == "datasets" {
		rt.dataset, parts = true, parts[1:]
	}
	return parseHubFile(rt, parts)
}

func parseHubAPI(parts []string) (route, bool) {
	rt := route{kind: HFAPI}
	family, rest := parts[0], parts[1:]
	if family == "resolve-cache" && len(rest) > 0 {
		rt = route{kind: HFResolve, what: hubFile, dataset: rest[0] == "datasets"}
		return parseResolveCache(rt, rest)
	}
	if family != "models" && family != "datasets" {
		return route{}, false
	}
	rt.dataset = family == "datasets"
	if len(rest) == 0 {
		rt.what = hubList
		return rt, true
	}
	id, rest, ok := takeHubID(rest, "tree", "revision")
	if !ok {
		return rt, true // a name that no hub has: answered as an unknown page
	}
	rt.id, rt.what = id, hubInfo
	if len(rest) == 0 {
		return rt, true
	}
	return parseHubRevision(rt, rest)
}

// parseHubRevision reads what follows an id: tree/REV[/PATH] or revision/REV.
func parseHubRevision(rt route, rest []string) (route, bool) {
	if len(rest) < 2 {
		return route{kind: HFAPI}, true
	}
	rt.rev = rest[1]
	switch {
	case rest[0] == "tree":
		rt.what, rt.path = hubTree, strings.Join(rest[2:], "/")
	case rest[0] == "revision" && len(rest) == 2:
	default:
		return route{kind: HFAPI}, true
	}
	return rt, true
}

// parseResolveCache reads models/ORG/NAME/SHA/PATH, where small files live.
func parseResolveCache(rt route, parts []string) (route, bool) {
	if len(parts) < 5 || !validHubID(parts[1:3]) {
		return route{}, false
	}
	rt.id, rt.rev, rt.path = parts[1]+"/"+parts[2], parts[3], strings.Join(parts[4:], "/")
	return rt, true
}

// parseHubFile reads [ORG/]NAME/resolve|raw/REV/PATH.
func parseHubFile(rt route, parts []string) (route, bool) {
	at := slices.IndexFunc(parts, func(s string) bool { return s == "resolve" || s == "raw" })
	if at < 1 || at > 2 || len(parts) < at+3 || !validHubID(parts[:at]) {
		return route{}, false
	}
	rt.id = strings.Join(parts[:at], "/")
	rt.rev, rt.path = parts[at+1], strings.Join(parts[at+2:], "/")
	return rt, true
}

// takeHubID takes the one or two segments of an id off parts. A second segment
// that is one of the verbs ends an id without an organisation.
func takeHubID(parts []string, verbs ...string) (id string, rest []string, ok bool) {
	n := min(2, len(parts))
	if n == 2 && slices.Contains(verbs, parts[1]) && len(parts) > 2 {
		n = 1
	}
	if !validHubID(parts[:n]) {
		return "", nil, false
	}
	return strings.Join(parts[:n], "/"), parts[n:], true
}

func validHubID(parts []string) bool {
	return len(parts) > 0 && !slices.ContainsFunc(parts, func(s string) bool {
		return !hubName.MatchString(s) || strings.Contains(s, "..")
	})
}

func parseGitHub(parts []string) (route, bool) {
	if len(parts) == 0 {
		return route{}, false
	}
	rt := route{kind: GitHubAPI}
	switch {
	case parts[0] == "rate_limit" && len(parts) == 1:
		rt.what = gitQuota
	case parts[0] == "repositories" && len(parts) > 1:
		rt.what = gitByID
	case parts[0] == "repos" && len(parts) > 2 && validGitID(parts[1:3]):
		rt.what, rt.id, rt.path = gitRepo, parts[1]+"/"+parts[2], strings.Join(parts[3:], "/")
	case parts[0] == "repos" || parts[0] == "orgs" || parts[0] == "users":
	default:
		return route{}, false
	}
	return rt, true
}

func validGitID(parts []string) bool {
	return !slices.ContainsFunc(parts, func(s string) bool { return !gitName.MatchString(s) })
}

// parseRaw reads OWNER/NAME/REV/PATH; REV may be spelt refs/heads/BRANCH.
func parseRaw(parts []string) (route, bool) {
	if len(parts) < 4 || parts[0] == "api" || parts[0] == "datasets" || !validGitID(parts[:2]) {
		return route{}, false
	}
	rt := route{kind: GitHubRaw, what: gitRaw, id: parts[0] + "/" + parts[1], rev: parts[2]}
	rest := parts[3:]
	if parts[2] == "refs" && parts[3] == "heads" && len(parts) > 5 {
		rt.rev, rest = parts[4], parts[5:]
	}
	rt.path = strings.Join(rest, "/")
	return rt, true
}
