package claims

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"openness/audit"
	"openness/rubric"
)

// A dated is a date in a sentence: from its first day to its last, as exact as
// it is given.
type dated struct {
	start, end  int // bytes of the text, with the word before that says how it is meant
	from, until time.Time
	said        string
	since       bool // "since 2024"
	asOf        bool // "as of 2024", "today, in 2024"
	near        bool // of what is claimed
	release     bool // it is said when the model came out
	behind      bool // in background, which is not checked
	clause      int
}

// months by the letters that they begin with in the languages of the book.
var months = map[string]time.Month{"jan": 1, "ene": 1, "jän": 1, "feb": 2, "fév": 2, "fev": 2, "mar": 3, "mär": 3,
	"apr": 4, "avr": 4, "abr": 4, "may": 5,
	"mai": 5, "jun": 6, "juin": 6, "jul": 7, "juil": 7, "aug": 8, "aoû": 8, "ago": 8, "sep": 9, "oct": 10, "okt": 10,
	"nov": 11, "dec": 12, "dez": 12, "déc": 12, "dic": 12}

const (
	monthWord = `(?:jan|ene|jän|feb|fév|fev|mar|mär|apr|avr|abr|may|mai|jun|juin|jul|juil|aug|aoû|ago|sep|oct|okt|nov|dec|dez|déc|dic)\pL*\.?`
	sinceWord = `since|seit|depuis|desde|自从?|as of|stand|zum stand|as at|en date de|a fecha de|on|in|im|am|ab|en|le|el|durante|during|于|在`
)

// withinYear are words between "since" and the year that tell more exactly when.
const withinYear = `(?:the|dem|der|den|la|las|los|el|le|l'(?:année|été|automne|hiver)|of|de|del|des|early|late|mid|` +
	`spring|summer|autumn|fall|winter|beginning|end|start|middle|Jahr|Jahre|Frühjahr|Frühling|Sommer|Herbst|Winter|Anfang|` +
	`Ende|Mitte|début|fin|mi|printemps|été|automne|hiver|año|principios|finales|mediados|primavera|verano|otoño|invierno)`

// lazily compiles an expression when it is first asked: most commands check no claim.
func lazily(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// dateAt matches a date: a day in figures; day, month and year; month and year;
// the Chinese forms; a year by itself.
var dateAt = lazily(`(?i)(?:(^|[\s(,])(` + sinceWord + `)(?:\s+` + withinYear + `)*\s*)?` +
	`(?:\b(\d{4})-(\d{2})-(\d{2})\b|` +
	`(?:\b(\d{1,2})(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?)?\b(` + monthWord +
	`)(?:\s+(\d{1,2})(?:st|nd|rd|th)?,)?\s+(?:de\s+|of\s+)?((?:19|20)\d{2})\b|` +
	`((?:19|20)\d{2})\s*年(?:\s*(\d{1,2})\s*月)?(?:\s*(\d{1,2})\s*日)?(?:\s*(?:起|以来))?|` +
	`\b((?:19|20)\d{2})\b)`)

// releaseVerb matches verbs of releasing within the wording of a licence.
var releaseVerb = lazily(`(?i)releas|publi|launch|veröffentlich|发布|公开`)

// releaseNoun matches nouns for the day that something came out.
var releaseNoun = lazily(`(?i)\b(launch|release|debut|unveiling|veröffentlichung|vorstellung|erscheinen|lancement` +
	`|sortie|parution|lanzamiento|presentación|publicación)\b|发布|推出`)

// datesOf finds the dates of a text.
func datesOf(text string) []dated {
	var list []dated
	for _, m := range dateAt().FindAllStringSubmatchIndex(text, -1) {
		g := func(n int) string {
			if m[2*n] < 0 {
				return ""
			}
			return text[m[2*n]:m[2*n+1]]
		}
		year := cmp.Or(g(3), g(9), g(10), g(13))
		month := cmp.Or(g(4), g(11))
		if name := strings.ToLower(g(7)); name != "" {
			for letters, n := range months {
				if strings.HasPrefix(name, letters) && (len(letters) > 3 || month == "" || name[:2] != "ju") {
					month = strconv.Itoa(int(n))
				}
			}
		}
		d := dated{start: m[0], end: m[1]}
		if d.from, d.until = spanOf(year, month, cmp.Or(g(5), g(6), g(8), g(12))); d.from.IsZero() {
			continue
		}
		word := strings.ToLower(g(2))
		if word != "" {
			d.start = m[4]
		}
		if before, size := utf8.DecodeLastRuneInString(text[:d.start]); strings.ContainsRune("于在自从", before) {
			d.start, word = d.start-size, string(before)
		}
		d.said = strings.TrimSpace(text[d.start:d.end])
		d.since = strings.HasPrefix(word, "s") && word != "stand" || word == "depuis" || word == "desde" ||
			strings.HasPrefix(word, "自")
		d.asOf = word == "as of" || word == "as at" || strings.HasSuffix(word, "stand") || word == "en date de" ||
			word == "a fecha de"
		list = append(list, d)
	}
	return list
}

// spanOf is the first and last day of a year, a month or a day.
func spanOf(year, month, day string) (from, until time.Time) {
	y, err := strconv.Atoi(year)
	if err != nil {
		return from, until
	}
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	switch {
	case m < 1 || m > 12:
		from = time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)
		return from, from.AddDate(1, 0, -1)
	case d < 1 || d > 31:
		from = time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC)
		return from, from.AddDate(0, 1, -1)
	}
	from = time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return from, from
}

// dates finds the dates of the sentence, takes their words for read, and tells
// what each is said of.
func (p *parser) dates() {
	for _, d := range datesOf(p.text) {
		first := -1
		for i := range p.items {
			it := &p.items[i]
			if from, to := p.at(i), p.list[it.end-1].end; from < d.end && d.start < to && (it.tag == tagUnknown ||
				small(it.tag)) {
				if first < 0 {
					first = i
				}
				it.tag, it.w, p.used[i] = tagNeutral, nil, true
			}
		}
		if first < 0 {
			continue
		}
		d.behind = slices.Contains(p.behind, first)
		d.clause = first // an item; the clause is known once the sentence was walked over
		p.Dates = append(p.Dates, d)
	}
}

// dateKinds tells which dates say when the model came out: those beside a verb
// of releasing that no other component than the weights is the object of.
func (p *parser) dateKinds() {
	clauses := p.clausesOfItems()
	for n := range p.Dates {
		d := &p.Dates[n]
		at := d.clause
		d.clause = clauses[at]
		d.release = p.releasedNear(at)
		d.near = p.nearClaim(at)
	}
}

// nearClaim reports whether a date is said of a claim: no mark stands between
// them, or the sentence begins with the date.
func (p *parser) nearClaim(at int) bool {
	if p.prev(at-1, tagNeutral) < 0 {
		return true
	}
	for _, c := range p.Claims {
		from, to := min(at, c.last), max(at, c.first)
		if !slices.ContainsFunc(p.items[from:to], func(it item) bool { return it.tag == tagMark || it.tag == tagBut }) {
			return true
		}
	}
	return false
}

// releasedNear reports whether a verb of releasing stands in the stretch
// between marks that an item is in.
func (p *parser) releasedNear(at int) bool {
	is := func(i int) bool {
		it := p.items[i]
		if it.tag == tagClaim && it.w.Predicate == "license" && releaseVerb().MatchString(p.words(i)) ||
			it.tag == tagState && it.w.Value == "open-weights" && it.w.file == "zh.yaml" {
			return true // "released under the MIT licence", 公开权重
		}
		if (it.tag == tagUnknown || it.w != nil && it.w.Tag == tagAside) && i < at && i >= at-maxNoun &&
			releaseNoun().MatchString(p.words(i)) {
			return true // "after its launch in March 2023"
		}
		if it.tag == tagLink && beginsWith("existence", p.list[it.first:]) {
			return true // "gibt es seit 2025"
		}
		return it.w != nil && (it.w.Value == "published" || it.w.Value == "released") && (it.tag == tagState ||
			it.tag == tagNeutral)
	}
	for _, step := range []int{-1, 1} {
		for i := at; i >= 0 && i < len(p.items) && p.tag(i) != tagBut; i += step {
			if is(i) {
				return true
			}
			if p.tag(i) == tagMark && (step < 0 || p.prev(at-1, tagNeutral) >= 0) { // "On 1 March, Acme released"
				break
			}
		}
	}
	return false
}

// maxNoun is how many items a noun of releasing stands before its date.
const maxNoun = 3

// holds reports whether a date is that of the day that is looked at.
func (d *dated) holds(at time.Time) bool {
	return !at.Before(d.from) && !at.After(d.until.AddDate(0, 0, 1))
}

// toTheMonth reports whether a date is as exact as a month, so that one which fits
// the day of a release is that of the release.
func (d *dated) toTheMonth() bool { return d.until.Before(d.from.AddDate(0, 1, 0)) }

// checkDates judges what dates say of when a model came out, and gives the
// words of those that were looked at. The others are named as not checked. wrong
// tells that a date is false on which the whole sentence hangs.
func (k *Checker) checkDates(r *Reading, at time.Time) (more []Part, words []string, wrong bool) {
	for i := range r.Dates {
		d := &r.Dates[i]
		if d.behind || d.holds(at) && !d.release && !d.since {
			words = append(words, d.said)
			continue
		}
		c := r.claimAt(d.clause)
		if c == nil || c.Mood != Asserted || c.Model == "" || slices.ContainsFunc(r.Claims, func(o Claim) bool {
			return o.clause == d.clause && o.spanFirst // "for the first time since 2019"
		}) {
			continue
		}
		model, ok := k.Library.Model(c.Model, at)
		released, until := spanOfDate(model.Released)
		fits := !released.Before(d.from) && !until.After(d.until)
		if !ok || released.IsZero() || !(fits && d.toTheMonth()) && (!d.since && !d.release || !ofWhole(c)) {
			continue
		}
		p := Part{Text: d.said, Start: d.start, End: d.end, Model: &c.Model, Predicate: "released", Value: &d.said,
			Polarity: "asserted", Tense: Past,
			Reason: fmt.Sprintf("It was released on %s.", model.Released), Observations: []audit.Observation{}}
		p.Says = says(&Claim{Predicate: p.Predicate, Value: d.said})
		switch {
		case fits:
			p.Verdict = rubric.Supported
		case d.until.Before(released) && !model.Uploaded, d.release && !d.since && d.from.After(until):
			p.Verdict = rubric.Refuted
			wrong = wrong || !slices.ContainsFunc(r.Claims, func(o Claim) bool {
				return o.clause != d.clause || o.Mood != Asserted || !ofWhole(&o)
			})
		default:
			continue
		}
		more, words = append(more, p), append(words, d.said)
	}
	return more, words, wrong
}

// ofWhole reports whether a claim is on what comes out together with a model.
func ofWhole(c *Claim) bool {
	switch c.Predicate {
	case "open-weights", "downloadable", "gated", "open-source", "fully-open":
		return true
	}
	return c.Predicate == "license" && c.Component == "" || c.Predicate == "license" && c.Component == "open-weights"
}

// spanOfDate is the span of a date of the catalogue: "2024-02-01", "2024-02", "2024".
func spanOfDate(s string) (from, until time.Time) {
	f := append(strings.Split(s, "-"), "", "")
	return spanOf(f[0], f[1], f[2])
}

// claimAt is a claim of a clause on what comes out together with a model, or any of it.
func (r *Reading) claimAt(clause int) *Claim {
	var any *Claim
	for i := range r.Claims {
		if c := &r.Claims[i]; c.clause == clause {
			if ofWhole(c) {
				return c
			}
			any = c
		}
	}
	if any == nil && len(r.Claims) > 0 {
		any = &r.Claims[0]
	}
	return any
}

// pastState judges what is said of a past day where that day need not have been
// looked at: before a model was released it had no property, and what is not so
// now did not come to be so.
func (k *Checker) pastState(r *Reading, c *Claim, model Model) (rubric.Verdict, string, bool) {
	for i := range r.Dates {
		d := &r.Dates[i]
		if d.clause != c.clause || d.release || d.since || !d.near {
			continue
		}
		released, _ := spanOfDate(model.Released)
		switch {
		case !released.IsZero() && d.until.Before(released) && !c.Denied && !model.Uploaded:
			return rubric.Refuted, fmt.Sprintf("It was released on %s, after %s.", model.Released, d.said), true
		case !c.Denied && (r.became(c) || c.Predicate == "osi-approved"):
			if v, _ := verdictOf(c.Predicate, c.Value, false, model.Observations, &Part{}); v == rubric.Refuted {
				return v, "It did not become so: it is not so now.", true
			}
		}
	}
	return "", "", false
}

// became reports whether a claim says that something came to be.
func (r *Reading) became(c *Claim) bool {
	for i := range r.items {
		if i < c.first && r.items[i].tag == tagLink {
			switch strings.ToLower(r.words(i)) {
			case "became", "becomes", "went", "turned", "wurde", "est devenu", "devint", "se convirtió", "成为":
				return true
			}
		}
	}
	return false
}
