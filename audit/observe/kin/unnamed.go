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
)

// Most models on a hub were tuned or merged from another, and many cards do not
// say from which. Such a model is not its own base: what its card lists as data
// is that of the tuning, and its base is unknown, not missing.

var (
	// wasTuned matches a card's statement, or tag, that the model was made from
	// another one.
	wasTuned = pattern.MustCompile(`(?i)\b(?:is|was|are|were|been|model|version` +
		`|variant)\b[^.\n]{0,30}\b(?:fine[- ]?tuned?|merged?|instruction[- ]tuned)\b|\b(?:an?|the` +
		`|this) (?:[\w.-]+ ){0,3}(?:fine[- ]?tuned?|(?:instruct(?:ion)?|preference)[- ](?:fine-?)?tuned` +
		`|merged) (?:[\w.-]+ ){0,3}model\b|\b(?:fine[- ]?tun(?:e|ed|ing)|merge) of\b|\bfine[- ]?tuned (?:on|with` +
		`|using|for)\b|\b(?:obtained|produced|made|created|results?|resulting) (?:after|by|from` +
		`|through) (?:further )?fine[- ]?tuning\b|\b(?:trained|built) on top of\b|\ban? (?:\w+ )?merger? (?:of` +
		`|between|with|using|done|that|focus\w+)\b|\bmerged with\b|\b[Tt]his (?:\w+ )?merger?\b|\b(?:qlora|mergekit` +
		`|slerp|axolotl)\b|\blora (?:adapter|fine[- ]?tun\w*|training|weights)\b|(?m:^- (?:merge|dpo|sft|finetuned?` +
		`|lora)\s*$)`)
	// WasMade matches a statement on a training from the beginning.
	WasMade = pattern.MustCompile(`(?i)\bpre-?trained? (?:on|from|with|using|for|in|over)\b` +
		`|\bpre-?train(?:ed)? [^.\n]{0,40}\bon (?:a|the|\d)|\bpre-?training (?:data|corpus|corpora|datasets?` +
		`|procedure|stages?|objective|phase|tokens)\b|\b(?:train\w*|models?)\b[^.\n]{0,60}\bfrom scratch\b` +
		`|\bfrom scratch,? (?:train|pre-?train)\w*\b|\b\d{1,3}(?:,\d{3}){3,} tokens\b|\b[\d.,]+ ?(?:[TB]|trillion` +
		`|billion) (?:\w+ )?tokens\b`)
	// presented matches how makers present a model of their own: by its size, by
	// the amount of what it was trained on, by what it was pre-trained to do.
	presented = pattern.MustCompile(`(?i)\b\d[\d.]*[ -]?(?:billion|million|[BM])[- ](?:total )?param(?:eter)?s?\b` +
		`|\bparameters? (?:count|size)\b|\bnum(?:ber of)? param|\bpre-?training (?:&|and)\b|\bfor pre-?training\b` +
		`|\b(?:is|are|an?|our) (?:[\w.,-]+ ){0,4}(?:pre-?trained|foundation) (?:[\w-]+ ){0,4}(?:models?` +
		`|transformers?)\b|\btrained (?:on|with|using|over)\b[^.\n]{0,80}\b\d[\d.,]* ?(?:k|m|b|million|billion` +
		`|thousand)?\+? ?(?:[\w-]+ )?(?:hours|images|videos|clips|pairs|sentences|words|documents|[GT]B)\b` +
		`|\b(?:masked|causal|autoregressive|permuted) language model?ling\b|\bnext sentence prediction\b` +
		`|\bself-supervised\b`)
)

// notTuned matches what makes such a statement one on what was not done, or may
// be done by others.
var notTuned = pattern.MustCompile(`(?i)\b(?:not|never|n't|can|could|may|might|should|be|if|when|you|your|to` +
	`|intended|unlike|compared|other|such as|for example)\b`)

// beforeStatement is how many bytes before a statement may turn it round.
const beforeStatement = 60

// sentenceEnd matches where a sentence ends. A line break alone ends none: many
// cards are wrapped by hand.
var sentenceEnd = pattern.MustCompile(`[.!?]\s|\n\s*\n|\n\s*[-*+#|>]`)

// saysTuned reports whether a card says outright that the model was tuned.
func saysTuned(body []byte) bool {
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
		if len(repeated) > 0 || saysTuned(words) || identity.BearsOthers(in.ID()) ||
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
	family := identity.Family(path.Base(in.ID()))
	return in.accountBearsName() || slices.ContainsFunc(in.Repositories(), func(id string) bool {
		return strings.Contains(identity.Squash(path.Base(id)), family) || identity.NamedAfter(in.ID(), id)
	})
}

// TunedItself reports whether a base's card is that of a model that was itself
// tuned: the data that it lists is not that of a pre-training.
func (in *Pages) TunedItself(d *audit.Document) bool {
	return d.Kind == audit.DocModelCard && !WasMade.Match(in.Affirmed(d)) && (identity.Tuned(d.PlaceID) ||
		saysTuned(in.Affirmed(d)))
}

// ShowsMaking reports whether a card shows that its makers made the model from
// the beginning.
func ShowsMaking(body []byte) bool { return WasMade.Match(body) || presented.Match(body) }
