package code

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/pattern"
)

// Makers train with tools that are others' work: a fork of a trainer under
// their own name, or a copy of one in a folder. What such a tool can do and how
// it is used tells of no model.

// portName matches a repository that is called after the language in which it runs a
// model anew: "wombat.cpp" is no place where the wombat was trained.
var portName = pattern.MustCompile(`(?i)[.-](?:cpp|rs|mlx|onnx|coreml|ggml|gguf)$`)

// ElsewhereMade says why a repository's files, read in vain, do not show that there is
// no code of training: a general tool, a port that runs the model, or a repository that
// the user named for the model, that trains something and does not say that it is this.
// It is empty where they would show it.
func (in *Reader) ElsewhereMade(d *audit.Document, own bool) string {
	switch s := in.Files(d); {
	case own && s.Aside != "" && (in.Repository(d.PlaceID).Aside != "" || !in.holdsTraining(d)):
		return s.Why + ": which of its scripts made the model, or whether any did, is not said."
	case own && portName.MatchString(path.Base(d.PlaceID)) && !strings.EqualFold(path.Base(in.ID()),
		path.Base(d.PlaceID)):
		return "the repository holds a program that runs the model; where the model was made it does not tell"
	case !own && in.TiedRepository(d.PlaceID) && in.holdsTraining(d):
		return "the repository that was named for the model holds code of training; whether it trained this model is not told"
	}
	return ""
}

// holdsTraining reports whether the path of a file says that it is code of training.
func (in *Reader) holdsTraining(tree *audit.Document) bool {
	return slices.ContainsFunc(in.Tree(tree).Files, func(f document.Reading) bool {
		return slices.ContainsFunc(pathFacts(f.Value), func(fact string) bool {
			return strings.HasPrefix(fact, "code.training.") && fact != "code.training.configs"
		})
	})
}
