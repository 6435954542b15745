package hub

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"openness/audit"
	"openness/audit/page/jsonspan"
)

// PublicScope is the base URL under which everything of ModelScope is recorded.
const PublicScope = "https://modelscope.cn"

// ScopeRevision is the branch that ModelScope serves by default. Its API names
// commits file by file, not for the repository.
const ScopeRevision = "master"

// ScopePage is the page of a ModelScope model that people see.
func ScopePage(id string) string { return PublicScope + "/models/" + escape(id) }

// ScopeAPI is the public URL of the API answer about a ModelScope model.
func ScopeAPI(id string) string { return PublicScope + "/api/v1/models/" + escape(id) }

// ScopeFiles is the public URL of the list of its files at a revision.
func ScopeFiles(id, revision string) string {
	return ScopeAPI(id) + "/repo/files?Revision=" + url.QueryEscape(revision) + "&Recursive=true"
}

// ScopeCommitsPage is how many commits one answer lists.
const ScopeCommitsPage = 50

// ScopeCommits is the public URL of a page, from 1 on, of the list of its commits.
func ScopeCommits(id string, page int) string {
	return fmt.Sprintf("%s/commits?Ref=%s&PageNumber=%d&PageSize=%d", ScopeAPI(id), ScopeRevision, page,
		ScopeCommitsPage)
}

// ScopeFile is the URL of one of its files at a revision.
func ScopeFile(id, revision, file string) string {
	return ScopePage(id) + "/resolve/" + url.PathEscape(revision) + "/" + escape(file)
}

// A ScopeEntry is one file of a ModelScope model.
type ScopeEntry struct {
	Path     string
	Revision string     // the commit that last changed it; empty if the list does not tell
	Span     audit.Span // of the path in the answer
	SHA256   string     // of its bytes, in small letters; empty if the list does not tell
	Hash     audit.Span // of the hash in the answer
	Size     string     // in bytes; empty if the list does not tell
}

// A ScopeModel is ModelScope's answer about a model.
type ScopeModel struct {
	// Gate is "none" where everybody may download the model, "manual" where an
	// application is needed or it is kept from the public, and "" where the answer
	// does not tell. An application is a mode of models that are not public.
	Gate     string
	GateSpan audit.Span
	ArXiv    []string
}

// ModelScope's levels of visibility, and its mode of downloads by application, as its
// own client encodes them.
const (
	scopePublic    = "5"
	scopeProtected = "1"
)

// ParseScope reads ModelScope's answer about a model. The hub wraps answers: one that
// reports no success, or holds no data, is an error.
func ParseScope(body []byte) (ScopeModel, error) {
	var m ScopeModel
	values, err := jsonspan.Values(body)
	if err != nil {
		return m, fmt.Errorf("ModelScope's answer: %w", err)
	}
	named := false
	for _, v := range values {
		switch v.Path {
		case "Success":
			if v.Text != "true" {
				return m, fmt.Errorf("ModelScope's answer reports no success")
			}
		case "Data.Name", "Data.Path":
			named = true
		case "Data.Visibility":
			if m.Gate == "" && v.Text != "" && v.Text != "null" {
				m.Gate, m.GateSpan = "manual", v.Span
				if v.Text == scopePublic {
					m.Gate = "none"
				}
			}
		case "Data.ProtectedMode":
			if v.Text == scopeProtected {
				m.Gate, m.GateSpan = "manual", v.Span
			}
		case "Data.RelatedArxivId":
			m.ArXiv = append(m.ArXiv, v.Text)
		}
	}
	if !named {
		return m, fmt.Errorf("ModelScope's answer is about no model")
	}
	return m, nil
}

// A ScopeCommit is one commit of a ModelScope model.
type ScopeCommit struct {
	ID   string
	Date time.Time
}

// ParseScopeCommits reads a list of commits, the newest first.
func ParseScopeCommits(body []byte) ([]ScopeCommit, error) {
	var answer struct {
		Success *bool
		Data    struct {
			Commit []struct {
				ID            string `json:"Id"`
				CommittedDate int64
			}
		}
	}
	switch err := json.Unmarshal(body, &answer); {
	case err != nil:
		return nil, fmt.Errorf("ModelScope's list of commits: %w", err)
	case answer.Success != nil && !*answer.Success:
		return nil, fmt.Errorf("ModelScope's list of commits: the answer reports no success")
	}
	var list []ScopeCommit
	for _, c := range answer.Data.Commit {
		list = append(list, ScopeCommit{c.ID, time.Unix(c.CommittedDate, 0).UTC()})
	}
	return list, nil
}

// ParseScopeFiles reads the list of a ModelScope model's files, folders left
// out. The hub wraps answers: one that reports no success is an error.
func ParseScopeFiles(body []byte) ([]ScopeEntry, error) {
	values, err := jsonspan.Values(body)
	if err != nil {
		return nil, fmt.Errorf("ModelScope's list of files: %w", err)
	}
	var entries []ScopeEntry
	folders := make(map[int]bool)
	commits, sizes, hashes := make(map[int]string), make(map[int]string), make(map[int]jsonspan.Value)
	at := make(map[int]int) // list element to entry
	known := false
	for _, v := range values {
		switch v.Path {
		case "Success":
			if v.Text != "true" {
				return nil, fmt.Errorf("ModelScope's list of files: the answer reports no success")
			}
			known = true
		case "Data.Files.Path":
			at[v.Entry] = len(entries)
			entries = append(entries, ScopeEntry{Path: v.Text, Span: v.Span})
		case "Data.Files.Revision":
			commits[v.Entry] = v.Text
		case "Data.Files.Sha256":
			hashes[v.Entry] = v
		case "Data.Files.Size":
			sizes[v.Entry] = v.Text
		case "Data.Files.Type":
			folders[v.Entry] = v.Text == "tree"
		}
	}
	if len(entries) == 0 && !known && !strings.Contains(string(body), `"Files"`) {
		return nil, fmt.Errorf("ModelScope's list of files: the answer holds none")
	}
	files := entries[:0]
	for i := range len(at) {
		if j, ok := at[i]; ok && !folders[i] {
			entries[j].Revision, entries[j].Size = commits[i], sizes[i]
			entries[j].SHA256, entries[j].Hash = strings.ToLower(hashes[i].Text), hashes[i].Span
			files = append(files, entries[j])
		}
	}
	return files, nil
}
