package licences

import (
	"path"
	"slices"
	"strings"
	"sync"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/identity"
	"openness/audit/license"
	"openness/audit/observe/document"
	"openness/audit/observe/whose"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What the phrase book says of limits on use: another wording is a line of YAML.

// limitBook is the part of the book on limits (audit/phrases/licence.limit.*.yaml).
var limitBook = sync.OnceValue(func() *phrases.Book { return phrases.Default().Of("licence.limit") })

// standing are what the book finds in a text, without what it takes back.
func standing(all []phrases.Match) []phrases.Match {
	taken := takenBack(all)
	return slices.DeleteFunc(slices.Clone(all), func(m phrases.Match) bool {
		return slices.ContainsFunc(taken, func(n phrases.Match) bool { return m.Start < n.End && n.Start < m.End })
	})
}

// takenBack are the places where a text says that there is no limit.
func takenBack(all []phrases.Match) []phrases.Match {
	var taken []phrases.Match
	for _, m := range all {
		if m.Phrase.Value == "none" {
			taken = append(taken, m)
		}
	}
	return taken
}

// withoutTaken is a text, of the same length, without what takes a limit back, and
// what the book finds in it: "no restrictions on commercial use" is no limit.
func withoutTaken(text string, all []phrases.Match) (string, []phrases.Match) {
	taken := takenBack(all)
	if len(taken) == 0 {
		return text, all
	}
	body := []byte(text)
	for _, m := range taken {
		page.Blank(body[m.Start:m.End])
	}
	return string(body), standing(limitBook().Find(body))
}

// limitValues are the values of the book that limit, in the order in which they
// are weighed: what is in doubt counts only where nothing is certain.
var limitValues = []string{"research", "forbidden", "ask", "size", "territory", "outputs", "uses", "doubt"}

// addBook adds to a limit what a phrase of the book says. A text that grants
// commerce excludes none.
func (l *limit) addBook(value string, granted bool) bool {
	switch value {
	case "forbidden", "research":
		if granted {
			return false
		}
		l.commercial, l.research = license.Forbidden, l.research || value == "research"
	case "ask":
		l.add(limit{commercial: license.Conditional})
	case "size":
		l.add(limit{commercial: license.Conditional, size: true})
	case "territory":
		l.add(limit{commercial: license.Conditional, territory: true})
	case "outputs":
		l.add(limit{outputs: true})
	case "uses":
		l.add(limit{uses: true})
	case "doubt":
		if granted || *l != (limit{}) {
			return false
		}
		*l = limit{commercial: license.Conditional, soft: true}
	default:
		return false
	}
	return true
}

// says reports whether a value is among what the book finds in a text.
func says(all []phrases.Match, value string) bool { return has(standing(all), value) }

func has(all []phrases.Match, value string) bool {
	return slices.ContainsFunc(all, func(m phrases.Match) bool { return m.Phrase.Value == value })
}

// uncovered reads a sentence that puts the weights outside of the licence that
// it speaks of, as terms that nobody read.
func uncovered(d *audit.Document, p page.Passage, all []phrases.Match) []licence {
	if d.Role == audit.RoleBase || !says(all, "uncovered") {
		return nil
	}
	return []licence{{component: "weights", id: Unknown, source: fromProse, doc: d,
		span: page.Clip(d.Body, p.Span, p.Span.Start), unread: true}}
}

// ofService reports whether a limit on a model's card is said of "the service": the
// words are copied from page to page, and whether they mean the weights is in doubt.
func ofService(d *audit.Document, text string, kinds map[int]bool) bool {
	return d.Role == audit.RoleEnd && d.Kind == audit.DocModelCard && len(kinds) == 1 && kinds[objectOther] &&
		strings.Contains(text, "the service ")
}

// limitsPage reports whether a clause that names nobody limits the page's model: it
// stands below the title alone, whose name may be the base's, and below no heading
// for another model.
func limitsPage(sp *whose.Speaker, c *page.Page, section int, clause string) bool {
	for ; section > 1; section = c.Sections[section].Parent {
		if slices.ContainsFunc(sp.Mentions(c.Sections[section].Heading), func(m identity.Mention) bool {
			return whose.Others(sp.Class(m.Name))
		}) {
			return false
		}
	}
	_, _, _, ok := limitIn(strings.ToLower(clause))
	return ok
}

// boundName matches the words by which a short heading is a statement of a limit.
var boundName = phrases.ExpressionOf("licence.bound-name")

// formLimits reads the limits in the form that the hub shows before a download,
// which is kept in the front matter. The form stays there when the gate is taken
// away: then what it says is in doubt.
func (in *Reader) formLimits(d *audit.Document) []licence {
	if d.Role == audit.RoleBase {
		return nil
	}
	gated := sync.OnceValue(func() bool { return in.gateUp(d.PlaceID) })
	var out []licence
	for _, f := range in.Card(d).Front.Fields {
		if !strings.HasPrefix(f.Key, "extra_gated_") {
			continue
		}
		if len(f.Value) >= minLicenceText {
			if text := identifyText([]byte(f.Value)); text.id != "" && understood(text.id) {
				out = append(out, licence{component: componentFor(d), id: text.id, source: fromProse, doc: d,
					span: fieldLine(d, f)})
				continue // a whole licence, whose terms are known
			}
		}
		_, asked, _ := strings.Cut(f.Key, ".") // the label of a field is its key
		for line := range strings.Lines(strings.ToLower(asked + "\n" + f.Value)) {
			if l, _, _, ok := limitIn(line); ok {
				l.soft = !gated()
				out = append(out, licence{component: componentFor(d), id: Unknown, source: fromProse, doc: d,
					span: fieldLine(d, f), limit: &l})
			}
		}
	}
	return out
}

// gateUp reports whether the hub says that a gate stands before a model.
func (in *Reader) gateUp(id string) bool {
	return slices.ContainsFunc(in.Of(audit.DocModelAPI), func(api *audit.Document) bool {
		if api.PlaceID != id || !document.Readable(api) {
			return false
		}
		at, ok := document.JSONFields(api.Body)["gated"]
		return ok && string(document.Bytes(api, at)) != "false"
	})
}

// noticeLimits reads what a notice beside the weights, or a page of terms among those on
// the whole, says of their use. It is no licence, and may limit what the licence grants.
func (in *Reader) noticeLimits(d *audit.Document) []licence {
	name := strings.ToLower(path.Base(d.Path))
	if termsPlace(d) != ofWhole || formerText.MatchString(name) ||
		!strings.Contains(name, "notice") && !strings.Contains(d.Path, "/") {
		return nil
	}
	if collects(d) || len(license.Identify(d.Body).Matches) > 0 {
		return nil // notices and licences of what was taken over
	}
	return append(in.pageLimits(d), in.prescribed(d)...)
}

// prescribed reads the line that a licence asks to be kept in a notice beside weights
// that are passed on: "X is licensed under the Y License, Copyright Z". The model is X, or
// was made of it.
func (in *Reader) prescribed(d *audit.Document) []licence {
	if d.Place != audit.HubModel || d.Role != audit.RoleEnd {
		return nil
	}
	var out []licence
	for s := range in.Card(d).Sentences() {
		if text := d.Body[s.Span.Start:s.Span.End]; len(text) > maxStatement || !prescribedNotice.Match(text) {
			continue
		}
		for _, l := range in.statedLicences(d, s.Span, true) {
			l.component, l.general, l.ofCode = "weights", false, false
			out = append(out, l)
		}
	}
	return out
}

// longestNotice is the size in bytes up to which a notice is one of the model
// itself; longer ones are collections of others'.
const longestNotice = 4000

// collects reports whether a legal file is a collection of what others ask. A page of terms among those on
// the whole is none, however long.
func collects(d *audit.Document) bool {
	page := strings.Contains(d.Path, "/") && !strings.Contains(strings.ToLower(path.Base(d.Path)), "notice")
	return len(d.Body) > longestNotice && !page
}

// limitedName matches names of files with terms that a licence that is open has not.
var limitedName = pattern.MustCompile(`(?i)non[-_. ]?commercial|research|academic|\bnc\b|evaluation|community` +
	`|personal[-_ ]use|(?:\.pdf|\.docx?|\.rtf|\.odt)$`)

// unreadFile finds a file that nobody read: beside the weights, where no text was read, one that is named as terms
// narrower than an open licence or cannot be read as text; or terms in a folder of weights.
func (in *Reader) unreadFile(best licence) (*audit.Document, audit.Span, bool) {
	for _, api := range in.Of(audit.DocModelAPI) {
		if api.Role != audit.RoleEnd || !document.Readable(api) {
			continue
		}
		within, ok := document.JSONFields(api.Body)["siblings"]
		if !ok {
			continue
		}
		for _, f := range document.JSONStrings(api.Body, within, "rfilename") {
			ofWeights := hub.IsLegal(f.Value) && weightsFolder.MatchString(strings.ToLower(f.Value))
			limited := best.source != fromText && !strings.Contains(f.Value, "/") && legalName.MatchString(f.Value) &&
				limitedName.MatchString(f.Value)
			if !ofWeights && !limited {
				continue
			}
			read := slices.ContainsFunc(in.Of(audit.DocLicense), func(d *audit.Document) bool {
				return d.Place == api.Place && d.PlaceID == api.PlaceID && d.Path == f.Value
			})
			if !read {
				return api, f.Span, true
			}
		}
	}
	return nil, audit.Span{}, false
}

// legalName matches the names of files with terms.
var legalName = pattern.MustCompile(`(?i)licen[cs]e|agreement|\bterms\b|\beula\b`)

// namedLimit is the limit that the name of a licence nobody knows tells of.
func namedLimit(id string) *limit {
	if understood(id) || !strings.HasPrefix(id, "LicenseRef-") {
		return nil
	}
	l, _, _, ok := limitIn(strings.NewReplacer("-", " ", "_", " ", ".",
		" ").Replace(strings.ToLower(strings.TrimPrefix(id, "LicenseRef-"))))
	if !ok || l.commercial != license.Forbidden {
		return nil
	}
	return &l
}

// titleLicences reads the licence that a heading itself names.
func (in *Reader) titleLicences(d *audit.Document) []licence {
	var out []licence
	for _, s := range in.Card(d).Sections {
		if s.Title.End <= s.Title.Start || s.Level == 0 || len(strings.Fields(s.Heading)) > titleLimit {
			continue
		}
		text := d.Body[s.Title.Start:s.Title.End]
		if speaksOfLicence.Match(text) && !contributorLicence.Match(text) && !ofPart.Match(text) &&
			!in.Elsewhere(d, text) && !in.otherSubject(d, text) {
			out = append(out, in.statedLicences(d, s.Title, true)...)
		}
	}
	return out
}
