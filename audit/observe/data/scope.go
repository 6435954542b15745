package data

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/observe/document"
	"openness/audit/observe/sources"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// OtherData is why what a page says of other models does not settle what this one's data is.
const OtherData = "The page speaks of the data of another model or checkpoint and not of this one's."

// unsettled says why a passage leaves open what the data is: it says that the
// data is public and not where, or names that of another checkpoint. Otherwise
// it gives "".
func (r *dataReader) unsettled(p page.Passage, role audit.Role, value string, said dataSaid) string {
	switch {
	case value != "" && r.ofOther(p, role), value == "downloadable" && r.releasedWithOther(p):
		return OtherData
	case (value == "described" || value == "") && said.offered && !denial.MatchString(p.Text):
		return "The page says that the data is public and not where it lies."
	case value == "" && !denial.MatchString(p.Text) && r.naming(p, said) == namesMaybe:
		return bareNote
	}
	return ""
}

// bareNote is why a name that may be that of a machine or a model settles nothing.
const bareNote = "The sentence names what the model was trained on, and not whether that is data."

// openDoubts lists the doubts on facts of which no page says which data it was. Where a page describes data, a name
// elsewhere that may be none's is no doubt.
func (r *dataReader) openDoubts(found []audit.Observation) []audit.Observation {
	return slices.DeleteFunc(r.doubts, func(doubt audit.Observation) bool {
		return slices.ContainsFunc(found, func(o audit.Observation) bool {
			return o.Fact == doubt.Fact && (o.Value == "listed" || o.Value == "downloadable" ||
				o.Value == "described" && doubt.Note == bareNote)
		})
	})
}

// ofOther reports whether a passage speaks of another model or checkpoint.
func (r *dataReader) ofOther(p page.Passage, role audit.Role) bool {
	return r.otherCheckpoint(p, role) || r.othersSection(p) || r.otherGeneration(p, role) || r.ofTunedSibling(p, role)
}

// ofTunedSibling reports whether a passage tells of a tuning on a page that gives out a
// tuned model of the family, where the audited one is another and nothing in its name
// says that it was tuned: the data of the tuning is the other's. Where its name says that it was
// not, though it was made from others' model, only words for a pre-training, or its name, make data its own.
func (r *dataReader) ofTunedSibling(p page.Passage, role audit.Role) bool {
	untuned := identity.NamedBase(r.ID())
	if role != audit.RoleEnd || !untuned && (r.lineage != selfBase || p.Doc.Place != audit.GitHubRepo) {
		return false
	}
	pre, fine := r.speaksOf(p.Text + " " + p.Heading)
	return !pre && (fine || untuned && r.lineage == ForeignBase && !r.beginsWithModel(p)) &&
		r.tuned.Of(p.Doc, r.givesTunedSibling)
}

// beginsWithModel reports whether a passage says of this very model by its name what it is or how it was made, and
// names no other of its family.
func (r *dataReader) beginsWithModel(p page.Passage) bool {
	raw := string(p.Raw())
	named := r.Speaker.Mentions(raw)
	return len(named) > 0 && identity.SameName(named[0].Name, r.ID()) && bareThe.MatchString(raw[:named[0].Start]) &&
		saysOfIt.MatchString(raw[named[0].End:]) && !slices.ContainsFunc(named, func(m identity.Mention) bool {
		return r.Speaker.Class(m.Name) == audit.AboutSibling
	})
}

var (
	// bareThe matches what may stand before the name of a sentence's subject: an article and marks.
	bareThe = pattern.MustCompile(`^\W*(?i:the |this )?\W*$`)
	// saysOfIt matches behind such a name a verb that tells what it is or how it was made.
	saysOfIt = pattern.MustCompile(`^\S*(?: model)? (?:is|was|has been)\b`)
)

// untunedBesideTuned reports whether the model is called untuned by its name, and a page gives out a tuned one of its
// family.
func (r *dataReader) untunedBesideTuned(d *audit.Document) bool {
	return identity.NamedBase(r.ID()) && r.tuned.Of(d, r.givesTunedSibling)
}

// givesTunedSibling reports whether a page links a tuned model of the family that is not the audited one.
func (r *dataReader) givesTunedSibling(d *audit.Document) bool {
	return slices.ContainsFunc(document.ModelLinks(r.ServedBody(d)), func(l document.Reading) bool {
		return identity.BaseOf(r.ID(), l.Value) || identity.Tuned(l.Value) && identity.SameFamily(l.Value, r.ID()) &&
			!identity.SameName(l.Value, r.ID())
	})
}

// releasedWithOther reports whether a passage gives out data together with a model of
// another name: "we released [Owl-7B] along with the dataset [owl-songs]".
func (r *dataReader) releasedWithOther(p page.Passage) bool {
	raw := p.Raw()
	linked := document.ModelLinks(raw)
	if len(linked) == 0 || !givenOut.Match(raw) {
		return false
	}
	return !slices.ContainsFunc(linked, func(l document.Reading) bool {
		family := identity.Family(path.Base(l.Value))
		return identity.SameName(l.Value, r.ID()) || strings.EqualFold(l.Value, r.Subject.Base) ||
			family == r.FamilyName() ||
			strings.Contains(identity.Squash(path.Base(r.ID())), family)
	})
}

// givenOut matches words for what is given out.
var givenOut = pattern.MustCompile(`(?i)\b(?:releas|open-?sourc|publish)\w*\b|开源|发布`)

// modelTitle matches a heading that names a model with its version and size.
var modelTitle = pattern.MustCompile(`[a-z][a-z-]{2,}[- ]?v?\d[\d.]*[- ]\d[\d.]*b\b`)

// othersSection reports whether a passage stands below a heading that names a
// model of another family: a trainer's page tells what else was made with it.
func (r *dataReader) othersSection(p page.Passage) bool {
	return modelTitle.MatchString(p.Heading) && !r.FamilyWord.MatchString(p.Heading) && (r.Subject.Base == "" ||
		!identity.SameFamily(r.Subject.Base, "/"+modelTitle.FindString(p.Heading)))
}

// otherGeneration reports whether a passage names the family with another
// number than the model's, and the model's nowhere.
func (r *dataReader) otherGeneration(p page.Passage, role audit.Role) bool {
	return role == audit.RoleEnd && r.OtherNumber(p.Text)
}

// itemName matches the name that an item of a list begins with, set off from what
// is said of it: "3. **falco-speech-nest** (default): ...".
var itemName = phrases.ExpressionOf("data.item-name")

// otherCheckpoint reports whether a passage begins with the name of another
// checkpoint of the family: what follows is said of that one.
func (r *dataReader) otherCheckpoint(p page.Passage, role audit.Role) bool {
	id := r.ID()
	if role == audit.RoleBase && r.Subject.Base != "" {
		id = r.Subject.Base
	}
	start := page.BeginOfLine(p.Doc.Body, p.Span.Start)
	m := itemName.FindSubmatch(p.Doc.Body[start:p.Span.End])
	if m == nil || document.HubDataset.Match(p.Doc.Body[start:p.Span.End]) {
		return false
	}
	name, mine, base := identity.Squash(path.Base(string(m[1]))), identity.Squash(path.Base(id)),
		identity.Squash(path.Base(r.Subject.Base))
	family := identity.Family(path.Base(id))
	return len(family) >= identity.MinFamily && strings.HasPrefix(name, family) && name != family &&
		!strings.HasPrefix(mine, name) && name != base
}

// tellsOfOthers reports whether a page belongs to a repository that is not this
// model's own project: a trainer or handbook of the same makers, whose front page
// does not begin with the model. Of it counts what names the model.
func (r *dataReader) tellsOfOthers(d *audit.Document) bool {
	if d.Place != audit.GitHubRepo || sources.HubID(r.Reader.Set, audit.RoleEnd) == "" {
		return false
	}
	front := r.FrontPagesOf(d.PlaceID)
	return len(front) > 0 && !r.SpeaksFor(front[0])
}
