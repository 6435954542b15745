package observe

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
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
	var told, shown []audit.Observation
	for _, d := range in.ownPages() {
		if !mainPage(d) && strings.Count(d.Path, "/") > maxPageDepth ||
			d.Place == audit.GitHubRepo && in.generalTool(d.PlaceID) {
			continue
		}
		told = append(told, in.proseCode(d)...)
		told = append(told, in.labelledCode(d, own)...)
		if d.Place == audit.GitHubRepo && (!exampleDirs.MatchString(d.Path) || in.familyWord.MatchString(d.Path)) {
			shown = append(shown, in.sectionCode(d, files)...)
		}
	}
	told = append(told, in.paperCode(own)...)
	use := in.scriptUses(told, shown)
	told = slices.DeleteFunc(append(told, shown...), func(o audit.Observation) bool { return use.withheld(o.Fact) })
	for _, d := range in.of(audit.DocTree) {
		if own[d.PlaceID] {
			out = append(out, in.treeCode(d, use)...)
		}
	}
	out = append(out, told...)
	return append(out, in.stepsOf(out)...)
}

// ownSettings is the first setting file of training in a tree that bears the model's name
// with its size, if there is one.
func (in *input) ownSettings(files []reading) reading {
	for _, f := range files {
		if !configFile.MatchString(f.value) || !trainingConfig(f.value) {
			continue
		}
		if slices.ContainsFunc(strings.Split(f.value, "/"), func(part string) bool {
			return len(identity.Sizes(part)) > 0 && in.speaker.class(part) == audit.AboutOwn
		}) {
			return f
		}
	}
	return reading{}
}

// stepsOf looks in what the pages document for a command on each fact of training that
// paths or bare links alone show: what is run says more than what a file is called.
func (in *input) stepsOf(known []audit.Observation) []audit.Observation {
	bare := make(map[string]bool)
	for _, o := range known {
		if d := in.document(&o); o.Finding == audit.Present && trainingFacts[o.Fact] && d != nil {
			was, seen := bare[o.Fact]
			bare[o.Fact] = (d.Kind == audit.DocTree || barely(o.Quote)) && (was || !seen)
		}
	}
	var out []audit.Observation
	for _, d := range in.instructing() {
		if d.Place != audit.GitHubRepo || !readable(d) || in.generalTool(d.PlaceID) {
			continue
		}
		for _, s := range trainingSteps(in.card(d)) {
			text := string(bytesOf(d, s.span))
			fact, ok := headingAbove(in.card(d), s.at)
			if !ok || preparesData(text) || helpsTraining.MatchString(path.Base(script.FindString(text))) ||
				in.runsOther(string(wholeCommand(d, s.span))) {
				continue
			}
			if finetuneWord.MatchString(d.Path + " " + text) {
				fact = "code.training.finetuning"
			}
			for of := range bare {
				if bare[of] && (of == fact || wholeTraining(of) && wholeTraining(fact)) {
					bare[of] = false
					out = append(out, audit.Observe(d, of, "true", in.stepInSentence(d, s),
						"the page shows how to run this code"))
				}
			}
		}
	}
	return out
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

// trainingFacts are the facts of which a page's words on a script are quoted beside
// its path.
var trainingFacts = map[string]bool{"code.training.entry": true, "code.training.pretraining": true,
	"code.training.finetuning": true,
	"code.training.preference": true, "code.data_processing": true}

// treeCode reads a repository's tree: for each fact the path that shows it best.
// Of a general tool only paths that name the model count.
func (in *input) treeCode(d *audit.Document, use scriptUse) []audit.Observation {
	if !readable(d) {
		return nil
	}
	tree := in.tree(d)
	if !tree.listed {
		return nil
	}
	tool, family := in.generalTool(d.PlaceID), in.familyWord
	var copies []string
	if use.denied {
		copies = in.licensedApart(tree.files) // then a trainer of others lies in the place of the makers' own
	}
	best, count := make(map[string]reading), make(map[string]int)
	for _, entry := range tree.files {
		if tool && !family.MatchString(entry.value) || inside(entry.value, copies) {
			continue
		}
		file := entry.value
		if family.MatchString(path.Base(file)) {
			file = exampleDirs.ReplaceAllString(file, "$1") // an example that bears the model's name is the model's
		}
		facts := pathFacts(file)
		if len(facts) == 0 || in.speaker.foreignPath(belowPackage(entry.value, d.PlaceID)) ||
			in.runsOther(entry.value) {
			continue
		}
		for _, fact := range facts {
			if fact = use.of(fact, entry.value); fact == "" {
				continue
			}
			count[fact]++
			if old, ok := best[fact]; !ok || plainer(fact, entry.value, old.value) {
				best[fact] = entry
			}
		}
	}
	config := in.ownSettings(tree.files)
	var out []audit.Observation
	for fact, b := range best {
		note := fmt.Sprintf("%d paths of this kind in the tree of %s", count[fact], d.PlaceID)
		shown := b.span
		if config.value != "" && trainingFacts[fact] && !in.familyWord.MatchString(b.value) {
			// A script of a tool's trains any model; the settings say that it trained this one.
			note += ", such as " + b.value + "; the settings that are quoted bear the model's name"
			shown = config.span
		}
		out = append(out, audit.Observe(d, fact, "true", shown, note))
		if says, ok := use.passage(fact, d.PlaceID, b.value); ok && trainingFacts[fact] {
			out = append(out, audit.Observe(says.doc, fact, "true", says.span, "The page names "+b.value+
				", which lies in the repository."))
		}
	}
	return out
}

// presentsModel reports whether a repository is where a model is presented rather
// than made: it carries the model's name and no code of training. What licence
// it has is then the model's.
func (in *input) presentsModel(id string) bool {
	is, known := in.releases[id]
	if !known {
		is = in.readsAsRelease(id)
		in.releases[id] = is
	}
	return is
}

func (in *input) readsAsRelease(id string) bool {
	if !identity.SameFamily(in.id(), id) {
		return false
	}
	for _, d := range in.of(audit.DocTree) {
		if d.PlaceID != id || !readable(d) || in.tree(d).cut {
			continue
		}
		code := in.treeCode(d, scriptUse{told: true})
		return !present(code, "code.training.entry") && !present(code, "code.training.pretraining") &&
			!present(code, "code.training.finetuning")
	}
	return false
}
