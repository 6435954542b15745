package replay

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A tree is a captured tree.tsv: mode, type, SHA, size and path, one entry a
// line. Sizes that are "-" or unreadable ("BAD") are unknown.
type tree struct {
	known   bool // false: no tree was captured
	cut     bool // entries are missing
	entries []entry
	index   map[string]int
}

type entry struct {
	mode, kind, sha, path string
	size                  int64
	sized                 bool
}

// complete reports whether a path that is not listed is not there.
func (t *tree) complete() bool { return t.known && !t.cut }

func (t *tree) find(path string) (entry, bool) {
	i, ok := t.index[path]
	if !ok {
		return entry{}, false
	}
	return t.entries[i], true
}

// readTree reads the tree of a repository folder. A line that is no entry, or a
// folder whose entries do not hash to its name, means that the list was cut.
func readTree(c *corpus, dir string) *tree {
	t := &tree{index: map[string]int{}}
	body, err := c.readFile(dir + "/tree.tsv")
	if err != nil {
		return t
	}
	t.known = true
	for line := range bytes.Lines(body) {
		e, ok := parseEntry(strings.TrimRight(string(line), "\r\n"))
		if !ok {
			t.cut = t.cut || len(bytes.TrimSpace(line)) > 0
			continue
		}
		t.index[e.path] = len(t.entries)
		t.entries = append(t.entries, e)
	}
	t.cut = t.cut || len(t.entries) == 0 || t.incomplete()
	return t
}

func parseEntry(line string) (entry, bool) {
	f := strings.SplitN(line, "\t", 5)
	if len(f) != 5 || f[4] == "" || !slices.Contains([]string{"blob", "tree", "commit"}, f[1]) {
		return entry{}, false
	}
	e := entry{mode: f[0], kind: f[1], sha: f[2], path: f[4]}
	if n, err := strconv.ParseInt(f[3], 10, 64); err == nil && n >= 0 {
		e.size, e.sized = n, true
	}
	return e, true
}

// incomplete recomputes each folder's git object name from the entries in it.
// A git tree names its folder by its content, so one missing entry shows.
func (t *tree) incomplete() bool {
	children := map[string][]entry{}
	for _, e := range t.entries {
		folder := ""
		if i := strings.LastIndexByte(e.path, '/'); i >= 0 {
			folder = e.path[:i]
		}
		children[folder] = append(children[folder], e)
	}
	for _, e := range t.entries {
		if e.kind == "tree" && treeName(children[e.path]) != e.sha {
			return true
		}
	}
	if !slices.ContainsFunc(t.entries, func(e entry) bool { return e.kind == "tree" }) {
		return false // files alone, as git ls-tree -r gives them: no folder is missing
	}
	for folder := range children {
		if _, listed := t.index[folder]; folder != "" && !listed {
			return true
		}
	}
	return false
}

// treeName is the git object name of a folder with these entries.
func treeName(entries []entry) string {
	slices.SortFunc(entries, func(a, b entry) int { return strings.Compare(sortName(a), sortName(b)) })
	var body bytes.Buffer
	for _, e := range entries {
		sha, err := hex.DecodeString(e.sha)
		if err != nil {
			return ""
		}
		fmt.Fprintf(&body, "%s %s\x00%s", strings.TrimLeft(e.mode, "0"), e.path[strings.LastIndexByte(e.path, '/')+1:],
			sha)
	}
	return gitObject("tree", body.Bytes())
}

// gitObject is the name git gives an object of this kind ("blob", "tree").
func gitObject(kind string, body []byte) string {
	h := sha1.New()
	fmt.Fprintf(h, "%s %d\x00", kind, len(body))
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// sortName is the name by which git sorts an entry: folders end in a slash.
func sortName(e entry) string {
	if e.kind == "tree" {
		return e.path + "/"
	}
	return e.path
}

// list is the answer of git/trees. Asked for a commit, GitHub gives the
// commit's name as sha. Unknown sizes are left out.
func (t *tree) list(g *gitState, recursive bool) map[string]any {
	items := []map[string]any{}
	for _, e := range t.entries {
		if !recursive && strings.Contains(e.path, "/") {
			continue
		}
		item := map[string]any{"path": e.path, "mode": e.mode, "type": e.kind, "sha": e.sha}
		if e.sized && e.kind == "blob" {
			item["size"] = e.size
		}
		if e.kind != "commit" {
			item["url"] = "https://api.github.com/repos/" + g.name + "/git/" + e.kind + "s/" + e.sha
		}
		items = append(items, item)
	}
	return map[string]any{"sha": g.head, "url": "https://api.github.com/repos/" + g.name + "/git/trees/" + g.head,
		"tree": items, "truncated": t.cut || g.facts["truncated"] == true}
}
