package code

import (
	"bytes"
	"path"
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

// Makers say on a card with what they trained their model: the repository, notebook or script that the
// sentence links is then a page of this model for its code, whoever it belongs to and however many models it serves.

var (
	// trainedBy matches what stands before what a model was trained with, trainsBehind a sentence that says it behind
	// its link, servesAs what else the link was to a training by what follows it, and notTrainer a link, or what leads
	// to it, by words for what else a training is done with.
	trainedBy    = phrases.ExpressionOf("code.trained-by")
	trainsBehind = phrases.ExpressionOf("code.trains-behind")
	notTrainer   = phrases.ExpressionOf("code.not-trainer")
	servesAs     = phrases.ExpressionOf("code.serves-as")
	// nounBehind matches a word right behind a link, ofTrainer one that leaves the link a program of training.
	nounBehind = pattern.MustCompile(`^\)?["'*_` + "`" + `]*\s[a-z]`)
	ofTrainer  = phrases.ExpressionOf("code.of-trainer")
	// liesBefore and liesBehind match the words by which something lies where a link leads, liesAt the text of such a link.
	liesBefore = phrases.ExpressionOf("code.lies-before")
	liesBehind = phrases.ExpressionOf("code.lies-behind")
	liesAt     = phrases.ExpressionOf("code.lies-at")
	// builtOn matches what leads to what the makers' code goes back to.
	builtOn = phrases.ExpressionOf("code.built-on")
	// otherDeed matches what else than a training may have been done with a link behind a word for that.
	otherDeed = phrases.ExpressionOf("code.other-deed")
	// ourTool matches the words by which makers call a link their own, before it or behind it: in papers many models
	// are trained with the tools of others.
	ourTool = phrases.ExpressionOf("code.our-tool")
	// onlyTool matches what stands before a link to a tool with which something is done.
	onlyTool = phrases.ExpressionOf("code.only-tool")
	// trainerLabel matches the label of what a model was trained with in a card's part on the training, training a
	// heading on that, and codeOf a name behind words for code.
	trainerLabel = phrases.ExpressionOf("code.trainer-label")
	training     = pattern.MustCompile(`\b(?:pre-?|fine-?)?(?:train|tun)ing\b`)
	codeOf       = phrases.ExpressionOf("code.code-of")
	// showsUsers matches words for what shows its reader how to go on from the model.
	showsUsers = phrases.ExpressionOf("code.shows-users")
)

// LeadsToCode gives the fact on code that a sentence tells which links a repository or notebook: the model was trained
// with it, and it is its makers' own, or the code of its training is there. It is empty where the sentence says none
// of this, or not yet: with a tool of others many models are trained, and nothing of this training lies there.
func (in *Reader) LeadsToCode(p page.Passage, l page.Link) string {
	if fact, there := in.MadeWith(p, l); there {
		return fact
	}
	return ""
}

// MadeWith gives the fact on code that what a link of a sentence leads to serves: the model was trained or tuned with
// it, or the code of that is there. there tells whether the code of this training can lie there.
func (in *Reader) MadeWith(p page.Passage, l page.Link) (fact string, there bool) {
	if l.Span.Start < p.Span.Start || l.Span.End > p.Span.End || p.Kind == page.Row ||
		p.Doc.Role != audit.RoleEnd && sources.OthersTitle.MatchString(p.Heading) {
		return "", false
	}
	before, behind := aroundLink(p, l)
	near := before[max(0, len(before)-nearLink):]
	said := saysCode(p.Text) && !showsUsers.MatchString(p.Text) && !in.codeOfOther(p.Raw()) &&
		(wordForCode.MatchString(l.Text) || !onlyTool.Match(near))
	if builtOn.Match(near) || !said && notTrainer.Match(near) || notTrainer.MatchString(l.Text) ||
		notTrainer.Match(firstWords(behind)) {
		return "", false
	}
	card, ours := p.Doc.Role == audit.RoleEnd, callsOurs(p, l)
	// Papers and the pages of the makers' own code tell what tools of theirs these use as well.
	with := (ours || card) && (trainedWith(before, behind) ||
		card && trainerLabel.Match(before) && training.MatchString(p.Heading))
	if !said && !with {
		return "", false
	}
	mode := whose.ModeOf(p.Text)
	if !said && mode != audit.Done || mode == audit.Promised || mode == audit.DeniedMode {
		return "", false
	}
	base := in.Subject.Base
	tuned := base != "" && !strings.EqualFold(base, in.ID()) && (in.BaseOfOthers() || !said)
	if tuned || ofTuning([]byte(p.Text)) || in.trainsGiven(p.Doc) {
		fact = "code.training.finetuning"
	} else {
		fact = "code.training.entry"
	}
	return fact, said || ours || in.OfMakers(document.RepositoryAt(l.URL))
}

// aroundLink is what a sentence says before a link in it, on one line and without addresses, and behind it.
func aroundLink(p page.Passage, l page.Link) (before, behind []byte) {
	before, behind = sources.Around(p, l)
	said := sources.Address.ReplaceAllString(string(before), "")
	return []byte(strings.ReplaceAll(said, "\n", " ")), behind
}

// trainedWith reports whether the words before a link and behind it say that something was trained with it.
func trainedWith(before, behind []byte) bool {
	whole := string(before) + "[]" + string(bytes.TrimPrefix(behind, []byte(")")))
	return !servesAs.Match(behind) && (trainsBehind.MatchString(whole) ||
		trainedBy.Match(before) && !otherDeed.Match(trainedBy.Find(before)) &&
			(ofTrainer.Match(behind) || !nounBehind.Match(behind)))
}

// liesThere reports whether a sentence on code says that it lies where a link leads, or that the model was trained with
// that: code that is like another's, or needs it, is not there.
func liesThere(p page.Passage, l page.Link) bool {
	before, behind := aroundLink(p, l)
	return !document.Letter.Match(before) || liesBefore.Match(before) || liesBehind.Match(behind) || liesAt.MatchString(l.Text) ||
		wordForCode.MatchString(l.Text) || trainedWith(before, behind)
}

// callsOurs reports whether a sentence calls a link its makers' own work.
func callsOurs(p page.Passage, l page.Link) bool {
	before, behind := sources.Around(p, l)
	return ourTool.Match(before) || ourTool.Match(behind)
}

// codeOfOther reports whether a sentence names something else than the model as what its code trains, or trained.
func (in *Reader) codeOfOther(text []byte) bool {
	m := codeOf.FindSubmatch([]byte(sources.Address.ReplaceAllString(string(text), "")))
	return m != nil && !methodWord.Match(m[1]) && !in.FamilyWord.Match(m[1])
}

// saysCode reports whether a sentence speaks of the code with which the model was trained.
func saysCode(text string) bool { return len(phrases.Default().Of("code.there").FindString(text)) > 0 }

// firstWords is what a text begins with, as " dataset" behind a link.
func firstWords(text []byte) []byte {
	words := bytes.SplitAfterN(text, []byte(" "), nextWords+1)
	return bytes.Join(words[:min(len(words), nextWords)], nil)
}

// nextWords is how many of them there are, the end of the link counted.
const nextWords = 2

// nearLink is how far before a link the words are read that tell what it is.
const nearLink = 40

// A statement is the sentence of a card that the model was trained with what lies in a repository, and which code that
// is; the fact is empty where no card says so.
type statement struct {
	doc  *audit.Document
	span audit.Span
	fact string
}

// trainedHere reports whether the model's card says that it was trained with a repository.
func (in *Reader) trainedHere(id string) bool { return in.statementOn(id).fact != "" }

// allHere reports whether what it says tells of all code of its training: that of a whole one, or of the tuning of
// other makers' model.
func (in *Reader) allHere(id string) bool {
	fact := in.statementOn(id).fact
	return fact == "code.training.entry" || fact != "" && in.BaseOfOthers()
}

// statementOn finds where the model's card, or its own repository, says that it was trained with another: of its
// makers, or one that is said to hold the code of its training and is not only a tool.
func (in *Reader) statementOn(id string) statement {
	return in.stated.Of(id, func(id string) statement {
		for _, d := range in.Of(audit.DocModelCard, audit.DocReadme) {
			own := d.Role == audit.RoleEnd || d.Kind == audit.DocReadme && !strings.EqualFold(d.PlaceID, id) &&
				document.MainPage(d) && in.OwnRepository(d.PlaceID)
			if !own || !document.Readable(d) {
				continue
			}
			for _, l := range in.Card(d).Links() {
				if l.InCode || !strings.EqualFold(document.RepositoryAt(l.URL), id) {
					continue
				}
				p, ok := in.PassageAt(d, l.Span.Start)
				// An entry of a list names the tool alone: which of its instructions are on the model is not told.
				if !ok || trainerLabel.Match(d.Body[p.Span.Start:max(p.Span.Start, l.Span.Start)]) || in.othersName(id) {
					continue
				}
				if fact := in.LeadsToCode(p, l); fact != "" && liesThere(p, l) {
					return statement{d, p.Span, fact}
				}
			}
		}
		return statement{}
	})
}

// othersName reports whether a repository is called after another model of the family.
func (in *Reader) othersName(id string) bool {
	return in.OtherNumber(path.Base(id)) || identity.Related(path.Base(id), path.Base(in.ID())) == identity.Sibling
}

// namedCode gives the code of the repositories with which cards say that the model was trained, where their files show
// that code of training lies there.
func (in *Reader) namedCode() []audit.Observation {
	var out []audit.Observation
	for _, tree := range in.Of(audit.DocTree) {
		if !document.Readable(tree) {
			continue
		}
		if s := in.statementOn(tree.PlaceID); s.fact != "" && in.holdsTraining(tree) {
			out = append(out, audit.Observe(s.doc, s.fact, "true", s.span,
				"The page says that it was trained with "+tree.PlaceID+", which holds code of training."))
		}
	}
	return out
}
