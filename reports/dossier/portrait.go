package dossier

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/reports"
	"openness/reports/evidence"
	"openness/rubric"
)

// A portrait is a model on one page: what was found, on which words it rests
// most, what is missing, and how to check all of it. The evidence follows it.
// Everything in it is bounded, so that the page holds the longest model.

// Bounds of the portrait, in characters and entries.
const (
	portraitQuotes = 3
	portraitQuote  = 230
	portraitReason = 150
	portraitShort  = 100
	portraitLines  = 8
	portraitName   = 34
)

// why says in two sentences how the classes stand, and what counts most against
// openness.
func why(list []evidence.Judged) string {
	if len(list) == 0 {
		return ""
	}
	parts := []string{}
	for _, c := range reports.Classes() {
		names := namesOf(list, c)
		if len(names) == 0 {
			continue
		}
		word := string(c)
		if c == rubric.Undetermined {
			word = "not known"
		}
		parts = append(parts, fmt.Sprintf("%d %s (%s)", len(names), word, strings.Join(names, ", ")))
	}
	said := fmt.Sprintf("Of %s: %s.", reports.Plural(len(list), "dimension", "dimensions"), strings.Join(parts, "; "))
	if j := heaviest(list); j != nil {
		word := map[rubric.Class]string{rubric.Closed: "What is closed first", rubric.Partial: "What is partial first",
			rubric.Undetermined: "What is not known first"}[j.Class]
		said += fmt.Sprintf(" %s: %s. %s", word, lowerFirst(reports.Heading(j.Dimension)),
			reports.ShortWords(reports.Visible(j.Reason), portraitReason))
	}
	return said
}

// namesOf are the names of the dimensions that have a class.
func namesOf(list []evidence.Judged, c rubric.Class) []string {
	names := []string{}
	for i := range list {
		if list[i].Class == c {
			names = append(names, lowerFirst(reports.Shorten(reports.Visible(reports.Heading(list[i].Dimension)),
				reports.LongestName)))
		}
	}
	return names
}

// lowerFirst writes a heading within a sentence; an abbreviation stays.
func lowerFirst(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && (s[1] < 'A' || s[1] > 'Z') {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

// heaviest is the dimension that counts most against openness: closed before
// partial before not known, the greatest weight first, then in the rubric's order.
func heaviest(list []evidence.Judged) *evidence.Judged {
	var found *evidence.Judged
	for _, c := range []rubric.Class{rubric.Closed, rubric.Partial, rubric.Undetermined} {
		for i := range list {
			if j := &list[i]; j.Class == c && (found == nil || j.Dimension.Weight > found.Dimension.Weight) {
				found = j
			}
		}
		if found != nil {
			return found
		}
	}
	return nil
}

// strongest are the quotes on which the classes rest most: of each dimension
// the passage that by itself proves the class, the most telling ones first.
func strongest(list []evidence.Judged) []evidence.Evidence {
	type proof struct {
		evidence.Evidence
		strength, order int
	}
	proofs := []proof{}
	for i := range list {
		j := &list[i]
		if j.Class == rubric.Undetermined || len(j.Evidence) == 0 {
			continue
		}
		e := j.Evidence[0]
		if e.Read == "" {
			continue
		}
		e.Note = reports.Heading(j.Dimension) + ": " + string(j.Class)
		proofs = append(proofs, proof{e, strengthOf(&e), i})
	}
	slices.SortStableFunc(proofs, func(a, b proof) int { return cmp.Or(b.strength-a.strength, a.order-b.order) })
	chosen := []evidence.Evidence{}
	for _, p := range proofs {
		if len(chosen) == portraitQuotes {
			break
		}
		if !slices.ContainsFunc(chosen, func(e evidence.Evidence) bool {
			return evidence.WordsKey(&e) == evidence.WordsKey(&p.Evidence)
		}) {
			chosen = append(chosen, p.Evidence)
		}
	}
	return chosen
}

// strengthOf says how much a quote tells a reader by itself: said of the model,
// as done, directly, in a sentence of a length that can be quoted.
func strengthOf(e *evidence.Evidence) int {
	n := 0
	for _, tells := range []bool{e.About == audit.AboutOwn, e.Mode == audit.Done ||
		e.Mode == audit.DeniedMode, !e.Indirect, e.Verified,
		len(e.Read) >= 30 && len(e.Read) <= portraitQuote, strings.Count(e.Read, " ") >= 4,
		strings.HasSuffix(e.Read, "."),
		!strings.ContainsAny(e.Read, "=_{}"), !strings.HasPrefix(e.Quote, "@")} {
		if tells {
			n++
		}
	}
	return n
}

// firstSentence is the beginning of a reason, which tells most of it.
func firstSentence(s string) string {
	s = reports.VisibleStart(s, reports.LongestQuote)
	for i := range s { // a number's point ends no sentence
		if i > 20 && strings.HasPrefix(s[i:], ". ") && (s[i-1] < '0' || s[i-1] > '9') {
			s = s[:i+1]
			break
		}
	}
	return reports.ShortWords(s, portraitReason)
}

// A missingPart is what keeps a model from being open, in a line.
type missingPart struct {
	Name, Reason string
	Class        rubric.Class
}

// missing lists what is not open, closed first, and how many lines were left out.
func missing(list []evidence.Judged) (parts []missingPart, more int) {
	for _, c := range []rubric.Class{rubric.Closed, rubric.Partial, rubric.Undetermined} {
		for i := range list {
			if j := &list[i]; j.Class == c {
				parts = append(parts, missingPart{reports.Heading(j.Dimension), reports.ShortWords(j.Reason,
					portraitShort), c})
			}
		}
	}
	if len(parts) > portraitLines {
		parts, more = parts[:portraitLines-1], len(parts)-portraitLines+1
	}
	return parts, more
}

// digestOf is the SHA-256 of the dossier as JSON, which anyone can make again: see
// verifyWith. The assessments are given as lines, see reports.AssessmentLines.
func digestOf(assessments [][]byte) string {
	h := sha256.New()
	_ = reports.WriteAssessmentLines(h, assessments) // a hash takes all that is written
	return hex.EncodeToString(h.Sum(nil))
}

// Portray completes a dossier's data by its portrait. The model's assessments are given as
// reports.AssessmentLines, for whoever writes a dossier may need them too.
func (d *View) Portray(tool string, assessments [][]byte) {
	list := []evidence.Judged{}
	for _, g := range d.Groups {
		list = append(list, g.Judged...)
	}
	d.Why, d.Strongest, d.Tool = why(list), strongest(list), tool
	d.Missing, d.More = missing(list)
	d.Digest = digestOf(assessments)
}
