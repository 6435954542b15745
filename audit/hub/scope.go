package hub

import (
	"fmt"
	"net/url"
	"strings"

	"openness/audit"
	"openness/audit/jsonspan"
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

// ScopeFiles is the public URL of the list of its files.
func ScopeFiles(id string) string {
	return ScopeAPI(id) + "/repo/files?Revision=" + url.QueryEscape(ScopeRevision) + "&Recursive=true"
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
}

// ParseScope checks ModelScope's answer about a model. The hub wraps answers:
// one that reports no success, or holds no data, is an error.
func ParseScope(body []byte) error {
	values, err := jsonspan.Values(body)
	if err != nil {
		return fmt.Errorf("ModelScope's answer: %w", err)
	}
	named := false
	for _, v := range values {
		if v.Path == "Success" && v.Text != "true" {
			return fmt.Errorf("ModelScope's answer reports no success")
		}
		named = named || v.Path == "Data.Name" || v.Path == "Data.Path"
	}
	if !named {
		return fmt.Errorf("ModelScope's answer is about no model")
	}
	return nil
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
	commits := make(map[int]string)
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
			entries[j].Revision = commits[i]
			files = append(files, entries[j])
		}
	}
	return files, nil
}
