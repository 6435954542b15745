package claims

import (
	"slices"
	"strings"
	"testing"
)

// TestForms: the forms of a verb that the book does not list.
func TestForms(t *testing.T) {
	for _, c := range []struct{ file, verb, has string }{
		{"en.yaml", "publish", "publish publishes published publishing"},
		{"en.yaml", "release", "releases released releasing"},
		{"en.yaml", "drop", "drops dropped dropping"},
		{"en.yaml", "put/put/put", "puts put putting"},
		{"en.yaml", "supply", "supplies supplied supplying"},
		{"en.yaml", "give/gave/given", "gives gave given giving"},
		{"de.yaml", "veröffentlichen", "veröffentlicht veröffentlichte veröffentlichten veröffentlichter"},
		{"de.yaml", "teilen", "teilt teilte geteilt geteilten"},
		{"de.yaml", "bereit+stellen", "bereitstellt bereitgestellt bereitgestellten bereitzustellen"},
		{"de.yaml", "frei+geben/gibt/gab/gegeben", "freigibt freigab freigegeben freigegebenen freizugeben"},
		{"fr.yaml", "publier", "publie publient publié publiées publiait publiant publia"},
		{"fr.yaml", "partager", "partage partageait partageant partagées"},
		{"fr.yaml", "ouvrir/ouvre/ouvrent/ouvert", "ouvrir ouvre ouvrent ouvert ouvertes"},
		{"es.yaml", "publicar", "publica publicó publicado publicarlas publicándolos"},
		{"es.yaml", "distribuir/distribuye/distribuyen/distribuido", "distribuye distribuidas distribuirlo"},
	} {
		forms := formsOf(c.file, c.verb)
		for _, want := range strings.Fields(c.has) {
			if !slices.Contains(forms, want) {
				t.Errorf("%s: %s has no form %q: %v", c.file, c.verb, want, forms)
			}
		}
	}
	future, supposed := moodForms("fr.yaml", "mettre/met/mis")
	if _, wished := moodForms("es.yaml", "publicar"); !slices.Contains(wished, "publique") {
		t.Errorf("publicar: %v", wished)
	}
	if !slices.Contains(future, "mettra") || !slices.Contains(supposed, "mettrait") {
		t.Errorf("mettre: %v, %v", future, supposed)
	}
}
