package sources

import (
	"bytes"
	"encoding/json"

	"openness/audit"
	"openness/audit/observe/document"
)

// A fileTree is what a forge's or a hub's answer says of a repository's files.
type fileTree struct {
	Files  []document.Reading // their paths, see treeFiles
	Listed bool               // the answer holds a tree at all
	Cut    bool               // it leaves files out
}

// Tree reads an answer with a repository's tree, once for all themes.
func (in *Set) Tree(d *audit.Document) *fileTree {
	if t, ok := in.trees[d]; ok {
		return t
	}
	t := &fileTree{Cut: d.Partial}
	fields := document.JSONFields(d.Body)
	if entries, ok := fields["tree"]; ok {
		t.Listed, t.Files = true, treeFiles(d.Body, entries)
	}
	if entries, ok := fields["siblings"]; ok && d.Kind == audit.DocModelAPI {
		t.Listed, t.Files = true, document.JSONStrings(d.Body, entries, "rfilename")
	}
	if span, ok := fields["truncated"]; ok && string(d.Body[span.Start:span.End]) == "true" {
		t.Cut = true
	}
	in.trees[d] = t
	return t
}

// treeFiles lists the paths of a tree but for symbolic links and submodules: a
// link shows no file of its own, and what a submodule holds is another's.
func treeFiles(body []byte, tree audit.Span) []document.Reading {
	paths := document.JSONStrings(body, tree, "path")
	if !bytes.Contains(body, []byte(`"120000"`)) && !bytes.Contains(body, []byte(`"160000"`)) {
		return paths
	}
	dec := json.NewDecoder(bytes.NewReader(body[tree.Start:tree.End]))
	if t, err := dec.Token(); err != nil || t != json.Delim('[') {
		return paths
	}
	var files []document.Reading
	for at := 0; dec.More(); {
		var entry struct {
			Mode string `json:"mode"`
		}
		var raw json.RawMessage
		if dec.Decode(&raw) != nil {
			break
		}
		link := json.Unmarshal(raw, &entry) == nil && (entry.Mode == "120000" || entry.Mode == "160000")
		for end := tree.Start + int(dec.InputOffset()); at < len(paths) && paths[at].Span.End <= end; at++ {
			if !link {
				files = append(files, paths[at])
			}
		}
	}
	return files
}
