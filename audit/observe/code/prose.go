package code

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// codeLink is the address of a folder or file for training on a forge.
var codeLink = phrases.ExpressionOf("code.code-link")

// preTalk matches a word for more than tuning beside one for tuning: "training
// and fine-tuning code", "pre-training".
var preTalk = phrases.ExpressionOf("code.pre-talk")

var (
	// onForge matches an address on a forge; forUsers a sentence on a file that shows users how to go on.
	onForge  = pattern.MustCompile(`(?i)^github\.com/`)
	forUsers = pattern.MustCompile(`(?i)\b(?:examples?|samples?|tutorials?|demos?)\b|示例|样例`)
	// namedCode matches where "Code" begins the name of something: "Code Alpaca".
	namedCode   = pattern.MustCompile(`\bCode [A-Z][a-z]+`)
	wordForCode = pattern.MustCompile(`(?i)\b(?:codes?|codebases?|scripts?)\b|代码|脚本|源码`)
)

// notCode matches an address of something to read or look at.
var notCode = pattern.MustCompile(`(?i)\.(pdf|png|jpe?g|gif|svg|md|txt)(#[\w-]*)?\W?$`)

// exampleLink matches the address of a notebook among examples: it is for users.
var exampleLink = pattern.MustCompile(`(?i)^[^\s)"'>]*/(?:examples?|notebooks?|cookbooks?|tutorials?)/[^\s)"'>]*`)

// linksPart reports whether an address ends at a file that is a part of a trainer
// and trains nothing by itself.
func linksPart(address []byte) bool {
	file := path.Base(strings.TrimRight(string(address), "/)\" \n"))
	return path.Ext(file) == ".py" && (trainPart.MatchString(stem(file)) || helpsTraining.MatchString(file))
}

// trainsHelper matches a training of what serves the making of data, or of a part.
var trainsHelper = phrases.ExpressionOf("code.trains-helper")

// namedTraining matches the name of what code trains, before the words for that: one
// with a capital or a number within, since any word may begin with a capital.
var namedTraining = phrases.ExpressionOf("code.named-training")

// methodWord matches names of methods and programs, which are trained with.
var methodWord = phrases.ExpressionOf("code.method-word")

// trainsNamed reports whether a page names something else than the model as what its
// code trains: "Added Wombat-2 training code" on the page of a toolkit.
func (in *Reader) trainsNamed(d *audit.Document, text []byte) bool {
	m := namedTraining.FindSubmatch(text)
	if m == nil || methodWord.Match(m[1]) {
		return false
	}
	name := string(m[1])
	return !in.FamilyWord.MatchString(name) && !identity.NamedAfter(in.ID(),
		d.PlaceID[:strings.LastIndexByte(d.PlaceID, '/')+1]+name) &&
		!strings.EqualFold(identity.Squash(name), identity.Squash(path.Base(d.PlaceID)))
}

// forReader matches what a reader is to have, write or cite: not what the makers give.
var forReader = phrases.ExpressionOf("code.for-reader")

// asks matches a question, whatever marks close it: it says nothing, and what answers it may say no.
var asks = pattern.MustCompile(`[?？][\s*_"'”)\]]*$`)

// notWith matches words that something does not go with the code that a sentence speaks of.
var notWith = phrases.ExpressionOf("code.not-with")

// codeFactsSaid are the facts on training code that the phrase book has wordings of.
var codeFactsSaid = []string{"code.training.pretraining", "code.training.entry", "code.training.finetuning",
	"code.training.denied"}

// proseCode reads what a page says of training code: that it is out, that it is
// withheld, or where it lies.
func (in *Reader) proseCode(d *audit.Document) []audit.Observation {
	var out []audit.Observation
	said := in.FromBook([]*audit.Document{d}, codeFactsSaid...)
	denied := make(map[int]bool) // where sentences begin that deny it, in part in words that would affirm it
	for _, o := range said {
		denied[o.Start] = denied[o.Start] || o.Fact == "code.training.denied"
	}
	for _, o := range said {
		text := d.Body[o.Start:o.End]
		if denied[o.Start] && wholeTraining(o.Fact) {
			continue
		}
		if o.Fact != "code.training.denied" && (asks.Match(text) || in.Elsewhere(d, text) || forReader.Match(text) ||
			notWith.Match(text) || in.linksUnread(text) || trainsHelper.Match(text) || in.trainsNamed(d, text)) ||
			!wordForCode.Match(namedCode.ReplaceAll(text, nil)) {
			continue
		}
		o.Fact = in.onGiven(d, supported(o.Fact, text))
		switch {
		case o.Fact == "code.training.denied" || in.tellsWhere(d, audit.Span{Start: o.Start, End: o.End}):
			out = append(out, o)
		case in.gone(): // the page may lead elsewhere, where nobody looked: its words are no code and no silence
			out = append(out, audit.From(d, o.Fact, audit.NotFetched, saidAndGone))
		}
	}
	seen := make(map[string]bool)
	for _, m := range codeLink.FindAllSubmatchIndex(d.Body, 30) {
		span := in.Said(d, m[0])
		text := d.Body[span.Start:span.End]
		fact := in.onGiven(d, supported(trainingFact(Group(d.Body, m)), text))
		link := d.Body[m[0]:m[1]]
		if seen[fact] || in.linksUnread(text) || notCode.Match(link) || linksPart(link) ||
			exampleLink.Match(d.Body[m[0]:min(len(d.Body), m[1]+page.LongestQuote)]) || in.Elsewhere(d, text) {
			continue
		}
		if !onForge.Match(link) && (!in.besideWeights(link) || forUsers.Match(text)) {
			continue
		}
		if mode := whose.ModeOf(string(text)); mode != audit.Done && mode != audit.Quoted {
			continue
		}
		seen[fact] = true
		out = append(out, audit.Observe(d, fact, "true", span, "the page says where the code is"))
	}
	return out
}

// besideWeights reports whether an address on the hub is of a file of source in the model's own repository there: a
// folder that is called after a training holds what came of it as often.
func (in *Reader) besideWeights(address []byte) bool {
	_, file, _ := strings.Cut(string(address), "/")
	return hubSource.MatchString(file) && len(file) > len(in.ID()) && strings.EqualFold(file[:len(in.ID())+1], in.ID()+"/")
}

// hubSource matches the address of a file of source up to its type.
var hubSource = pattern.MustCompile(`(?i)\.(?:py|sh|ipynb)$`)

// labelledCode reads links whose label says that training code lies there: of a
// repository of the model's own or of its makers, which was found there. A label
// of one that nobody looked at is a word and no code.
func (in *Reader) labelledCode(d *audit.Document, own map[string]bool) []audit.Observation {
	book := phrases.Default().Of("code.label")
	var out []audit.Observation
	for _, l := range in.Card(d).Links() {
		id := document.RepositoryAt(l.URL)
		if id == "" || l.InCode {
			continue
		}
		labels := book.FindString(l.Text)
		if len(labels) == 0 || !in.RepositoryRead(id) ||
			!own[id] && !in.OfMakers(id) {
			continue
		}
		span := in.Said(d, l.Span.Start)
		if text := d.Body[span.Start:span.End]; whose.ModeOf(string(text)) == audit.Done && !in.Elsewhere(d, text) {
			out = append(out, audit.Observe(d, "code.training."+labels[0].Phrase.Value, "true", span,
				"A link that is called so leads to the makers' repository "+id+", which was read."))
		}
	}
	return out
}

// RepositoryRead reports whether a repository's files or front page were read.
func (in *Reader) RepositoryRead(id string) bool {
	return slices.ContainsFunc(in.Docs, func(d audit.Document) bool {
		return d.Place == audit.GitHubRepo && strings.EqualFold(d.PlaceID, id) && document.Readable(&d) &&
			(d.Kind == audit.DocTree || d.Kind == audit.DocReadme)
	})
}

// linksUnread reports whether a text links repositories of which none was read: it
// says where code is to be, and nobody saw it there.
func (in *Reader) linksUnread(text []byte) bool {
	linked := document.RepositoriesIn(text, 10)
	return len(linked) > 0 && !slices.ContainsFunc(linked, in.RepositoryRead)
}

// saidAndGone is the note where a page says that code is out and the repository that it has is not there.
const saidAndGone = "the page says that this code is out, and the model's own repository is not there or empty"

// gone reports whether the host says of the model's own repository that it is not there or empty, and none was read.
func (in *Reader) gone() bool {
	own := in.OwnRepositories()
	absent := func(d *audit.Document) bool { return own[d.PlaceID] && d.Outcome == audit.Absent }
	read := func(d *audit.Document) bool { return own[d.PlaceID] && document.Readable(d) }
	return slices.ContainsFunc(in.Of(audit.DocRepoAPI, audit.DocTree), absent) &&
		!slices.ContainsFunc(in.Of(audit.DocTree, audit.DocReadme), read)
}

// tellsWhere reports whether code that a sentence speaks of can be looked for: the sentence gives a file or a program
// stands below it, or the page lies in a repository or links one. Words alone may be on others' code.
func (in *Reader) tellsWhere(d *audit.Document, said audit.Span) bool {
	text := d.Body[said.Start:said.End]
	linked := !in.gone() && (len(document.RepositoriesIn(d.Body, 1)) > 0 || len(in.OwnRepositories()) > 0)
	return d.Place == audit.GitHubRepo || linked || sources.Address.Match(text) || script.Match(text) ||
		bytes.Contains(text, []byte("](")) ||
		bytes.HasPrefix(bytes.TrimLeft(d.Body[said.End:], ":*_ \r\n"), []byte("```"))
}

// ofTuning reports whether what is called training in a sentence is a tuning: the
// sentence speaks of that, and of no training beside it. Addresses are no words.
func ofTuning(text []byte) bool {
	words := []byte(sources.Address.ReplaceAllString(string(text), ""))
	return document.TuneTalk.Match(words) && !preTalk.Match(words)
}

// supported is the fact that a sentence supports: where its words are for training
// as such, that may be a tuning all the same.
func supported(fact string, text []byte) string {
	if fact == "code.training.entry" && ofTuning(text) {
		return "code.training.finetuning"
	}
	return fact
}

// Group is the text of the first group that took part in a match.
func Group(body []byte, m []int) []byte {
	for i := 2; i+1 < len(m); i += 2 {
		if m[i] >= 0 {
			return body[m[i]:m[i+1]]
		}
	}
	return nil
}

// trainingFact says which fact a word for training stands for.
func trainingFact(word []byte) string {
	w := bytes.ToLower(word)
	switch {
	case bytes.Contains(w, []byte("tun")), bytes.Contains(w, []byte("微调")), bytes.HasPrefix(w, []byte("post")):
		return "code.training.finetuning"
	case bytes.HasPrefix(w, []byte("pre")):
		return "code.training.pretraining"
	}
	return "code.training.entry"
}

// A trainingHeading is a heading under which a page shows how the model was
// trained or tuned.
var trainingHeading = phrases.ExpressionOf("code.training-heading")

// dataHeading matches a heading on the data of a training.
var dataHeading = pattern.MustCompile(`(?i)\btraining (?:data|set|corpus)\b`)

var (
	runsScript = phrases.ExpressionOf("code.runs-script")
	clonesRepo = pattern.MustCompile(`git clone[^\n]*?github\.com/([\w.-]+/[\w.-]+)`)
)

// shownRun is the note of a command that shows code of training.
const shownRun = "the page shows how to run this code"

// sectionCode reads the commands under training headings: one that runs a
// script of the repository itself, or that takes the makers' own repository,
// shows training code whatever the script is called.
func (in *Reader) sectionCode(d *audit.Document, files map[string]bool) []audit.Observation {
	c := in.Card(d)
	var out []audit.Observation
	seen, cloned := make(map[string]bool), make(map[int]int)
	for _, block := range c.Code {
		if i, ok := cloned[block.Section]; ok {
			// what is run in the clone shows more than the clone
			if at, ok := stepLine(c.Source, block.Body, trainStep); ok {
				out[i] = audit.Observe(d, out[i].Fact, "true", at, out[i].Note)
				delete(cloned, block.Section)
			}
		}
		word, ok := headingAbove(c, block.Body.Start)
		if finetuneWord.MatchString(d.Path) {
			word = "code.training.finetuning" // the page of a folder for tuning
		}
		word = in.onGiven(d, word)
		if !ok || seen[word] {
			continue
		}
		text := d.Body[block.Body.Start:block.Body.End]
		at, ok := ownCommand(d, text, files)
		if !ok {
			continue
		}
		span := page.Line(d.Body, block.Body.Start+at)
		if wholeTraining(word) && (in.forAny(document.Bytes(d, span)) ||
			in.trainsOther(string(wholeCommand(d, span)))) {
			continue
		}
		if comment := bytes.IndexByte(d.Body[span.Start:span.End], '#'); comment >= 0 {
			word = supported(word, d.Body[span.Start+comment:span.End]) // "run.sh  # fine-tune the small one"
		}
		if seen[word] {
			continue
		}
		seen[word] = true
		if clonesRepo.Match(d.Body[span.Start:span.End]) {
			cloned[block.Section] = len(out)
		}
		out = append(out, audit.Observe(d, word, "true", span, shownRun))
	}
	return out
}

// forAnyModel matches a command whose reader names the model that is trained: a
// template for all that a toolkit trains shows no training of this one.
var forAnyModel = phrases.ExpressionOf("code.for-any-model")

// forAny reports whether a command is for any model, by a gap or by settings that lie among examples.
func (in *Reader) forAny(command []byte) bool {
	return forAnyModel.Match(command) || slices.ContainsFunc(settings.FindAll(command, maxSizes), func(file []byte) bool {
		return exampleFolder.Match(file) && !in.FamilyWord.Match(file)
	})
}

// exampleFolder matches a folder of examples above a file.
var exampleFolder = pattern.MustCompile(`(?i)(?:^|[/_-])(?:examples?|toy|tutorials?)(?:[_-]\w+)?/`)

// headingAbove gives the fact that the nearest training heading over an offset
// stands for.
func headingAbove(c *page.Page, at int) (string, bool) {
	for i := range c.Sections {
		if s := c.Sections[i]; s.Body.Start <= at && at < s.Body.End {
			found := ""
			for j := i; j >= 0; j = c.Sections[j].Parent {
				if m := trainingHeading.FindString(c.Sections[j].Heading); m != "" &&
					!dataHeading.MatchString(c.Sections[j].Heading) && found != "code.training.finetuning" {
					found = trainingFact([]byte(m)) // training below a heading on tuning is tuning
				}
			}
			return found, found != ""
		}
	}
	return "", false
}

// helpsTraining matches scripts that are run beside a training, not the training.
var helpsTraining = phrases.ExpressionOf("code.helps-training")

// withConfig matches a setting file that a command is given.
var withConfig = phrases.ExpressionOf("code.with-config")

// ownConfig reports whether a repository has a setting file by that name or the
// end of its path.
func ownConfig(files map[string]bool, config string) bool {
	if files[config] {
		return true
	}
	for file := range files {
		if strings.HasSuffix(file, "/"+config) {
			return true
		}
	}
	return false
}

// runsModule is a module that a command runs.
var runsModule = phrases.ExpressionOf("code.runs-module")

// runsProgram is a program with options that a line begins with: a package installs
// its modules under such names.
var runsProgram = pattern.MustCompile(`(?m)^[ \t]*(?:[$>] )?([a-z]\w*-[\w-]+) +(?:\\ *|-)`)

// oneLine is a text with commands that are continued on the next line on one, and
// of the same length.
func oneLine(text []byte) []byte {
	text = bytes.ReplaceAll(text, []byte("\\\r\n"), []byte("   "))
	return bytes.ReplaceAll(text, []byte("\\\n"), []byte("  "))
}

// evaluates reports whether one of the scripts of a command, from its first one on,
// measures or runs the model: a launcher is told by what it launches.
func evaluates(command []byte) bool {
	if end := bytes.IndexByte(command, '\n'); end >= 0 {
		command = command[:end]
	}
	return slices.ContainsFunc(script.FindAll(command, 5), func(name []byte) bool {
		file := path.Base(string(name))
		return path.Ext(file) == ".py" && (EvalWord.Match(name) || document.ServesOnly.MatchString(file) ||
			file == "generate.py")
	}) || EvalWord.Match(script.Find(command))
}

// ownCommand finds a command that runs a script or module of the repository, or
// any program with a configuration of the repository, or that clones another
// repository of the same makers.
func ownCommand(d *audit.Document, text []byte, files map[string]bool) (int, bool) {
	text = oneLine(text)
	first := -1
	for _, m := range runsScript.FindAllSubmatchIndex(text, 20) {
		switch script := strings.TrimPrefix(string(text[m[2]:m[3]]), "./"); {
		case !files[script] || helpsTraining.MatchString(script) || evaluates(text[m[2]:]):
		case stepName.MatchString(stem(script)):
			return m[0], true // named for it
		case first < 0:
			first = m[0]
		}
	}
	if first >= 0 {
		return first, true
	}
	for _, m := range runsModule.FindAllSubmatchIndex(text, 20) {
		script := strings.ReplaceAll(string(text[m[2]:m[3]]), ".", "/") + ".py"
		if ownConfig(files, script) && !helpsTraining.MatchString(script) && !EvalWord.MatchString(script) {
			return m[0], true
		}
	}
	for _, m := range runsProgram.FindAllSubmatchIndex(text, 20) {
		if module := strings.ReplaceAll(string(text[m[2]:m[3]]), "-", "_") + ".py"; files[module] &&
			!helpsTraining.MatchString(module) && !EvalWord.MatchString(module) && !inferWord.MatchString(module) {
			return page.LineStart(text, m[2]), true
		}
	}
	for _, m := range withConfig.FindAllSubmatchIndex(text, 20) {
		if config := string(text[m[2]:m[3]]); strings.Contains(config, "/") && ownConfig(files, config) &&
			!helpsTraining.MatchString(path.Base(config)) {
			return page.LineStart(text, m[0]), true
		}
	}
	if m := clonesOther(d, text); m != nil {
		return m[0], true
	}
	return 0, false
}

// clonesOther finds a command of a page that takes another repository of the same makers, or nil.
func clonesOther(d *audit.Document, text []byte) []int {
	for _, m := range clonesRepo.FindAllSubmatchIndex(text, 5) {
		id := strings.TrimSuffix(string(text[m[2]:m[3]]), ".git")
		if !strings.EqualFold(id, d.PlaceID) && identity.SameMaker(path.Dir(id), path.Dir(d.PlaceID)) {
			return m
		}
	}
	return nil
}
