package claims

import (
	"slices"
	"strings"
)

// wholes are words that say that something is there in full. They say nothing
// more of a model that is open, and much of a document that is half filled in.
var wholes = []string{
	"complete", "completely", "entire", "entirely", "full", "fully", "whole", "wholly", "exhaustive", "thorough",
	"comprehensive", "total",
	"vollständig", "vollständige", "vollständigen", "komplett", "komplette", "ganze", "ganz", "gesamte", "lückenlos",
	"umfassend", "restlos",
	"complet", "complète", "complètement", "entier", "entière", "entièrement", "exhaustif", "exhaustive", "intégral",
	"intégrale", "pleinement",
	"completo", "completa", "completamente", "entero", "entera", "íntegro", "íntegra", "plenamente", "totalmente",
	"exhaustivo", "exhaustiva",
	"完整", "完全", "全部", "详尽", "齐全", "完备",
}

// whole reports whether an item says that something is there in full.
func (p *parser) whole(i int) bool { return slices.Contains(wholes, strings.ToLower(p.words(i))) }

// saidWhole leaves open what is said to be complete, where that is all that is said: "its
// code is public and complete". Only of a model card it is known.
func (p *parser) saidWhole() {
	for i := range p.items {
		if t := p.tag(i); t != tagNeutral && t != tagNeed || !p.whole(i) {
			continue
		}
		s := p.segmentOf(i)
		card := slices.ContainsFunc(p.items[s.start:i], func(it item) bool {
			return it.tag == tagTopic && strings.HasPrefix(it.w.Value, "model-card")
		})
		k, n := p.prev(i-1, tagNeutral), i+1
		if p.tag(k) == tagLink {
			n = p.next(n, tagNeutral)
		}
		if !card && slices.Contains([]string{tagMark, tagAnd, tagBut}, p.tag(n)) &&
			slices.Contains([]string{tagLink, tagAnd, tagPart, tagTopic, tagModel}, p.tag(k)) {
			p.items[i].tag, p.items[i].w = tagUnknown, nil
		}
	}
}

// wholly takes a model card that is said to be complete for that claim.
func (c *cluster) wholly(w *wording) {
	if w.Value == "model-card" && slices.ContainsFunc(c.items, c.p.whole) {
		w.Value = "model-card-full"
	}
}
