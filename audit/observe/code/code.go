package code

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
)

// Read says what source code is public: training of each kind, preparation of
// data, evaluation, inference, configurations.
//
// Only repositories that are the model's own count; a base's repository and a
// general tool's are left aside. The tree of files is read by path, since a
// path says what a script is for and can be quoted; prose adds what lies
// elsewhere, and what the publisher says is withheld or not yet there.
func Read(in *Reader) []audit.Observation {
	var out []audit.Observation
	own := in.OwnRepositories()
	for _, d := range in.Of(audit.DocRepoAPI) {
		if own[d.PlaceID] {
			out = append(out, repository(d)...)
		}
	}
	files := in.ownFiles(own)
	var told, shown []audit.Observation
	for _, d := range append(in.OwnPages(), in.makersBase()...) {
		if !document.MainPage(d) && strings.Count(d.Path, "/") > MaxPageDepth ||
			d.Place == audit.GitHubRepo && in.Repository(d.PlaceID).Aside == audit.AboutSibling || in.Apart(d) {
			continue
		}
		told = append(told, in.proseCode(d)...)
		told = append(told, in.labelledCode(d, own)...)
		if d.Place == audit.GitHubRepo && (!exampleDirs.MatchString(d.Path) || in.FamilyWord.MatchString(d.Path)) {
			shown = append(shown, in.sectionCode(d, files)...)
		}
	}
	told = append(told, in.paperCode(own)...)
	told = append(told, in.namedCode()...)
	use := in.scriptUses(told, shown)
	told = slices.DeleteFunc(append(told, shown...), func(o audit.Observation) bool { return use.withheld(o.Fact) })
	for _, d := range in.ownTrees(own) {
		out = append(out, in.treeCode(d, use)...)
	}
	out = append(out, told...)
	return append(out, in.stepsOf(out)...)
}

// makersBase lists the cards of the base where that is of the same makers and family: code that is given with it is
// the tuned model's as much.
func (in *Reader) makersBase() []*audit.Document {
	return slices.DeleteFunc(in.BasePages(), func(d *audit.Document) bool {
		return d.Kind != audit.DocModelCard || !in.OfMakers(d.PlaceID) ||
			!identity.SameFamily(d.PlaceID, in.ID())
	})
}

// ownSettings is the first setting file of training in a tree that bears the model's name
// with its size, if there is one.
func (in *Reader) ownSettings(files []document.Reading) document.Reading {
	for _, f := range files {
		if !configFile.MatchString(f.Value) || !trainingConfig(f.Value) {
			continue
		}
		if slices.ContainsFunc(strings.Split(f.Value, "/"), in.bearsOwnSize) {
			return f
		}
	}
	return document.Reading{}
}

// stepsOf looks in what the pages document for a command on each fact of training that
// paths or bare links alone show: what is run says more than what a file is called.
func (in *Reader) stepsOf(known []audit.Observation) []audit.Observation {
	bare := make(map[string]bool)
	for _, o := range known {
		if d := in.Document(&o); o.Finding == audit.Present && trainingFacts[o.Fact] && d != nil {
			was, seen := bare[o.Fact]
			bare[o.Fact] = (d.Kind == audit.DocTree || document.Barely(o.Quote)) && (was || !seen)
		}
	}
	var out []audit.Observation
	for _, d := range in.Instructing() {
		if d.Place != audit.GitHubRepo || !document.Readable(d) || in.Repository(d.PlaceID).Aside == audit.AboutSibling {
			continue
		}
		for _, s := range in.ownSteps(d) {
			text := string(document.Bytes(d, s.span))
			fact, ok := headingAbove(in.Card(d), s.at)
			if !ok || preparesData(text) || helpsTraining.MatchString(path.Base(script.FindString(text))) ||
				in.trainsOther(withSettings(d, s.span)) {
				continue
			}
			if finetuneWord.MatchString(d.Path + " " + text) {
				fact = "code.training.finetuning"
			}
			for of := range bare {
				if bare[of] && (of == fact || wholeTraining(of) && wholeTraining(fact)) {
					bare[of] = false
					out = append(out, audit.Observe(d, of, "true", in.stepInSentence(d, s),
						shownRun))
				}
			}
		}
	}
	return out
}

// MaxPageDepth is how deep a page of prose may lie to speak for the project:
// "docs/training.md" does, a part's own notes do not.
const MaxPageDepth = 1

// ownTrees are the lists of files of the model's own repositories, on a forge and on the
// hub, where many makers lay the script of the training beside the weights.
func (in *Reader) ownTrees(own map[string]bool) []*audit.Document {
	return slices.DeleteFunc(in.Of(audit.DocTree, audit.DocModelAPI), func(d *audit.Document) bool {
		return !document.Readable(d) || d.Kind == audit.DocTree && !own[d.PlaceID] ||
			d.Kind == audit.DocModelAPI && d.Role != audit.RoleEnd
	})
}

// ownFiles is the set of paths in the model's own repositories, and of their
// base names: pages name scripts either way.
func (in *Reader) ownFiles(own map[string]bool) map[string]bool {
	files := make(map[string]bool)
	for _, d := range in.ownTrees(own) {
		for _, entry := range in.Tree(d).Files {
			if sourceFile.MatchString(entry.Value) || configFile.MatchString(entry.Value) {
				files[entry.Value], files[path.Base(entry.Value)] = true, true
			}
		}
	}
	return files
}

// repository says that a source repository exists.
func repository(d *audit.Document) []audit.Observation {
	if !document.Readable(d) {
		return nil
	}
	if name, ok := document.JSONFields(d.Body)["full_name"]; ok {
		return []audit.Observation{audit.Observe(d, "code.repository", "true", name, "the repository is public")}
	}
	return nil
}

// trainingFacts are the facts of which a page's words on a script are quoted beside
// its path.
var trainingFacts = map[string]bool{"code.training.entry": true, "code.training.pretraining": true,
	"code.training.finetuning": true,
	"code.training.preference": true, "code.data_processing": true}

// treeCode reads a repository's tree: for each fact the path that shows it best. Of a general tool
// only paths that name the model count, and the one of a base name that the model's pages run; where
// settings of its own lie beside a tool of many, its trainers count too.
func (in *Reader) treeCode(d *audit.Document, use scriptUse) []audit.Observation {
	if !document.Readable(d) || !in.Tree(d).Listed {
		return nil
	}
	config := in.ownSettings(in.Tree(d).Files)
	best, count := in.bestPaths(d, use, config.Value != "")
	var out []audit.Observation
	for fact, b := range best {
		note := fmt.Sprintf("%d paths of this kind in the tree of %s", count[fact], d.PlaceID)
		shown := b.Span
		if config.Value != "" && trainingFacts[fact] && !in.FamilyWord.MatchString(b.Value) {
			// A script of a tool's trains any model; the settings say that it trained this one.
			note += ", such as " + b.Value + "; the settings that are quoted bear the model's name"
			shown = config.Span
		}
		out = append(out, audit.Observe(d, fact, "true", shown, note))
		if says, ok := use.passage(fact, d.PlaceID, b.Value); ok && trainingFacts[fact] {
			out = append(out, audit.Observe(says.doc, fact, "true", says.span, "The page names "+b.Value+
				", which lies in the repository."))
		}
	}
	return out
}

// bestPaths gives, of each fact that a repository's tree shows, the path that shows it best and how many do. settings
// tells whether some of the model's own lie there.
func (in *Reader) bestPaths(d *audit.Document, use scriptUse, settings bool) (map[string]document.Reading,
	map[string]int) {
	files, aside := in.Tree(d).Files, in.Repository(d.PlaceID).Aside
	ofMany := d.Kind == audit.DocTree && aside != ""
	tool := ofMany && (aside == audit.AboutSibling || !settings)
	var copies []string
	if use.denied {
		copies = in.LicensedApart(files) // then a trainer of others lies in the place of the makers' own
	}
	alike := make(map[string]int)
	if aside == audit.AboutNobody {
		alike = use.alike(files)
	}
	best, count := make(map[string]document.Reading), make(map[string]int)
	for _, entry := range files {
		named := in.FamilyWord.MatchString(entry.Value) || alike[path.Base(entry.Value)] == 1
		if tool && !named || document.Inside(entry.Value, copies) {
			continue
		}
		for _, fact := range in.shownBy(d, entry.Value) {
			if fact = use.of(fact, entry.Value); fact == "" || ofMany && !named && !strings.HasPrefix(fact, "code.training.") {
				continue // settings of the model's own show which trainer was used, and not who made the data with what
			}
			count[fact]++
			if old, ok := best[fact]; !ok || plainer(fact, entry.Value, old.Value) {
				best[fact] = entry
			}
		}
	}
	return best, count
}

// shownBy are the facts that a file of a repository shows by its path, none where it is of another model.
func (in *Reader) shownBy(d *audit.Document, file string) []string {
	name := file
	if in.FamilyWord.MatchString(path.Base(file)) {
		name = exampleDirs.ReplaceAllString(file, "$1") // an example that bears the model's name is the model's
	}
	facts := pathFacts(name)
	if len(facts) == 0 || in.Speaker.ForeignPath(document.BelowPackage(file, d.PlaceID)) || in.runsOther(file) {
		return nil
	}
	return facts
}

// PresentsModel reports whether a repository is where a model is presented rather
// than made: it carries the model's name and no code of training. What licence
// it has is then the model's.
func (in *Reader) PresentsModel(id string) bool {
	return in.releases.Of(id, in.readsAsRelease)
}

func (in *Reader) readsAsRelease(id string) bool {
	if !identity.SameFamily(in.ID(), id) {
		return false
	}
	for _, d := range in.ReadIn(id, audit.DocTree) {
		if in.Tree(d).Cut {
			continue
		}
		code := in.treeCode(d, scriptUse{told: true})
		return !sources.Found(code, "code.training.entry") && !sources.Found(code, "code.training.pretraining") &&
			!sources.Found(code, "code.training.finetuning")
	}
	return false
}
