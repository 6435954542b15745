// Package github reads repositories: their description and file tree through
// go-github, and the choice of the files worth reading, which come from the
// host for raw files and so cost no API quota.
//
// A repository takes two API calls: the repository and the recursive tree of
// its default branch. Asked for a branch, the tree API names the commit that
// it resolved in the answer's "sha", and files are then read at that commit.
// What is documented is only that the answer describes that state of the
// branch, so nothing rests on it: every file that arrives is hashed the way
// git does and compared with the tree (Entry.Matches).
package github

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	gogithub "github.com/google/go-github/v62/github"

	"openness/audit"
	"openness/audit/page/jsonspan"
	"openness/audit/pattern"
)

// The public base URLs under which everything is recorded.
const (
	PublicAPI = "https://api.github.com"
	PublicRaw = "https://raw.githubusercontent.com"
	PublicWeb = "https://github.com"
)

// A Repo is the answer of GET /repos/OWNER/NAME.
type Repo struct {
	FullName      string // after renames
	DefaultBranch string
	Description   string
	Homepage      string
	License       string // SPDX id as GitHub guesses it; "NOASSERTION" where it cannot tell, empty where there is none
	LicenseKnown  bool   // the answer speaks of a licence at all
	Fork          bool
	Archived      bool
	Private       bool   // only those whom its owner lets see it get the answer
	Disabled      bool   // GitHub serves nothing of it any more
	Parent        string // full name of what it was forked from
	Topics        []string
	CreatedAt     time.Time
	PushedAt      time.Time
	Values        []jsonspan.Value
}

// ParseRepo reads a stored answer.
func ParseRepo(body []byte) (Repo, error) {
	var told gogithub.Repository
	if err := json.Unmarshal(body, &told); err != nil {
		return Repo{}, fmt.Errorf("answer about a repository: %w", err)
	}
	values, err := jsonspan.Values(body)
	if err != nil {
		return Repo{}, fmt.Errorf("answer about a repository: %w", err)
	}
	if told.GetFullName() == "" {
		return Repo{}, fmt.Errorf("answer about a repository: it has no full_name")
	}
	r := Repo{
		FullName: told.GetFullName(), DefaultBranch: told.GetDefaultBranch(), Description: told.GetDescription(),
		Homepage: told.GetHomepage(), License: told.GetLicense().GetSPDXID(), Fork: told.GetFork(),
		Archived: told.GetArchived(), Private: told.GetPrivate(), Disabled: told.GetDisabled(),
		Parent: told.GetParent().GetFullName(), Topics: told.Topics,
		CreatedAt: told.GetCreatedAt().Time, PushedAt: told.GetPushedAt().Time, Values: values,
	}
	for _, v := range values {
		if v.Path == "license" || strings.HasPrefix(v.Path, "license.") {
			r.LicenseKnown = true
		}
	}
	return r, nil
}

// A Tree is every entry of a repository at one commit.
type Tree struct {
	SHA       string
	Truncated bool // GitHub cut it: what is missing here may be there
	Entries   []Entry
}

// An Entry is one file, folder, symbolic link or submodule.
type Entry struct {
	Path string
	Mode string
	Type string // blob, tree, commit (a submodule)
	SHA  string
	Size int64      // of blobs; -1 where unknown
	Span audit.Span // of its path in the answer, with the key
}

// File reports whether the entry is a regular file: no folder, link, submodule.
func (e Entry) File() bool { return e.Type == "blob" && e.Mode != "120000" }

// Link reports whether the entry is a symbolic link.
func (e Entry) Link() bool { return e.Mode == "120000" }

var objectID = pattern.MustCompile(`^[0-9a-f]{40}$`)

// Matches reports whether body is the file that the tree lists: its git blob
// id is the entry's. An entry without a usable id matches anything.
func (e Entry) Matches(body []byte) bool {
	if !objectID.MatchString(e.SHA) {
		return true
	}
	return audit.BlobName(body) == e.SHA
}

// ParseTree reads a stored answer of GET /repos/OWNER/NAME/git/trees/REF?recursive=1.
// Entries whose path leaves the repository are dropped.
func ParseTree(body []byte) (Tree, error) {
	var told gogithub.Tree
	if err := json.Unmarshal(body, &told); err != nil {
		return Tree{}, fmt.Errorf("answer about a tree: %w", err)
	}
	spans := make(map[int]audit.Span, len(told.Entries))
	err := jsonspan.Each(body, func(v jsonspan.Value) {
		if v.Path == "tree.path" {
			spans[v.Entry] = v.Whole
		}
	})
	if err != nil {
		return Tree{}, fmt.Errorf("answer about a tree: %w", err)
	}
	if told.Entries == nil {
		return Tree{}, fmt.Errorf("answer about a tree: it lists none")
	}
	t := Tree{SHA: told.GetSHA(), Truncated: told.GetTruncated()}
	for i, e := range told.Entries {
		if e == nil || !safe(e.GetPath()) {
			continue
		}
		size := int64(-1)
		if e.Size != nil {
			size = int64(*e.Size)
		}
		t.Entries = append(t.Entries, Entry{Path: e.GetPath(), Mode: e.GetMode(), Type: e.GetType(), SHA: e.GetSHA(),
			Size: size, Span: spans[i]})
	}
	return t, nil
}

func safe(file string) bool {
	return file != "" && path.Clean("/"+file) == "/"+file && !strings.ContainsAny(file, "\\\x00")
}

// A Client asks the API through go-github. HTTP must send requests to the
// public API's URLs on to wherever they are answered.
type Client struct {
	api *gogithub.Client
}

// NewClient returns a client over h.
func NewClient(h *http.Client, userAgent string) *Client {
	api := gogithub.NewClient(h)
	api.UserAgent = userAgent
	return &Client{api}
}

// Repo asks for a repository: one API call. What came back is in the
// transport's hands, and not read here: ParseRepo reads what was stored. The error
// only says that it was no usable answer.
func (c *Client) Repo(ctx context.Context, owner, name string) error {
	if err := c.ask(ctx, "repos/"+owner+"/"+name); err != nil {
		return fmt.Errorf("repository %q: %w", owner+"/"+name, err)
	}
	return nil
}

// Tree asks for the recursive tree of a branch or commit: one API call, as Repo is.
func (c *Client) Tree(ctx context.Context, owner, name, ref string) error {
	err := c.ask(ctx, "repos/"+owner+"/"+name+"/git/trees/"+url.PathEscape(ref)+"?recursive=1")
	if err != nil {
		return fmt.Errorf("tree of %q: %w", owner+"/"+name, err)
	}
	return nil
}

func (c *Client) ask(ctx context.Context, address string) error {
	request, err := c.api.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	answer, err := c.api.BareDo(ctx, request)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// RepoURL is the public page of a repository.
func RepoURL(id string) string { return PublicWeb + "/" + id }

// RawURL is the public URL of a file at a commit or branch.
func RawURL(id, revision, file string) string {
	segments := strings.Split(id+"/"+revision+"/"+file, "/")
	for i, s := range segments {
		segments[i] = url.PathEscape(s)
	}
	return PublicRaw + "/" + strings.Join(segments, "/")
}

var idPattern = pattern.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}$`)

// ValidID reports whether id has the form OWNER/NAME.
func ValidID(id string) bool {
	return idPattern.MatchString(id) && !strings.HasSuffix(id, "/.") && !strings.HasSuffix(id, "/..")
}

var branchPattern = pattern.MustCompile(`^[^\x00-\x20\x7f~^:?*\[\\/.#%][^\x00-\x20\x7f~^:?*\[\\#%]{0,254}$`)

// ValidBranch reports whether name can be a branch that is safe in a path.
func ValidBranch(name string) bool {
	return branchPattern.MatchString(name) && path.Clean(name) == name && !strings.Contains(name, "..")
}
