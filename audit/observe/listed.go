package observe

import (
	"slices"
	"strings"
	"time"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/observe/licences"
	"openness/audit/observe/weights"
)

// A ListReader reads entries of a hub's list. It remembers what licence tags say:
// millions of models share some hundreds of them.
type ListReader struct {
	tags map[string]tagMeaning
}

type tagMeaning struct {
	id    string
	class audit.ListedLicence
}

// NewListReader returns a ListReader, which one goroutine may use.
func NewListReader() *ListReader { return &ListReader{tags: make(map[string]tagMeaning)} }

// maxRemembered bounds the tags that a ListReader remembers: anybody may write one.
const maxRemembered = 1 << 16

// Read gives what an entry tells. It keeps nothing of m but strings.
func (r *ListReader) Read(m *hub.Model) audit.Listed {
	l := audit.Listed{Model: m.ID, SHA: m.SHA, Gate: listedGate(m.Gated), Weights: weights.WeightsListed(m),
		Relation: m.BaseRelation,
		Bases:    slices.Clone(m.BaseModels), Datasets: slices.Clone(m.Datasets), Papers: slices.Clone(m.ArXiv),
		Library: m.Library, Pipeline: m.Pipeline,
		Downloads: listedCount(m.Downloads), Likes: listedCount(m.Likes), Parameters: listedCount(m.Parameters)}
	l.Created, _ = time.Parse(time.RFC3339, m.CreatedAt) // a time that is none is not known
	l.Modified, _ = time.Parse(time.RFC3339, m.LastModified)
	if m.SiblingsKnown {
		l.Card = audit.CardMissing
		if slices.Contains(m.Siblings, "README.md") {
			l.Card = audit.CardThere
		}
	}
	if m.Disabled != nil && *m.Disabled {
		l.Weights = audit.WeightsUnlisted // the hub withholds the files
	}
	r.licence(m, &l)
	return l
}

func listedCount(n *int64) int64 {
	if n == nil || *n < 0 {
		return -1
	}
	return *n
}

func listedGate(gated string) string {
	switch gated {
	case "false":
		return "none"
	case "auto":
		return "automatic"
	case "manual", "true":
		return "manual"
	}
	return ""
}

// licence reads the licence tags: a tag is what a person chose, and no text of a
// licence was read.
func (r *ListReader) licence(m *hub.Model, l *audit.Listed) {
	switch len(m.Licenses) {
	case 0:
		if m.TagsKnown {
			l.Class = audit.LicenceNone
		}
	case 1:
		tag := r.tag(m.Licenses[0])
		if tag.class == audit.LicenceUnclear && m.LicenseName != "" {
			if named := r.tag(m.LicenseName); named.class != audit.LicenceUnclear && named.class != audit.LicenceNone {
				tag = named
			}
		}
		l.Licence, l.Class = tag.id, tag.class
		if !strings.EqualFold(tag.id, m.Licenses[0]) {
			l.Tags = slices.Clone(m.Licenses)
		}
	default:
		l.Tags, l.Class = slices.Clone(m.Licenses), audit.LicenceUnclear
		ids := make([]string, 0, len(m.Licenses))
		for _, t := range m.Licenses {
			ids = append(ids, r.tag(t).id)
		}
		if slices.Sort(ids); len(slices.Compact(ids)) == 1 {
			l.Licence, l.Class = ids[0], r.tag(m.Licenses[0]).class
		}
	}
}

func (r *ListReader) tag(text string) tagMeaning {
	if t, ok := r.tags[text]; ok {
		return t
	}
	var t tagMeaning
	t.id, t.class = licences.OfTag(text)
	if len(r.tags) >= maxRemembered {
		clear(r.tags)
	}
	r.tags[text] = t
	return t
}

// A ListedBase is what the list tells of the model that another was made from.
type ListedBase struct {
	Weights audit.ListedWeights
	Gate    string
}

// ListedReadings are what classes can rest on in an entry. base is nil where the
// model that it was made from is not known, not listed, or one of several that
// differ. Nothing that an entry does not tell is read as absent: cards, papers,
// licence texts, data and code were not looked at, and what a card links may lie
// elsewhere. That an entry shows what it tells counts as a quote, which the list's
// page holds.
func ListedReadings(l *audit.Listed, base *ListedBase) []audit.Reading {
	b := listedReadings{}
	b.weights(weights.EndSlot, l.Weights, l.Gate)
	if base != nil {
		b.weights(weights.BaseSlot, base.Weights, base.Gate)
	} else {
		b.add("weights.base.published", audit.NotFetched, "", audit.RoleBase)
	}
	for _, id := range l.Bases {
		b.add("weights.base.id", audit.Present, id, audit.RoleEnd)
	}
	for _, id := range l.Datasets {
		b.add("data.datasets", audit.Present, id, audit.RoleEnd)
	}
	// that a tag is open, the texts may limit
	if l.Class == audit.LicenceNoncommercial || l.Class == audit.LicenceRestricted {
		b.add("license.weights.id", audit.Present, l.Licence, audit.RoleEnd)
		b.add("license.weights.openness", audit.Present, string(l.Class), audit.RoleEnd)
	}
	for _, fact := range []string{"license.weights.id", "license.weights.openness", "license.code.openness",
		"license.data.openness", "card.published",
		"card.substance", "paper.preprint", "paper.reviewed", "data.pretraining.disclosure",
		"data.finetuning.disclosure", "code.repository"} {
		b.add(fact, audit.NotFetched, "", audit.RoleEnd)
	}
	return b
}

type listedReadings []audit.Reading

func (b *listedReadings) add(fact string, f audit.Finding, value string, role audit.Role) {
	*b = append(*b, audit.Reading{Fact: audit.FactAt(fact), Finding: f, Value: value, Role: role,
		Quoted: f == audit.Present})
}

// weights reads the files and the gate of one model into the facts of its slot. Where
// none are listed, a page may link weights that lie elsewhere, behind another gate.
func (b *listedReadings) weights(s weights.Slot, w audit.ListedWeights, gate string) {
	published := w == audit.WeightsWhole || s.Delta != "" && (w == audit.WeightsAdapter || w == audit.WeightsEither)
	switch {
	case published:
		b.add(s.Published, audit.Present, "true", s.Role)
	case w == audit.WeightsUnclear:
		b.add(s.Published, audit.Unreadable, "", s.Role)
	default: // a base that is a difference has a base of its own, which was not found
		b.add(s.Published, audit.NotFetched, "", s.Role)
	}
	if published && gate != "" {
		b.add(s.Gate, audit.Present, gate, s.Role)
	} else {
		b.add(s.Gate, audit.NotFetched, "", s.Role)
	}
	switch {
	case s.Delta == "":
	case w == audit.WeightsAdapter:
		b.add(s.Delta, audit.Present, "true", s.Role)
	case w == audit.WeightsWhole:
		b.add(s.Delta, audit.NotThere, "", s.Role)
	default:
		b.add(s.Delta, audit.NotFetched, "", s.Role)
	}
}
