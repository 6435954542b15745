package observe

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/pattern"
)

// Makers train with tools that are others' work: a fork of a trainer under
// their own name, or a copy of one in a folder. What such a tool can do and how
// it is used tells of no model.

// toolNote says why the tree of a general tool settles nothing.
const toolNote = "The repository's pages never name the model: which of its scripts made it, or whether any did, is not said."

// otherSeries reports whether a repository is of another series of the family
// than the model, as "Falco" is for Falco-R1: neither its name nor any page of
// it gives the mark of the series.
func (in *input) otherSeries(id string) bool {
	return in.otherNumbers(id) || in.otherMarks(id)
}

// minOthers is how many other versions a repository's pages name from which they
// are on these and not on the model's, which they never name.
const minOthers = 2

// otherNumbers reports whether a repository is of other versions of the family
// than the model's: its pages give the family's name with their numbers, and never
// with the model's.
func (in *input) otherNumbers(id string) bool {
	mine := in.versionOf(path.Base(in.id()))
	if mine == 0 || in.subject.ID == "github:"+id || in.versionOf(path.Base(id)) != 0 || in.offersSubject(id) {
		return false
	}
	others := make(map[int]bool)
	for _, d := range in.of(audit.DocReadme, audit.DocProse) {
		if d.PlaceID != id || !readable(d) {
			continue
		}
		for _, text := range in.familyNumber.FindAll(d.Body, maxNumbers) {
			switch theirs := in.versionOf(string(text)); {
			case int(theirs) == int(mine):
				return false
			case theirs > 0:
				others[int(theirs)] = true
			}
		}
	}
	return len(others) >= minOthers
}

// maxNumbers bounds how many mentions of a page are read.
const maxNumbers = 200

// otherMarks reports whether neither the repository's name nor its pages give the
// mark of the model's series.
func (in *input) otherMarks(id string) bool {
	marks := slices.DeleteFunc(identity.VersionMarks(path.Base(in.id())), identity.StartsWithDigit)
	if len(marks) == 0 || in.subject.ID == "github:"+id || in.offersSubject(id) ||
		identity.HasMarks([]byte(id), marks) {
		return false
	}
	read := false
	for _, d := range in.of(audit.DocReadme, audit.DocProse) {
		if d.PlaceID != id || !readable(d) {
			continue
		}
		if read = true; identity.HasMarks(d.Body, marks) {
			return false
		}
	}
	return read
}

// generalTool reports whether a repository is not named after the model or its
// makers' family and has prose, none of which names the model or its series.
func (in *input) generalTool(id string) bool {
	tool, known := in.tools[id]
	if !known {
		tool = in.readGeneralTool(id)
		in.tools[id] = tool
	}
	return tool
}

// portName matches a repository that is called after the language in which it runs a
// model anew: "wombat.cpp" is no place where the wombat was trained.
var portName = pattern.MustCompile(`(?i)[.-](?:cpp|rs|mlx|onnx|coreml|ggml|gguf)$`)

// elsewhereMade says why a repository's files, read in vain, do not show that there is
// no code of training: a general tool, a port that runs the model, or a repository that
// the user named for the model, that trains something and does not say that it is this.
// It is empty where they would show it.
func (in *input) elsewhereMade(d *audit.Document, own bool) string {
	switch {
	case own && in.generalTool(d.PlaceID):
		return toolNote
	case own && portName.MatchString(path.Base(d.PlaceID)) && !strings.EqualFold(path.Base(in.id()),
		path.Base(d.PlaceID)):
		return "the repository holds a program that runs the model; where the model was made it does not tell"
	case !own && in.givenRepository(d.PlaceID) && slices.ContainsFunc(in.tree(d).files, func(f reading) bool {
		return slices.ContainsFunc(pathFacts(f.value), func(fact string) bool {
			return strings.HasPrefix(fact, "code.training.") && fact != "code.training.configs"
		})
	}):
		return "the repository that was named for the model holds code of training; whether it trained this model is not told"
	}
	return ""
}

// givenRepository reports whether the user named a repository for the model.
func (in *input) givenRepository(id string) bool {
	return slices.ContainsFunc(in.subject.Places, func(p audit.Place) bool {
		return p.Kind == audit.GitHubRepo && p.Given && p.ID == id
	})
}

func (in *input) readGeneralTool(id string) bool {
	if in.otherSeries(id) {
		return true
	}
	if in.subject.ID == "github:"+id || identity.SameFamily(in.id(), id) || identity.NamedAfter(in.id(), id) ||
		in.offersSubject(id) {
		return false
	}
	read := false
	for _, d := range in.of(audit.DocReadme) {
		read = read || d.PlaceID == id && readable(d)
	}
	return read && !in.names(id)
}

var (
	licenceFile = pattern.MustCompile(`(?i)^licen[cs]e(\.\w+)?$`)
	packageFile = pattern.MustCompile(`^(setup\.py|pyproject\.toml|package\.json|Cargo\.toml)$`)
)

// vendored lists the folders of a repository that hold a project of their own,
// with its licence and its packaging, and are not named after the model.
func (in *input) vendored(id string) []string {
	if folders, known := in.copies[id]; known {
		return folders
	}
	var licensed []string
	packaged := make(map[string]bool)
	for _, d := range in.of(audit.DocTree) {
		if d.PlaceID != id {
			continue
		}
		files := in.tree(d).files
		licensed = append(licensed, in.licensedApart(files)...)
		for _, entry := range files {
			folder, name := path.Split(entry.value)
			packaged[folder] = packaged[folder] || packageFile.MatchString(name)
		}
	}
	in.copies[id] = slices.DeleteFunc(licensed, func(folder string) bool { return !packaged[folder] })
	return in.copies[id]
}

// licensedApart lists the folders among some files that have a licence of their own
// and are not named after the model: copies of others' work, whole or cut.
func (in *input) licensedApart(files []reading) []string {
	var folders []string
	for _, entry := range files {
		folder, name := path.Split(entry.value)
		if folder != "" && licenceFile.MatchString(name) && !identity.SameFamily(in.id(), "/"+folder) {
			folders = append(folders, folder)
		}
	}
	return folders
}

// inside reports whether a file lies in one of some folders.
func inside(file string, folders []string) bool {
	for _, folder := range folders {
		if strings.HasPrefix(file, folder) {
			return true
		}
	}
	return false
}
