package observe

import (
	"fmt"
	"path"
	"strings"

	"openness/audit"
)

// code says what source code is public: training of each kind, preparation of
// data, evaluation, inference, configurations.
//
// Only repositories that are the model's own count; a base's repository and a
// general tool's are left aside. The tree of files is read by path, since a
// path says what a script is for and can be quoted; prose adds what lies
// elsewhere, and what the publisher says is withheld or not yet there.
func code(in *input) []audit.Observation {
	var out []audit.Observation
	own := in.ownRepositories()
	for _, d := range in.of(audit.DocRepoAPI) {
		if own[d.PlaceID] {
			out = append(out, repository(d)...)
		}
	}
	files := in.ownFiles(own)
	var told []audit.Observation
	for _, d := range in.ownPages() {
		if !mainPage(d) && strings.Count(d.Path, "/") > maxPageDepth || d.Place == audit.GitHubRepo && in.generalTool(d.PlaceID) {
			continue
		}
		told = append(told, in.proseCode(d)...)
		if d.Place == audit.GitHubRepo {
			told = append(told, in.sectionCode(d, files)...)
		}
	}
	told = append(told, in.fromBook(in.makers(), "code.training.entry", "code.training.finetuning", "code.training.denied")...)
	use := in.scriptUses(told)
	for _, d := range in.of(audit.DocTree) {
		if own[d.PlaceID] {
			out = append(out, in.treeCode(d, use)...)
		}
	}
	out = append(out, told...)
	return append(out, codeNotFound(in, own, out)...)
}

// maxPageDepth is how deep a page of prose may lie to speak for the project:
// "docs/training.md" does, a part's own notes do not.
const maxPageDepth = 1

// ownRepositories is the set of source repositories that are the model's own.
func (in *input) ownRepositories() map[string]bool {
	own := make(map[string]bool)
	for _, id := range in.repositories() {
		if in.ownRepository(id) {
			own[id] = true
		}
	}
	return own
}

// ownFiles is the set of paths in the model's own repositories, and of their
// base names: pages name scripts either way.
func (in *input) ownFiles(own map[string]bool) map[string]bool {
	files := make(map[string]bool)
	for _, d := range in.of(audit.DocTree) {
		if !own[d.PlaceID] {
			continue
		}
		for _, entry := range in.tree(d).files {
			if sourceFile.MatchString(entry.value) || configFile.MatchString(entry.value) {
				files[entry.value], files[path.Base(entry.value)] = true, true
			}
		}
	}
	return files
}

// repository says that a source repository exists.
func repository(d *audit.Document) []audit.Observation {
	if !readable(d) {
		return nil
	}
	if name, ok := jsonFields(d.Body)["full_name"]; ok {
		return []audit.Observation{audit.Observe(d, "code.repository", "true", name, "the repository is public")}
	}
	return nil
}

// codeFacts are the facts that a tree of files can show or show to be missing.
var codeFacts = []string{"code.repository", "code.training.pretraining", "code.training.entry", "code.training.finetuning",
	"code.training.preference", "code.training.unexplained", "code.training.configs", "code.data_processing", "code.evaluation", "code.inference"}

// codeNotFound says for each fact that was not found whether that is known: it
// is when every own repository was read, or when the model's own card was read
// and names none.
func codeNotFound(in *input, own map[string]bool, found []audit.Observation) []audit.Observation {
	looked, finding, note := codeLooked(in, own)
	if looked == nil {
		return nil
	}
	var out []audit.Observation
	for _, fact := range codeFacts {
		if !present(found, fact) {
			out = append(out, audit.From(looked, fact, finding, note))
		}
	}
	return out
}

// codeLooked finds the document that settles what was not found, and how.
func codeLooked(in *input, own map[string]bool) (*audit.Document, audit.Finding, string) {
	var read *audit.Document
	for _, d := range in.of(audit.DocRepoAPI, audit.DocTree) {
		if !own[d.PlaceID] {
			continue
		}
		if f, lost := unseen(d); lost {
			return d, f, "the repository could not be looked at: " + d.Detail
		}
		if d.Kind == audit.DocTree && in.generalTool(d.PlaceID) {
			return d, audit.NotFetched, toolNote
		}
		if d.Kind == audit.DocTree && readable(d) {
			tree := in.tree(d)
			if !tree.listed {
				return d, audit.Unreadable, "the answer holds no tree"
			}
			if tree.cut {
				return d, audit.NotFetched, "the tree of files is cut"
			}
			read = d
		}
	}
	if read != nil {
		return read, audit.NotThere, "no path of the repository's tree shows it"
	}
	for _, d := range in.of(audit.DocModelCard, audit.DocModelAPI) {
		if d.Role != audit.RoleEnd {
			continue
		}
		if f, lost := unseen(d); lost {
			return d, f, "the model's page: " + d.Detail
		}
		if d.Kind == audit.DocModelCard && readable(d) {
			return d, audit.NotThere, "the card names no repository of the model's own"
		}
	}
	return nil, "", ""
}

// treeCode reads a repository's tree: for each fact the path that shows it best.
// Of a general tool only paths that name the model count.
func (in *input) treeCode(d *audit.Document, use scriptUse) []audit.Observation {
	if !readable(d) {
		return nil
	}
	tree := in.tree(d)
	if !tree.listed {
		return []audit.Observation{audit.From(d, "code.inference", audit.Unreadable, "the answer holds no tree")}
	}
	tool, family := in.generalTool(d.PlaceID), in.familyWord
	best, count := make(map[string]reading), make(map[string]int)
	for _, entry := range tree.files {
		if tool && !family.MatchString(entry.value) || in.speaker.foreignPath(entry.value) {
			continue
		}
		file := entry.value
		if family.MatchString(path.Base(file)) {
			file = exampleDirs.ReplaceAllString(file, "$1") // an example that bears the model's name is the model's
		}
		for _, fact := range pathFacts(file) {
			if fact = use.of(fact, entry.value); fact == "" {
				continue
			}
			count[fact]++
			if old, ok := best[fact]; !ok || plainer(fact, entry.value, old.value) {
				best[fact] = entry
			}
		}
	}
	var out []audit.Observation
	for _, fact := range codeFacts {
		if b, ok := best[fact]; ok {
			out = append(out, audit.Observe(d, fact, "true", b.span, fmt.Sprintf("%d paths of this kind in the tree", count[fact])))
		}
	}
	return out
}
