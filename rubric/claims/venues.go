package claims

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"openness/audit"
	"openness/rubric"
)

// Where a paper on a model was published: "the paper appeared at ICML". The place says
// more than that there is a paper, and is held against the one that was read.

const venueLists = "venue " // lists of the names of a venue are called so, and by it

// venueNames are the lists of the names of each venue, by it.
var venueNames = sync.OnceValue(func() map[string]*wordList {
	names := make(map[string]*wordList)
	for key, list := range lists() {
		// lists() has each list a second time, under its name and its file
		if venue, ok := strings.CutPrefix(key, venueLists); ok && !strings.Contains(venue, " ") {
			names[venue] = list
		}
	}
	return names
})

// venueAt is the venue whose name begins a stretch, and how many words the name has;
// the longest name counts.
func venueAt(list []token) (name string, words int) {
	for venue, l := range venueNames() {
		if n := l.takes(list); n > words {
			name, words = venue, n
		}
	}
	return name, words
}

// venues makes claims of the names of venues that stand with a paper, or with a verb
// of publishing. "A workshop at" one is another place: such words stay unread.
func (p *parser) venues() {
	for i := range p.items {
		venue, words := venueAt(p.list[p.items[i].first:])
		n := p.wholeItems(i, words)
		if n == 0 || !p.publishedAt(i) {
			continue
		}
		s := p.segmentOf(i)
		from := i - 1 // the last item in front that does not belong to "at the conference"
		for from >= s.start && (!p.aside(from) && p.tag(from) == tagNeutral || among("venue-word", p.words(from))) {
			from--
		}
		if !p.leadsToVenue(max(from, s.start)) {
			p.items[i].tag, p.items[i].w = tagUnknown, nil // "at a workshop at"
			continue
		}
		for k := s.start; k < i; k++ {
			if k > from || paperItem(p.items[k]) || p.publishesPaper(p.items[k]) {
				p.take(k)
			}
		}
		for k := i + n; k < s.end; k++ {
			if p.publishesPaper(p.items[k]) || among("venue-word", p.words(k)) {
				p.take(k)
			}
		}
		for k := i + 1; k < i+n; k++ {
			p.take(k)
		}
		p.items[i].end = p.items[i+n-1].end
		p.items[i].tag = tagClaim
		p.items[i].w = &wording{Tag: tagClaim, Predicate: "venue", Value: venue, file: p.mainLanguage()}
	}
}

// publishedAt reports whether the segment of a venue's name speaks of a paper, or of
// publishing in front of the name, and of no component: "published its weights at".
func (p *parser) publishedAt(i int) bool {
	s := p.segmentOf(i)
	within := p.items[s.start:s.end]
	if slices.ContainsFunc(within, func(it item) bool { return it.tag == tagPart }) {
		return false
	}
	return slices.ContainsFunc(within, paperItem) || slices.ContainsFunc(p.items[s.start:i], p.publishesPaper)
}

// leadsToVenue reports whether a venue can be what an item is said of.
func (p *parser) leadsToVenue(k int) bool {
	it := p.items[k]
	return paperItem(it) || p.publishesPaper(it) || it.tag == tagModel || it.tag == tagOf
}

func paperItem(it item) bool {
	return it.tag == tagTopic && (it.w.Value == "paper" || it.w.Value == "peer-reviewed")
}

// publishesPaper reports whether an item is a verb of publishing a paper.
func (p *parser) publishesPaper(it item) bool {
	return it.tag != tagModel && it.tag != tagTopic && amongTokens("venue-verb", p.list[it.first:it.end])
}

// venueVerdict holds the place of a paper against all those that were read.
func venueVerdict(c *Claim, observations []audit.Observation, p *Part) (rubric.Verdict, string) {
	var elsewhere []string
	unsure := false
	for _, o := range observations {
		if o.Fact != "paper.venue" || o.Finding == audit.NotThere {
			continue
		}
		p.Observations = append(p.Observations, o)
		venue := ""
		if o.Finding == audit.Present && ofOwnPaper(&o, observations) && !amongTokens("venue-part", tokens(o.Quote, nil)) {
			venue = wholeVenue(o.Value)
		}
		switch venue {
		case c.Value:
			return flip(rubric.Supported, c.Denied), fmt.Sprintf("The paper was published there (%s).", o.Value)
		case "":
			unsure = true
		default:
			elsewhere = append(elsewhere, o.Value)
		}
	}
	if elsewhere == nil || unsure {
		return rubric.Unverifiable, "Where a paper on it was published was not settled."
	}
	return flip(rubric.Refuted, c.Denied),
		fmt.Sprintf("The paper was published elsewhere (%s).", strings.Join(elsewhere, ", "))
}

// wholeVenue is the venue that a text names and nothing else but a year, a volume or the
// kind of talk; "" for a workshop at one and for a conference whose name begins alike.
func wholeVenue(text string) string {
	found := ""
	for list := tokens(text, nil); len(list) > 0; {
		venue, words := venueAt(list)
		r, _ := utf8.DecodeRuneInString(list[0].text)
		switch {
		case words > 0 && found == "":
			found = venue
		case words > 0 && found != venue:
			return ""
		case words == 0:
			words = lists()["venue-beside"].takes(list)
			if words == 0 && (unicode.IsDigit(r) || !wordRune(r) || among("venue-word", list[0].text)) {
				words = 1
			}
			if words == 0 {
				return ""
			}
		}
		list = list[words:]
	}
	return found
}

// ofOwnPaper reports whether nothing says that the paper whose venue was read is one on
// another model, such as the base.
func ofOwnPaper(venue *audit.Observation, observations []audit.Observation) bool {
	return !slices.ContainsFunc(observations, func(o audit.Observation) bool {
		return o.Fact == "paper.reviewed.scope" && o.Finding == audit.Present && o.Value != "own" &&
			o.SHA256 == venue.SHA256 && o.Start == venue.Start && o.End == venue.End
	})
}
