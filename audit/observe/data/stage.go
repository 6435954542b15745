package data

import (
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/kin"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Which training a statement on data is about: that of the base model, or a later one.

var (
	preStage  = phrases.ExpressionOf("data.pre-stage")
	fineStage = phrases.ExpressionOf("data.fine-stage")
	// corpusWord is what the data of a pre-training is called where a tuned model of
	// the same makers goes back to it.
	corpusWord = pattern.MustCompile(`\b(?:corpus|corpora)\b`)
	// manyTokens is an amount that only a pre-training sees.
	manyTokens = pattern.MustCompile(`\b\d[\d.,]*\s?(?:b|t|billion|trillion)\+?\W{1,3}(?:[\w-]+ ){0,2}tokens\b`)
)

// speaksOf says of which trainings words speak.
func (r *dataReader) speaksOf(words string) (pre, fine bool) {
	pre, fine = preStage.MatchString(words), fineStage.MatchString(words)
	if !pre && !fine {
		pre = r.lineage == kinBase && corpusWord.MatchString(words) || manyTokens.MatchString(words) ||
			slices.Contains(phrases.Stages(words), "pre-training")
	}
	return pre, fine
}

// stages says which training a statement is about: from its words, or, when
// they do not tell, from whose page it is on.
func (r *dataReader) stages(role audit.Role, words string) []string {
	pre, fine := r.speaksOf(words)
	if role == audit.RoleBase {
		if fine && !pre {
			return nil // what the base's page says of tuning is not its own data
		}
		return []string{PreData}
	}
	own := r.saidOwnBase()
	switch {
	case r.lineage == ForeignBase:
		return []string{FineData}
	case pre && fine, own && !fine, r.lineage == selfBase && !fine &&
		(!pre || r.oneTraining() || !preStage.MatchString(words) && !r.laterTraining()):
		return []string{PreData, FineData} // of a model that is its own base, both are one
	case pre:
		return []string{PreData}
	}
	return []string{FineData}
}

// stagesOf says which training a passage is about. part tells that it is about a
// pre-training that went on from somebody else's model: that is not the base's
// data, and not all of what came later.
func (r *dataReader) stagesOf(p page.Passage, role audit.Role, context string,
	said dataSaid) (stages []string, part bool) {
	if role == audit.RoleBase && fineStage.MatchString(p.Heading) && !preStage.MatchString(context) {
		return nil, false // what the base's page says of tuning is not its own data
	}
	if r.lineage != ForeignBase && r.aboutPretraining(p.Doc) {
		return []string{PreData}, false
	}
	if r.ofPretraining(p, context) {
		return []string{PreData}, false
	}
	if pre, fine := r.speaksOf(context); role == audit.RoleEnd && r.lineage == ForeignBase && !fine {
		switch {
		case pre && !ofTheBase.MatchString(context) && r.wentOn(p, said), !pre && r.goesOnTraining(p):
			return []string{FineData}, true
		case pre:
			return []string{PreData}, false // a tuned model's page tells of its base
		}
	}
	if said.trained { // the statement itself tells best: "after pre-training, it was fine-tuned on chats"
		raw := p.Raw()
		words := withoutAdjective(strings.ToLower(string(raw[said.span.Start:said.span.End])))
		if pre, fine := preStage.MatchString(words), fineStage.MatchString(words); pre != fine &&
			role == audit.RoleEnd && r.lineage != ForeignBase {
			context = words
		}
	}
	return r.stages(role, context), false
}

// wentOn reports whether a passage on a pre-training, on the page of a model that
// was made from somebody else's, is about a pre-training of its own makers: it
// says so, or it is about this model and not about one that is called the same.
func (r *dataReader) wentOn(p page.Passage, said dataSaid) bool {
	if said.continued || len(phrases.Default().Of("data.continued").Find([]byte(p.Heading))) > 0 {
		return true
	}
	text := strings.TrimLeft(string(p.Raw()), QuoteMarks)
	return !r.sameFamilyAsBase() && (p.Kind != page.Paragraph || r.Speaker.SubjectOf(text, "") == audit.AboutOwn)
}

// sentencesBefore is how far back a sentence's stage is looked for.
const sentencesBefore = 6

// goesOnTraining reports whether a passage that tells no stage follows, in its paragraph, a sentence on a pre-training
// that went on from another model, with none on a tuning between: it tells of the same data.
func (r *dataReader) goesOnTraining(p page.Passage) bool {
	prose := r.Prose(p.Doc)
	at, found := page.IndexAt(prose, p.Span.Start)
	block := r.Card(p.Doc).BlockAt(p.Span)
	for last := at - sentencesBefore; found && at > max(last, 0) && prose[at-1].Span.Start >= block.Start; {
		at--
		if fineStage.MatchString(prose[at].Text) {
			return false
		}
		if len(phrases.Default().Of("data.continued").Find(prose[at].Raw())) > 0 {
			return true
		}
	}
	return false
}

// ofTheBase matches words for the data of what the model was made from.
var ofTheBase = phrases.ExpressionOf("data.of-the-base")

// wentOnNote is the note of data of such a pre-training.
const wentOnNote = "The page names the data of a pre-training that went on from another model: a part of " +
	"what this one learnt from."

// QuoteMarks are what may stand before the first word of a passage.
const QuoteMarks = " \t\r\n>*_-+#•"

// sameFamilyAsBase reports whether the model is called after its base: then its
// name in a sentence may mean either.
func (r *dataReader) sameFamilyAsBase() bool {
	return r.Subject.Base == "" || identity.SameFamily(r.Subject.Base, r.Subject.ID)
}

// describedStages says which training a description of data is about. Words on
// kinds of data show nothing where they leave open of which training they are:
// on the page of a tuned model none, on that of another the pre-training.
func (r *dataReader) describedStages(stages []string, role audit.Role, raw, heading string, said dataSaid) []string {
	if role == audit.RoleBase || r.lineage == ForeignBase {
		return stages
	}
	pre, fine := r.speaksOf(strings.ToLower(raw[said.span.Start:said.span.End])) // the statement itself tells best
	if !pre && !fine {
		pre, fine = r.speaksOf(strings.ToLower(raw) + " " + heading)
	}
	switch {
	case pre && fine:
		return []string{PreData, FineData}
	case fine:
		return []string{FineData}
	case r.lineage == selfBase && r.oneTraining():
		return []string{PreData, FineData}
	case pre || r.lineage == selfBase || trillions.MatchString(raw):
		return []string{PreData}
	}
	return nil
}

// trillions matches an amount of text that no tuning is done on.
var trillions = phrases.ExpressionOf("data.trillions")

// readOneTraining reports whether the makers say that the model was trained from nothing and none of its pages
// tells of a later training: the data of the first is then that of the last.
func (r *dataReader) readOneTraining() bool {
	return len(kin.FromScratch(r.Pages)) > 0 && !r.laterTraining()
}

// tellsOfLater reports whether the model's name or a page of its makers tells of a training after the first.
func (r *dataReader) tellsOfLater() bool {
	return identity.Tuned(r.ID()) || slices.ContainsFunc(r.Makers(), func(d *audit.Document) bool {
		words := r.Affirmed(d)
		return kin.Tuning.Match(words) || kin.SaysTuned(words)
	})
}

// onlyPretrained gives the page from which data of a pre-training was read where
// nothing tells of a later training and nobody said that the model is its own base.
func (r *dataReader) onlyPretrained(found []audit.Observation) *audit.Document {
	named := slices.ContainsFunc(found, func(o audit.Observation) bool {
		return o.Fact == PreData && (o.Value == "listed" || o.Value == "downloadable")
	})
	if r.lineage != selfBase || r.Subject.Base != "" || !named || sources.Found(found, FineData) {
		return nil
	}
	for _, d := range r.Makers() {
		if document.MainPage(d) {
			return d
		}
	}
	return nil
}

// frontStages says which training the datasets of a card's front matter were for.
// They are data of a pre-training only where the card tells of one, or at least
// of a training: most cards that tell of none were made by tuning. So were bases whose
// cards do not show that they were made from the beginning.
func (r *dataReader) frontStages(d *audit.Document, role audit.Role) []string {
	stages := r.stages(role, "")
	pretrained := false // by what the card tells
	switch role {
	case audit.RoleBase:
		pretrained = kin.ShowsMaking(r.Affirmed(d))
	case audit.RoleEnd:
		pretrained = preTold.Match(r.Affirmed(d)) || r.saidOwnBase()
	}
	if pretrained {
		return stages
	}
	return slices.DeleteFunc(stages, func(fact string) bool { return fact == PreData })
}

// preTold matches a word on how a model was trained.
var preTold = phrases.ExpressionOf("data.pre-told")

// aboutPretraining reports whether a page below the top is about pre-training or
// its data as a whole, as its first sentences say: what it says of dialogues or
// instructions is then a kind of text, not a later training.
func (r *dataReader) aboutPretraining(d *audit.Document) bool {
	if d.Kind == audit.DocModelCard || document.MainPage(d) {
		return false
	}
	prose := r.Prose(d)
	if len(prose) == 0 {
		return false
	}
	// What it was used for may be said of a sibling: the base of this model.
	intro := strings.ToLower(string(r.OfFamily(d)[:prose[min(len(prose), document.IntroSentences)-1].Span.End]))
	return preStage.MatchString(intro) && !fineStage.MatchString(intro)
}

// A lineage says where a model's base comes from.
type lineage int

const (
	selfBase    lineage = iota // the model is its own base
	kinBase                    // tuned from a base of the same makers
	ForeignBase                // tuned from a base of other makers
)

// saidOwnBase reports whether the model is given as its own base.
func (in *Reader) saidOwnBase() bool {
	return in.Subject.Base != "" && in.Subject.Base == in.Subject.ID
}

// readLineage decides from the base that is given, else from what the model's own
// pages say that it was made from.
func (in *Reader) readLineage() lineage {
	s := in.Subject
	switch {
	case in.saidOwnBase():
		return selfBase
	case s.Base != "" && in.OfMakers(s.Base):
		return kinBase
	case s.Base != "" || in.derived() || in.UnnamedBase() != nil:
		return ForeignBase
	case identity.Tuned(s.ID):
		return kinBase
	}
	return selfBase
}

// derived reports whether the model was made from somebody else's: its own pages name or
// link it, or pages of another maker's base were found.
func (in *Reader) derived() bool {
	return slices.ContainsFunc(in.NamedBases(), func(n kin.NamedBase) bool {
		return !n.Linked() || !in.OfMakers(n.Name)
	}) || slices.ContainsFunc(in.BasePages(), func(d *audit.Document) bool {
		return !in.OfMakers(d.PlaceID)
	})
}
