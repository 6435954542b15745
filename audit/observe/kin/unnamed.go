package kin

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// Most models on a hub were tuned or merged from another, and many cards do not
// say from which. Such a model is not its own base: what its card lists as data
// is that of the tuning, and its base is unknown, not missing.

var (
	// wasTuned matches a card's statement, or tag, that the model was made from
	// another one.
	wasTuned = phrases.ExpressionOf("kin.was-tuned")
	// WasMade matches a statement on a training from the beginning.
	WasMade = phrases.ExpressionOf("kin.was-made")
	// presented matches how makers present a model of their own: by its size, by
	// the amount of what it was trained on, by what it was pre-trained to do.
	presented = phrases.ExpressionOf("kin.presented")
)

// notTuned matches what makes such a statement one on what was not done, or may
// be done by others.
var notTuned = phrases.ExpressionOf("kin.not-tuned")

// beforeStatement is how many bytes before a statement may turn it round.
const beforeStatement = 60

// sentenceEnd matches where a sentence ends. A line break alone ends none: many
// cards are wrapped by hand.
var sentenceEnd = pattern.MustCompile(`[.!?]\s|\n\s*\n|\n\s*[-*+#|>]`)

// SaysTuned reports whether a card says outright that the model was tuned.
func SaysTuned(body []byte) bool {
	for _, at := range wasTuned.FindAllIndex(body, 50) {
		from := max(0, at[0]-beforeStatement)
		if ends := sentenceEnd.FindAllIndex(body[from:at[0]], -1); len(ends) > 0 {
			from += ends[len(ends)-1][1]
		}
		if !notTuned.Match(body[from:at[1]]) {
			return true
		}
	}
	return false
}

// ownWords is what a page affirms, without what it repeats of its base's page.
func (in *Pages) ownWords(d *audit.Document, repeated []audit.Span) []byte {
	if len(repeated) == 0 {
		return in.Affirmed(d)
	}
	words := bytes.Clone(in.Affirmed(d))
	for _, s := range repeated {
		page.Blank(words[s.Start:s.End])
	}
	return words
}

// readUnnamedBase gives the model's own card when it names no base and does not show
// that the model has none: it says that the model was tuned or merged and tells
// of no training from the beginning, or it says nothing of how it came to be. A
// name for a tuned variant speaks of a base of the same makers.
func (in *Pages) readUnnamedBase() *audit.Document {
	if named := in.NamedBases(); len(named) > 0 {
		return named[0].Doc // it tells more than that
	}
	return in.madeUntold(in.BaseParts)
}

// madeUntold is that card, given what parts of a page repeat its base's.
func (in *Pages) madeUntold(baseParts func(*audit.Document) []audit.Span) *audit.Document {
	if in.Subject.Base != "" || len(FromScratch(in)) > 0 {
		return nil
	}
	for _, d := range in.Of(audit.DocModelCard) {
		if d.Role != audit.RoleEnd || !document.Readable(d) {
			continue
		}
		repeated := baseParts(d)
		words := in.ownWords(d, repeated)
		if WasMade.Match(words) {
			continue
		}
		if len(repeated) > 0 || SaysTuned(words) || identity.BearsOthers(in.ID()) ||
			!presented.Match(words) && !identity.NamedBase(in.ID()) && !identity.Tuned(in.ID()) && !in.paperMakes() {
			return d
		}
	}
	return nil
}

// paperMakes reports whether a paper of the model's own makers tells of a training from
// the beginning: it names them, in its head or in an address that it gives.
func (in *Pages) paperMakes() bool {
	maker := identity.Squash(identity.Owner(in.ID()))
	return len(maker) >= identity.MinFamily && slices.ContainsFunc(in.OwnTexts(), func(d *audit.Document) bool {
		return WasMade.Match(d.Body) && strings.Contains(identity.Squash(string(in.ServedBody(d))), maker)
	})
}

// MakersBearName reports whether the makers or a repository of theirs are named
// as the model's family is.
func (in *Pages) MakersBearName() bool {
	family := in.FamilyName()
	return in.accountBearsName() || slices.ContainsFunc(in.Repositories(), func(id string) bool {
		return strings.Contains(identity.Squash(path.Base(id)), family) || identity.NamedAfter(in.ID(), id)
	})
}

// TunedItself reports whether a base's card is that of a model that was itself
// tuned: the data that it lists is not that of a pre-training.
func (in *Pages) TunedItself(d *audit.Document) bool {
	return d.Kind == audit.DocModelCard && !WasMade.Match(in.Affirmed(d)) && (identity.Tuned(d.PlaceID) ||
		SaysTuned(in.Affirmed(d)))
}

// OfTuned reports whether a page is of a repository whose makers have cards among those of the bases, each of a model
// that was itself made from another maker's: so was what the page tells of.
func (in *Pages) OfTuned(d *audit.Document) bool {
	if d.Place != audit.GitHubRepo {
		return in.TunedItself(d)
	}
	tuned := false
	for _, card := range in.Of(audit.DocModelCard) {
		if card.Role == audit.RoleBase && document.Readable(card) &&
			identity.SameMaker(identity.Owner(card.PlaceID), identity.Owner(d.PlaceID)) {
			if tuned = in.MadeFromOthers(card.PlaceID) == card; !tuned {
				return false
			}
		}
	}
	return tuned
}

// ShowsMaking reports whether a card shows that its makers made the model from
// the beginning.
func ShowsMaking(body []byte) bool {
	if trainedOnFurther.Match(body) { // it is presented as what came of that
		return WasMade.Match(trainedOnFurther.ReplaceAll(body, nil))
	}
	return WasMade.Match(body) || presented.Match(body)
}

// trainedOnFurther matches words for a training that goes on from another.
var trainedOnFurther = phrases.ExpressionOf("kin.trained-on-further")
