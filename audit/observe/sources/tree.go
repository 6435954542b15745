package sources

import (
	"bytes"
	"encoding/json"
	"path"
	"slices"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/pattern"
)

// A fileTree is what a forge's or a hub's answer says of a repository's files.
type fileTree struct {
	Files  []document.Reading // their paths, see treeFiles
	Listed bool               // the answer holds a tree at all
	Cut    bool               // it leaves files out
}

// Tree reads an answer with a repository's tree, once for all themes.
func (in *Set) Tree(d *audit.Document) *fileTree {
	return in.trees.Of(d, readTree)
}

func readTree(d *audit.Document) *fileTree {
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

// OwnRepositories is the set of source repositories that are the model's own.
func (in *Set) OwnRepositories() map[string]bool {
	own := make(map[string]bool)
	for _, id := range in.Repositories() {
		if in.OwnRepository(id) {
			own[id] = true
		}
	}
	return own
}

// MaxNumbers bounds how many mentions of a page are read.
const MaxNumbers = 200

// TiedRepository reports whether a repository was opened as the model's own: the user named it for
// the model, or the model's card links it so.
func (in *Set) TiedRepository(id string) bool {
	return in.placed(id, func(p audit.Place) bool { return p.Given || p.Role == audit.RoleCode })
}

// GivenRepository reports whether the user named a repository for the model.
func (in *Set) GivenRepository(id string) bool {
	return in.placed(id, func(p audit.Place) bool { return p.Given })
}

// placed reports whether a repository is among the places to look in such a way.
func (in *Set) placed(id string, as func(audit.Place) bool) bool {
	return slices.ContainsFunc(in.Subject.Places, func(p audit.Place) bool {
		return p.Kind == audit.GitHubRepo && p.ID == id && as(p)
	})
}

var (
	licenceFile = pattern.MustCompile(`(?i)^licen[cs]e(\.\w+)?$`)
	packageFile = pattern.MustCompile(`^(setup\.py|pyproject\.toml|package\.json|Cargo\.toml)$`)
)

// Vendored lists the folders of a repository that hold a project of their own,
// with its licence and its packaging, and are not named after the model.
func (in *Set) Vendored(id string) []string {
	return in.copies.Of(id, in.readVendored)
}

func (in *Set) readVendored(id string) []string {
	var licensed []string
	packaged := make(map[string]bool)
	for _, d := range in.Of(audit.DocTree) {
		if d.PlaceID != id {
			continue
		}
		files := in.Tree(d).Files
		licensed = append(licensed, in.LicensedApart(files)...)
		for _, entry := range files {
			folder, name := path.Split(entry.Value)
			packaged[folder] = packaged[folder] || packageFile.MatchString(name)
		}
	}
	return slices.DeleteFunc(licensed, func(folder string) bool { return !packaged[folder] })
}

// LicensedApart lists the folders among some files that have a licence of their own
// and are not named after the model: copies of others' work, whole or cut.
func (in *Set) LicensedApart(files []document.Reading) []string {
	var folders []string
	for _, entry := range files {
		folder, name := path.Split(entry.Value)
		if folder != "" && licenceFile.MatchString(name) && !identity.SameFamily(in.ID(), "/"+folder) {
			folders = append(folders, folder)
		}
	}
	return folders
}
