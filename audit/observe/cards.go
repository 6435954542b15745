package observe

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"openness/audit"
)

// cards says whether a model card is published and how much of what a model
// card should say (Mitchell et al. 2019) it says.
func cards(in *input) []audit.Observation {
	var out []audit.Observation
	var read, lost []*audit.Document
	for _, d := range in.makers() {
		if cardLike(d) {
			read = append(read, d)
			out = append(out, in.cardOf(d)...)
		}
	}
	for _, d := range in.of(audit.DocModelCard, audit.DocModelAPI) {
		if _, missing := unseen(d); missing && d.Role == audit.RoleEnd {
			lost = append(lost, d)
		}
		if d.Kind == audit.DocModelCard && d.Role == audit.RoleEnd && d.Outcome == audit.Absent {
			read = append(read, d)
		}
	}
	for _, fact := range []string{"card.published", "card.substance"} {
		out = append(out, in.silence(fact, out, read, lost, "No card is served there, or it has no text.")...)
	}
	return out
}

var cardFile = regexp.MustCompile(`(?i)model[-_ ]?card[^/]*\.(md|rst|txt|mdx)$|^model\.md$|model_cards?/`)

// cardTopic is one section of a model card and the words by which its content
// is known.
type cardTopic struct {
	name    string
	heading *regexp.Regexp
	content *regexp.Regexp
}

var modelCardTopics = []cardTopic{
	{"details", regexp.MustCompile(`model (details|description|summary|overview|info)|introduction|about|overview`), regexp.MustCompile(`\b(developed by|model type|language\(s\)|parameters|architecture|released|is an? .{0,60}model|license)\b`)},
	{"uses", regexp.MustCompile(`\buses?\b|intended|usage|how to use|direct use|quick ?start|get(ting)? started|inference|applications`), regexp.MustCompile(`\b(intended|can be used|use cases?|out-of-scope|designed (for|to))\b`)},
	{"limitations", regexp.MustCompile(`limitation|bias|risk|ethic|caveat|safety|responsib|implication|broader impact`), regexp.MustCompile(`\b(bias(es|ed)?|limitations?|risks?|harmful|hallucinat\w*|toxic\w*|offensive)\b`)},
	{"training data", regexp.MustCompile(`training data|dataset|data (source|mix|overview)|corpus`), regexp.MustCompile(`\b((pre-?)?train(ed|ing)|fine-?tun(ed|e|ing))\b.{0,80}\b(data|datasets?|tokens|corpus|corpora|images|pairs|examples|dialogues)\b`)},
	{"training procedure", regexp.MustCompile(`training (procedure|process|detail|hyper|set-?up|config)|^training|/ training|hyperparam`), regexp.MustCompile(`\b(learning[ _]rate|batch[ _]size|optimizer|epochs?)\b|\b(fine-?tuned|(pre-?)?trained)\b.{0,20}\b(on|using|with|from|for|via|by)\b|\bwe (fine-?tune|(pre-?)?train)`)},
	{"evaluation", regexp.MustCompile(`evaluation|benchmark|results|performance|metrics`), regexp.MustCompile(`\b(mmlu|benchmarks?|accuracy|evaluat\w*|score|fid|wer|bleu)\b`)},
	{"environment", regexp.MustCompile(`environment|carbon|hardware|compute|infrastructure|technical spec`), regexp.MustCompile(`\b(co2|carbon|[gt]pu[- ]?hours)\b|\btrain\w*\b.{0,80}\b([gt]pus?|a100s?|h100s?|v100s?|nodes)\b|\b([gt]pus?|a100s?|h100s?|v100s?|nodes)\b.{0,80}\btrain(ed|ing)\b`)},
	{"citation", regexp.MustCompile(`citation|cite|bibtex|reference`), regexp.MustCompile(`@\w+\{|\bcite\b`)},
	{"contact", regexp.MustCompile(`contact|authors?|feedback|model card (authors|contact)`), regexp.MustCompile(`\b(contact|e-?mail|discord|authors?)\b|@\w+\.\w+`)},
}

var unfilled = regexp.MustCompile(`(?i)\[?more information needed\]?|\[optional\]|provide (a|the) (quick|longer) summary`)

// minSectionText is what a section needs to count: about a short sentence.
const minSectionText = 40

// The numbers of sections from which a card counts as partly and as fully
// filled. A card is full only with the sections by which a reader can judge
// the model for a use: what it was trained on, how it was evaluated and where
// it fails; the rest can be found elsewhere.
const (
	partialCard = 4
	fullCard    = 6
)

var coreTopics = []string{"training data", "evaluation", "limitations"}

// hasCore reports whether the observations name every core section.
func hasCore(found []audit.Observation) bool {
	for _, topic := range coreTopics {
		if !slices.ContainsFunc(found, func(o audit.Observation) bool { return o.Fact == "card.sections" && o.Value == topic }) {
			return false
		}
	}
	return true
}

// cardOf reads one card.
func (in *input) cardOf(d *audit.Document) []audit.Observation {
	c := in.card(d)
	text := c.Text(c.Body)
	if len(strings.TrimSpace(text)) < minSectionText {
		return []audit.Observation{audit.From(d, "card.substance", audit.NotThere, "The card has no text.")}
	}
	head := audit.Span{Start: c.Body.Start, End: min(c.Body.End, c.Body.Start+200)}
	for _, p := range in.prose(d) {
		if len(p.text) >= minSectionText && !unfilled.MatchString(p.text) {
			head = clip(c.Source, p.span, p.span.Start)
			break
		}
	}
	out := []audit.Observation{audit.Observe(d, "card.published", "true", head, "A model card is served.")}
	covered := 0
	for _, t := range modelCardTopics {
		for _, p := range in.prose(d) {
			if unfilled.MatchString(p.text) || len(p.text) < minSectionText {
				continue
			}
			if t.heading.MatchString(p.heading) || t.content.MatchString(p.text) {
				covered++
				out = append(out, audit.Observe(d, "card.sections", t.name, p.span, "What the card says on it."))
				break
			}
		}
	}
	value := "minimal"
	switch {
	case covered >= fullCard && hasCore(out):
		value = "full"
	case covered >= partialCard:
		value = "partial"
	}
	return append(out, audit.Observe(d, "card.substance", value, head, fmt.Sprintf("The card fills %d of %d sections of a model card.", covered, len(modelCardTopics))))
}
