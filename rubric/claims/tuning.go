package claims

import "slices"

// Data that a model was tuned on, told by a verb: "fine-tuned on data that anyone can
// download". It is not the data of its first training, and its being public need not
// mean that it was given out again.

// The values of a claim on the data of later training.
const (
	tunedData   = "finetuning"
	publicTuned = "finetuning-public" // somebody's public data, which the model was tuned on
)

// tuning takes data that a verb of tuning is said of for the data of later training, and
// the verb for told.
func (p *parser) tuning() {
	for i := range p.items {
		if p.part(i) != "open-data" || p.items[i].w.Value != "" && p.items[i].w.Value != "training" {
			continue
		}
		value := ""
		if words := p.tokensOf(i); amongTokens("tuning-word", words) {
			if !amongTokens("pretraining-word", words) && !amongTokens("training-verb", words) {
				value = tunedData
			}
		} else if from, end := p.tunedOn(i); from < end {
			value = publicTuned
			p.spend(from, end)
		} else if from, end := p.tunedBehind(i); from < end {
			value = tunedData
			if p.tag(p.prev(i-1, tagNeutral, tagUnknown, tagState)) == tagAway {
				value = publicTuned // "mit öffentlichen Daten feinabgestimmt"
			}
			p.spend(from, end)
		}
		if value != "" {
			w := *p.items[i].w
			w.Value = value
			p.items[i].w = &w
		}
	}
}

// spend takes the words of tuning in a stretch for read, and no others.
func (p *parser) spend(from, end int) {
	for k := from; k < end; k++ {
		words := p.tokensOf(k)
		verb := p.wholeItems(k, lists()["tuned-verb"].takes(p.list[p.items[k].first:]))
		if verb == 0 && (amongTokens("tuned-verb", words) || amongTokens("tuning-word", words) ||
			among("tuned-on", words[0].text)) {
			verb = 1
		}
		for n := k; n < k+verb; n++ {
			if t := p.tag(n); t == tagUnknown || t == tagAway || t == tagOther || t == tagNeutral {
				p.take(n)
			}
		}
		k += max(0, verb-1)
	}
}

// maxVerb is how many items stand between data and the verb of what was done with it.
const maxVerb = 6

// tunedOn is where a verb of tuning and what joins it stand before data: "was fine-tuned
// on data", "has tuned X on a dataset".
func (p *parser) tunedOn(i int) (from, end int) {
	on := false
	for k := i - 1; k >= 0 && k >= i-maxVerb; k-- {
		words := p.tokensOf(k)
		on = on || among("tuned-on", words[len(words)-1].text)
		if amongTokens("tuned-verb", words) {
			if !on {
				break
			}
			for k > 0 && amongTokens("tuning-word", p.tokensOf(k-1)) {
				k-- // "fine" "tuned on"
			}
			return k, i
		}
		if !slices.Contains([]string{tagNeutral, tagAway, tagOf, tagModel, tagUnknown, tagSubject}, p.tag(k)) {
			break
		}
	}
	return 0, 0
}

// tunedBehind is where such a verb stands behind data: "the dataset on which X was tuned".
func (p *parser) tunedBehind(i int) (from, end int) {
	for k := i + 1; k < len(p.items) && k <= i+maxVerb; k++ {
		words := p.tokensOf(k)
		n := p.wholeItems(k, lists()["tuned-verb"].takes(p.list[p.items[k].first:]))
		if n == 0 && amongTokens("tuned-verb", words) {
			n = 1
		}
		if n > 0 {
			return i + 1, k + n
		}
		if !slices.Contains([]string{tagNeutral, tagAway, tagModel, tagMaker, tagLink, tagSubject, tagUnknown}, p.tag(k)) {
			break
		}
	}
	return 0, 0
}
