package observe

import (
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// cards says whether a model card is published and how much of what a model
// card should say (Mitchell et al. 2019) it says.
func cards(in *input) []audit.Observation {
	var out []audit.Observation
	for _, d := range in.makers() {
		if cardLike(d) {
			out = append(out, in.cardOf(d)...)
		}
	}
	return out
}

var cardFile = pattern.MustCompile(`(?i)model[-_ ]?card[^/]*\.(md|rst|txt|mdx)$|^model\.md$|model_cards?/`)

// cardTopic is one section of a model card and the words by which its content
// is known.
type cardTopic struct {
	name    string
	heading *pattern.Regexp
	content *pattern.Regexp
}

var modelCardTopics = []cardTopic{
	{"details", pattern.MustCompile(`model (details|description|summary|overview|info|architecture|type)|introduction|about|overview|modell(beschreibung|details|übersicht)|überblick|einleitung|模型(介绍|简介|详情|描述|概述|信息|细节)|简介|介绍|概述`), pattern.MustCompile(`\b(developed by|model type|language\(s\)|parameters|architecture|released|is an? .{0,60}model|license)\b`)},
	{"uses", pattern.MustCompile(`\buses?\b|intended|usage|how to use|direct use|quick ?start|get(ting)? started|inference|applications|verwendung|nutzung|anwendung|einsatz|schnellstart|用途|使用|快速(开始|入门|上手)|推理|应用`), pattern.MustCompile(`\b(intended|can be used|use cases?|out-of-scope|designed (for|to))\b`)},
	{"limitations", pattern.MustCompile(`limitation|bias|risk|ethic|caveat|safety|responsib|implication|broader impact|einschränkung|grenzen|verzerrung|risik|ethi|局限|限制|偏见|风险|伦理|安全|免责`), pattern.MustCompile(`\b(bias(es|ed)?|limitations?|risks?|harmful|hallucinat\w*|toxic\w*|offensive)\b`)},
	{"training data", pattern.MustCompile(`training data|dataset|data (source|mix|overview)|corpus|(^|/ )data$|trainingsdaten|datensatz|datensätze|datenquelle|训练数据|数据集|预训练数据|数据(来源|构成)|语料`), pattern.MustCompile(`\b((pre-?)?train(ed|ing)|fine-?tun(ed|e|ing))\b.{0,80}\b(data|datasets?|tokens|corpus|corpora|images|pairs|examples|dialogues)\b`)},
	{"training procedure", pattern.MustCompile(`training (procedure|process|detail|hyper|set-?up|config)|^training|/ training|hyperparam|trainings(verfahren|ablauf|details|prozess)|训练(过程|细节|方法|流程|设置|参数)|^训练|/ 训练|超参`), pattern.MustCompile(`\b(learning[ _]rate|batch[ _]size|optimizer|epochs?)\b|\b(fine-?tuned|(pre-?)?trained)\b.{0,20}\b(on|using|with|from|for|via|by)\b|\bwe (fine-?tune|(pre-?)?train)`)},
	{"evaluation", pattern.MustCompile(`evaluat|benchmark|results|performance|metrics|ergebnis|auswertung|leistung|评测|评估|评价|基准|结果|性能`), pattern.MustCompile(`\b(mmlu|benchmarks?|accuracy|evaluat\w*|score|fid|wer|bleu)\b`)},
	{"environment", pattern.MustCompile(`environment|carbon|hardware|compute|infrastructure|technical spec|umwelt|rechen|环境(影响)?|碳排放|硬件|算力|计算(资源|基础)`), pattern.MustCompile(`\b(co2|carbon|[gt]pu[- ]?hours)\b|\btrain\w*\b.{0,80}\b([gt]pus?|a100s?|h100s?|v100s?|nodes)\b|\b([gt]pus?|a100s?|h100s?|v100s?|nodes)\b.{0,80}\btrain(ed|ing)\b`)},
	{"citation", pattern.MustCompile(`citation|cite|bibtex|reference|zitier|zitat|literatur|引用|参考`), pattern.MustCompile(`@\w+\{|\bcite\b`)},
	{"contact", pattern.MustCompile(`contact|authors?|feedback|model card (authors|contact)|kontakt|autor|联系|作者|反馈`), pattern.MustCompile(`\b(contact|e-?mail|discord|authors?)\b|@\w+\.\w+`)},
}

// thanks matches a sentence that thanks somebody, which fills no section.
var thanks = pattern.MustCompile(`\b(thanks?|grateful|gratitude|acknowledg\w*)\b|感谢|鸣谢|dank`)

var unfilled = pattern.MustCompile(`(?i)\[?(more information needed|needs more information)\]?|^\W*(tbd|todo|n/a|coming soon)\W*$|\[optional\]|provide (a|the) (quick|longer) summary`)

// minSectionText is what a section needs to count: about a short sentence.
const minSectionText = 40

// The numbers of sections from which a card counts as partly and as fully
// filled, and how many of them must stand below headings of their own: a page
// that says it in passing is an announcement, not a card in a standard form.
const (
	partialCard   = 4
	partialHeaded = 2
	fullCard      = 6
)

// coreTopics are the sections by which a reader can judge the model for a use:
// what it was trained on, how it was evaluated and where it fails. A full card
// has a heading for each.
var coreTopics = []string{"limitations", "training data", "evaluation"}

// A cardSection is what a card says on one topic.
type cardSection struct {
	topic  string
	span   audit.Span
	headed bool // a heading announces it
	told   bool // its words are on the topic
}

// cardOf reads one card.
func (in *input) cardOf(d *audit.Document) []audit.Observation {
	c := in.card(d)
	text := c.Text(c.Body)
	if len(strings.TrimSpace(text)) < minSectionText {
		return nil
	}
	head := audit.Span{Start: c.Body.Start, End: min(c.Body.End, c.Body.Start+200)}
	if p, ok := firstStatement(in.prose(d)); ok {
		head = clip(c.Source, p.span, p.span.Start)
	}
	out := []audit.Observation{audit.Observe(d, "card.published", "true", head, "A model card is served.")}
	sections := sectionsOf(in.prose(d))
	for _, s := range sections {
		out = append(out, audit.Observe(d, "card.sections", s.topic, s.span, "What the card says on it."))
	}
	quote := head
	if len(sections) > 0 {
		quote = telling(sections).span
	}
	note := fmt.Sprintf("The card fills %d of %d sections of a model card.", len(sections), len(modelCardTopics))
	return append(out, audit.Observe(d, "card.substance", substance(sections), quote, note))
}

// firstStatement is the first passage that is as long as a short sentence.
func firstStatement(prose []passage) (passage, bool) {
	for _, p := range prose {
		if says(p) {
			return p, true
		}
	}
	return passage{}, false
}

// affirms reports whether a passage tells what is there, and not what is withheld
// or given on request: a card does not fill a section by saying that it will not.
func affirms(p passage) bool {
	mode := modeOf(string(p.doc.Body[p.span.Start:p.span.End]))
	return mode != audit.DeniedMode && mode != audit.Conditional && mode != audit.Promised
}

var address = pattern.MustCompile(`https?://\S+`)

func says(p passage) bool {
	return len(address.ReplaceAllString(p.text, "")) >= minSectionText && !unfilled.MatchString(p.text) && !promised.MatchString(p.text) && !linkList(p) && !strings.HasSuffix(p.text, "?")
}

// sectionsOf finds the topics that a card fills: those that a heading announces
// and text below it fills, and those that a sentence elsewhere speaks of.
func sectionsOf(prose []passage) []cardSection {
	var found []cardSection
	for _, t := range modelCardTopics {
		if p, ok := announced(t, prose); ok {
			found = append(found, cardSection{t.name, p.span, true, t.content.MatchString(p.text)})
			continue
		}
		for _, p := range prose {
			if says(p) && t.content.MatchString(p.text) && affirms(p) && !thanks.MatchString(p.text) {
				found = append(found, cardSection{t.name, p.span, false, true})
				break
			}
		}
	}
	return found
}

var (
	// trainingTitle is a heading on training at large, below which the data may stand too.
	trainingTitle = pattern.MustCompile(`\btrain(ing|ed)\b`)
	dataWord      = pattern.MustCompile(`\b(data|datasets?|corpus|corpora|tokens)\b`)
	// result is a number on its own; "F1" is none.
	result = pattern.MustCompile(`(^|[\s:=(|])\d[\d.,]*%?($|[\s)|;])`)
)

// announced returns the passage below headings on the topic that says most, by
// its words or else its length, where what stands there is as long as a short
// sentence together: a table's rows are short, and one figure is a result.
func announced(t cardTopic, prose []passage) (passage, bool) {
	var best passage
	total, figure, most := 0, false, -1
	for _, p := range prose {
		within := t.name == "training data" && trainingTitle.MatchString(p.heading) && dataWord.MatchString(p.text)
		if unfilled.MatchString(p.text) || promised.MatchString(p.text) || !within && !t.heading.MatchString(p.heading) || !affirms(p) {
			continue
		}
		total += len(p.text)
		figure = figure || t.name == "evaluation" && result.MatchString(p.text)
		if worth := t.worth(p); worth > most || worth == most && len(p.text) > len(best.text) {
			best, most = p, worth
		}
	}
	return best, total >= minSectionText || figure
}

// setting matches advice on how something is set, which stands below many
// headings and is on the topic of none.
var setting = pattern.MustCompile(`\b(?:you (?:do not|don't|need|should|must)|note that|make sure|keep in mind|flags?|kwargs?|arguments?)\b`)

// worth says how well a passage below a heading on the topic shows what the card
// says on it: by its words, else as a statement, last as advice on a setting.
func (t cardTopic) worth(p passage) int {
	switch {
	case t.content.MatchString(p.text):
		return 2
	case setting.MatchString(p.text):
		return 0
	}
	return 1
}

// substance grades a card by its sections.
func substance(sections []cardSection) string {
	headed, core := 0, 0
	for _, s := range sections {
		if s.headed {
			headed++
			if slices.Contains(coreTopics, s.topic) {
				core++
			}
		}
	}
	switch {
	case len(sections) >= fullCard && core == len(coreTopics):
		return "full"
	case len(sections) >= partialCard && headed >= partialHeaded:
		return "partial"
	}
	return "minimal"
}

// telling is the section that shows best what a card says: one whose words are
// on the topic, of the core ones and of those that a heading announces first.
func telling(sections []cardSection) cardSection {
	best, most := sections[0], -1
	for _, s := range sections {
		worth := 0
		for weight, holds := range []bool{s.headed, slices.Contains(coreTopics, s.topic), s.told} {
			if holds {
				worth += 1 << weight
			}
		}
		if worth > most {
			best, most = s, worth
		}
	}
	return best
}
