package data

import (
	"slices"
	"strings"
	"unicode"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Sources that a sentence names in the place of what a model was trained on: "trained on PouchWeb-2,
// NestCode and a news corpus", "Data: PouchWeb". Any proper name that stands there is one unless it is
// known to be something else: a language, a program, a machine, a model. Words that are no names tell
// of what kind the data is and name nothing.

var (
	// sourceLead matches what leads to such a place, sourceBefore the place where the verb ends the sentence.
	sourceLead   = phrases.ExpressionOf("data.source-lead")
	sourceBefore = phrases.ExpressionOf("data.source-before")
	// gathered matches what leads to what makers gathered, without a word on what for.
	gathered = phrases.ExpressionOf("data.source-gathered")
	// forElse matches what goes on with what something was done for.
	forElse = pattern.MustCompile(`^[\s,)]*(?:in order )?(?:to|for|as|in) [^.]*`)
	// sourceEnd matches where the place ends, sourceJoint what stands between two sources in it.
	sourceEnd   = phrases.ExpressionOf("data.source-end")
	sourceJoint = phrases.ExpressionOf("data.source-joint")
	// placeName matches a name, beforeName what may stand before it, otherwise words behind which it is something
	// else, and notBehind what is called so behind it.
	placeName  = phrases.ExpressionOf("data.place-name")
	beforeName = phrases.ExpressionOf("data.source-before-name")
	otherwise  = phrases.ExpressionOf("data.source-otherwise")
	notBehind  = phrases.ExpressionOf("data.no-source-behind")
	// noSource matches a name that is one of a task, a program or a service, siteOfTexts one of a place that texts are
	// taken from and that is no model.
	noSource    = phrases.ExpressionOf("data.no-source")
	siteOfTexts = phrases.ExpressionOf("data.site-of-texts")
	// learntOf matches a verb whose object is data and never a machine; sharedOn where data is said to come from.
	learntOf = phrases.ExpressionOf("data.learnt-of")
	sharedOn = phrases.ExpressionOf("data.shared-on")
	// tellsOfData matches what only data is called or counted in, calledData what it is called behind the names.
	tellsOfData = phrases.ExpressionOf("data.tells-of-data")
	calledData  = phrases.ExpressionOf("data.called-data")
	// hearsay matches how a sentence tells what others say, chip the name of a machine.
	hearsay = phrases.ExpressionOf("data.hearsay")
	chip    = phrases.ExpressionOf("observe.chip")
	// calledAbroad is the same in languages that write no space behind it, objectEnd the end of an object in them.
	calledAbroad = phrases.ExpressionOf("data.called-abroad")
	objectEnd    = pattern.MustCompile(`.*(?:を|[를을] )\s*`)
	// leadToBase matches a verb that leads to what a model was made from, idOfData a name as datasets of a hub bear them.
	leadToBase = pattern.MustCompile(`\b(?:based|built|top)\b`)
	idOfData   = pattern.MustCompile(`^[a-z]{3,}[a-z-]*\d\w*(?:-[a-z\d]+)+$`)
	// labelEnd matches the end of a label, before a value or a cell.
	labelEnd = pattern.MustCompile(`[:：|][\s*_]*$`)
	// madeUp matches a name that no word of a language is written like: German writes all nouns with capitals, and
	// in Chinese a word in Latin letters is as often a loan word.
	madeUp = pattern.MustCompile(`\d|[A-Z]{3,}|[a-z][A-Z]|^The `)
	// usingMore matches what goes on to tell the data: what stands before it is then what was trained.
	usingMore = phrases.ExpressionOf("data.using-more")
	// maybeMachine matches a name that many things have: letters that stand for words, a computer's.
	maybeMachine = phrases.ExpressionOf("data.maybe-machine")
	// versionMark is a version, which may look like a chip's name. sized matches a name that ends like a model's.
	versionMark = pattern.MustCompile(`\bv\d{1,2}\b`)
	sized       = pattern.MustCompile(`-\d+(?:\.\d+)?[BMbm]$`)
)

// A naming is how surely a text names a source.
type naming int

const (
	namesNone  naming = iota
	namesMaybe        // a name stands in the place, and it may be that of a machine or a model
	namesSource
)

// A passageAt is where a passage stands.
type passageAt struct {
	doc *audit.Document
	at  audit.Span
}

// placeOfSources gives what stands in a text in the place of sources, and what leads to it. before is true where the
// place stands before its verb. That makers used something is told of pictures and tests as well: trains tells whether
// the text speaks of training.
func placeOfSources(raw string, trains func() bool) (lead, place string, at int, before bool) {
	if m := sourceLead.FindStringIndex(raw); m != nil {
		return raw[m[0]:m[1]], placeBehind(raw[m[1]:]), m[0], false
	}
	if m := gathered.FindStringIndex(raw); m != nil && trains() {
		place = placeBehind(raw[m[1]:])
		_, behind, _ := strings.Cut(raw[m[1]:], place)
		if purpose := forElse.FindString(behind); purpose == "" || document.TrainWord.MatchString(purpose) {
			return raw[m[0]:m[1]], place, m[0], false
		}
	}
	for n, m := 1, sourceBefore.FindStringSubmatchIndex(raw); 2*n < len(m); n++ {
		if m[2*n] >= 0 {
			return raw[m[0]:m[1]], raw[m[2*n]:m[2*n+1]], m[0], true
		}
	}
	return "", "", 0, false
}

// placeBehind is the place of sources that a text begins with. Of an amount behind which a colon stands they are the
// parts: "40 hours: NestSpeech and Eggs".
func placeBehind(rest string) string {
	rest = strings.TrimLeft(rest, " ")
	end := sourceEnd.FindStringIndex(rest)
	switch {
	case end == nil:
		return rest
	case rest[end[0]] == ':' && !placeName.MatchString(rest[:end[0]]):
		return placeBehind(rest[end[1]:])
	}
	return rest[:end[0]]
}

// naming says how surely a passage names sources; it is asked twice of one that settles nothing.
func (r *dataReader) naming(p page.Passage, said dataSaid) naming {
	return r.namings.Of(passageAt{p.Doc, p.Span}, func(passageAt) naming {
		return r.namesSources(p, said)
	})
}

// A placed is a name that stands in the place of sources.
type placed struct {
	name   string
	data   bool // words for data stand with the name
	called bool // and one right behind it
}

// namesIn lists the names in the place of sources, and tells whether a language or program stands there as well. ok is
// false where a machine does, and nothing tells that what stands before it is data.
func (r *dataReader) namesIn(place string) (names []placed, program, ok bool) {
	surely := false
	for _, part := range sourceJoint.Split(place, maxDatasets) {
		if object := objectEnd.FindStringIndex(part); object != nil {
			part = part[object[1]:] // what was trained stands before what it was trained on
		}
		if machine.MatchString(part) || chip.MatchString(versionMark.ReplaceAllString(strings.ToLower(part), "")) {
			return names, program, surely || len(names) > 1
		}
		name, other := r.nameIn(part)
		program = program || other
		if name != "" {
			_, rest, _ := strings.Cut(part, name)
			called := calledData.MatchString(rest) || calledAbroad.MatchString(rest)
			data := called || tellsOfData.MatchString(part) || learntOf.MatchString(part) || idOfData.MatchString(name)
			names, surely = append(names, placed{name, data, called}), surely || data
		}
		if name == "" && otherwise.MatchString(part) {
			break // what follows is not in the row any more
		}
	}
	return names, program, true
}

// namesSources reads that. Where the page, the verb or the row itself tells that data stands there, a name is that of
// data; where nothing does, it may be that of a machine. That the data is not out is no denial of the training.
func (r *dataReader) namesSources(p page.Passage, said dataSaid) naming {
	raw := linkTarget.ReplaceAllString(string(p.Raw()), "]")
	lead, place, at, before := placeOfSources(raw, func() bool {
		return said.trained || document.TrainWord.MatchString(p.Text) || r.onTraining(p)
	})
	if lead == "" || r.inCapitals(p) || p.Kind == page.Row && p.HeadsTable() || hearsay.MatchString(raw) ||
		leadToBase.MatchString(lead) {
		return namesNone
	}
	if mode, _ := phrases.ModeAt(raw, at); !said.trained && mode != string(audit.Done) {
		return namesNone
	}
	names, program, ok := r.namesIn(place)
	if !ok {
		return namesNone
	}
	if m := sharedOn.FindStringSubmatch(raw); m != nil && len(names) == 0 {
		return namesSource
	}
	onData := dataTitle.MatchString(p.Heading) || labelEnd.MatchString(lead)
	told := onData || learntOf.MatchString(lead) || said.trained && said.kind || tellsOfData.MatchString(lead) ||
		calledData.MatchString(raw[at+len(lead):])
	_, behind, _ := strings.Cut(raw[at:], place)
	maybe := namesNone
	// A machine has a made-up name as well: in a row one that is data for certain tells it of those beside it.
	row := len(names) > 1 && (said.trained || !before) && slices.ContainsFunc(names, func(m placed) bool {
		return m.data || siteOfTexts.MatchString(m.name)
	})
	for _, m := range names {
		switch {
		case program && !tellsOfData.MatchString(m.name), before && !said.trained && !m.data && !told,
			before && !m.called && !madeUp.MatchString(m.name) && !siteOfTexts.MatchString(m.name):
		case !m.called && maybeMachine.MatchString(m.name), usingMore.MatchString(behind):
			maybe = namesMaybe
		case (told || m.data || row && madeUp.MatchString(m.name)) && (onData || !sized.MatchString(m.name)):
			return namesSource
		default:
			maybe = namesMaybe
		}
	}
	return maybe
}

// inCapitals reports whether a passage was served in capital letters but for measures ("190k hours") and what keeps its
// own letters there: code, addresses, names with a figure. No name can be told in it. Its view is of no help: there
// common words are in small letters, and any other word looks like a name.
func (r *dataReader) inCapitals(p page.Passage) bool {
	text := string(r.ServedText(p.Doc, p.Span))
	if strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxLatin1 && unicode.IsLetter(r) }) {
		return false
	}
	small := 0
	for _, r := range keptLetters.ReplaceAllString(text, " ") {
		if !unicode.IsLower(r) {
			small = 0
		} else if small++; small > 2 {
			return false
		}
	}
	return true
}

// keptLetters matches what no writer puts in capitals.
var keptLetters = phrases.ExpressionOf("data.kept-letters")

// nameIn gives the name of a source that a part of a row begins with, and whether a language or program stands there.
func (r *dataReader) nameIn(part string) (name string, other bool) {
	at := placeName.FindStringIndex(part)
	if at == nil || otherwise.MatchString(part[:at[0]]) || !beforeName.MatchString(part[:at[0]]) {
		return "", false
	}
	name = strings.TrimRight(part[at[0]:at[1]], ".")
	for name != "" {
		word, rest, _ := strings.Cut(name, " ")
		if adjectival.MatchString(word) && word != "The" {
			name, other = rest, true
			continue
		}
		if identity.NotName(word) && word != "The" && !siteOfTexts.MatchString(word) {
			return "", true
		}
		break
	}
	switch {
	case name == "":
		return "", other
	case siteOfTexts.MatchString(name) && !notBehind.MatchString(part[at[1]:]):
		return name, false
	case len(name) < 2, noSource.MatchString(name), notBehind.MatchString(part[at[1]:]),
		r.FamilyWord.MatchString(strings.ToLower(name)), r.namesBase(name), identity.Known(name):
		return "", false
	}
	return name, false
}

// namesBase reports whether a name is that of what the model was made from.
func (r *dataReader) namesBase(name string) bool {
	name = identity.Squash(name)
	if strings.Contains(identity.Squash(r.Subject.Base), name) {
		return true
	}
	for _, n := range r.NamedBases() {
		if n.Linked() && strings.Contains(identity.Squash(n.Name), name) {
			return true
		}
	}
	return false
}
