package code

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
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
func (in *Reader) otherSeries(id string) bool {
	return in.otherNumbers(id) || in.otherMarks(id)
}

// minOthers is how many other versions a repository's pages name from which they
// are on these and not on the model's, which they never name.
const minOthers = 2

// otherNumbers reports whether a repository is of other versions of the family
// than the model's: its pages give the family's name with their numbers, and never
// with the model's.
func (in *Reader) otherNumbers(id string) bool {
	mine := in.VersionOf(path.Base(in.ID()))
	if mine == 0 || in.Subject.ID == "github:"+id || in.VersionOf(path.Base(id)) != 0 || in.OffersSubject(id) {
		return false
	}
	others := make(map[int]bool)
	for _, d := range in.Of(audit.DocReadme, audit.DocProse) {
		if d.PlaceID != id || !document.Readable(d) {
			continue
		}
		for _, text := range in.FamilyNumber.FindAll(d.Body, sources.MaxNumbers) {
			switch theirs := in.VersionOf(string(text)); {
			case int(theirs) == int(mine):
				return false
			case theirs > 0:
				others[int(theirs)] = true
			}
		}
	}
	return len(others) >= minOthers
}

// otherMarks reports whether neither the repository's name nor its pages give the
// mark of the model's series.
func (in *Reader) otherMarks(id string) bool {
	marks := slices.DeleteFunc(identity.VersionMarks(path.Base(in.ID())), identity.StartsWithDigit)
	if len(marks) == 0 || in.Subject.ID == "github:"+id || in.OffersSubject(id) ||
		identity.HasMarks([]byte(id), marks) {
		return false
	}
	read := false
	for _, d := range in.Of(audit.DocReadme, audit.DocProse) {
		if d.PlaceID != id || !document.Readable(d) {
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
func (in *Reader) generalTool(id string) bool {
	return document.Remembered(in.tools, id, in.readGeneralTool)
}

// portName matches a repository that is called after the language in which it runs a
// model anew: "wombat.cpp" is no place where the wombat was trained.
var portName = pattern.MustCompile(`(?i)[.-](?:cpp|rs|mlx|onnx|coreml|ggml|gguf)$`)

// ElsewhereMade says why a repository's files, read in vain, do not show that there is
// no code of training: a general tool, a port that runs the model, or a repository that
// the user named for the model, that trains something and does not say that it is this.
// It is empty where they would show it.
func (in *Reader) ElsewhereMade(d *audit.Document, own bool) string {
	switch {
	case own && in.generalTool(d.PlaceID):
		return toolNote
	case own && portName.MatchString(path.Base(d.PlaceID)) && !strings.EqualFold(path.Base(in.ID()),
		path.Base(d.PlaceID)):
		return "the repository holds a program that runs the model; where the model was made it does not tell"
	case !own && in.GivenRepository(d.PlaceID) && slices.ContainsFunc(in.Tree(d).Files, func(f document.Reading) bool {
		return slices.ContainsFunc(pathFacts(f.Value), func(fact string) bool {
			return strings.HasPrefix(fact, "code.training.") && fact != "code.training.configs"
		})
	}):
		return "the repository that was named for the model holds code of training; whether it trained this model is not told"
	}
	return ""
}

func (in *Reader) readGeneralTool(id string) bool {
	if in.otherSeries(id) {
		return true
	}
	if in.Subject.ID == "github:"+id || identity.SameFamily(in.ID(), id) || identity.NamedAfter(in.ID(), id) ||
		in.OffersSubject(id) {
		return false
	}
	read := false
	for _, d := range in.Of(audit.DocReadme) {
		read = read || d.PlaceID == id && document.Readable(d)
	}
	return read && !in.Names(id)
}
