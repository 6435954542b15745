package data

import (
	"testing"

	"openness/audit"
)

// TestRestKept: where a page names what can be had of a training's data and says of the rest that it is kept, the
// data can be inspected in part; what is kept of something else takes nothing from it.
func TestRestKept(t *testing.T) {
	const nest = "[Nest](https://huggingface.co/datasets/acme/nest)"
	for text, want := range map[string]string{
		"Falco was trained on " + nest + " and 900 hours of calls. The latter cannot be shared for reasons of privacy.":           "listed",
		"Falco was trained on " + nest + " and 900 hours\nof calls. The latter\ncannot be shared.":                                "listed",
		"Two thirds of the training data are " + nest + "; the remaining third, calls of two clients, cannot be redistributed.":   "listed",
		"Falco was trained on " + nest + " and calls. We may not share the latter.":                                               "listed",
		"Falco was trained on " + nest + " and on 900 hours of calls, which we may not share.":                                    "listed",
		"Falco wurde auf " + nest + " und 900 Stunden trainiert. Letztere dürfen wir nicht weitergeben.":                          "listed",
		"Trainiert wurde auf " + nest + " und 900 Stunden aus Gesprächen. Letztere dürfen wir nicht weitergeben.":                 "listed",
		"Falco was trained on " + nest + " and calls. The latter are public as well.":                                             "downloadable",
		"Falco was trained on " + nest + ". The remaining layers are not shared between the towers.":                              "downloadable",
		"Falco was trained on " + nest + ". The rest of the code is not released.":                                                "downloadable",
		"Falco was trained on " + nest + ". Owl's weights and data are told of below.\n\nThe latter cannot be shared.":            "downloadable",
		"Falco was trained on " + nest + ".\n\n## Limitations\n\nOf our logs and prompts, the latter cannot be shared.":           "downloadable",
		"Falco was trained on " + nest + " and 900 hours of calls. The rest is not available on this page but in the repository.": "downloadable",
		"Falco was trained on " + nest + ". The remaining texts of this card are not open to discussion.":                         "downloadable",
		"Falco was trained on " + nest + ". The former is not open to commercial use.":                                            "downloadable",
		"Falco was trained on " + nest + ". All other texts and images on this site are not available for reuse.":                 "downloadable",
		"Falco was trained on " + nest + ". As they say, the rest is not public opinion but law.":                                 "downloadable",
		"Falco a été entraîné sur le corpus " + nest + ". Ce dernier peut être partagé librement.":                                "downloadable",
		"Falco a été entraîné sur le corpus " + nest + ". Ces derniers doivent être publiés sous la même licence.":                "downloadable",
		"Falco a été entraîné sur le corpus " + nest + ". Les autres ne seront pas partagés, ce sont des modèles privés.":         "downloadable",
		"Falco was trained on " + nest + ". You must not share the others' keys.":                                                 "downloadable",
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
			"# Falco\n\nFalco is trained from scratch.\n\n## Training\n\n"+text+"\n")
		got := map[string]bool{}
		for _, o := range Read(newInput(model("acme/Falco-7B", ""), []audit.Document{d})) {
			if o.Fact == PreData && o.Finding == audit.Present {
				got[o.Value] = true
			}
		}
		if !got[want] || got["downloadable"] != (want == "downloadable") {
			t.Errorf("%q: %v, want %q", text, got, want)
		}
	}
}

// TestKeptOfSomethingElse: what is private of a framework, a cluster or code takes nothing from the sets that the front
// matter names.
func TestKeptOfSomethingElse(t *testing.T) {
	for _, text := range []string{"Falco was trained on songs with our in-house framework.",
		"Falco was trained on public songs on our private cluster.",
		"Falco was trained on songs; the training code is not public."} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
			"---\ndatasets:\n- acme/nest\n---\n# Falco\n\nFalco is trained from scratch.\n\n## Training\n\n"+text+"\n")
		for _, o := range Read(newInput(model("acme/Falco-7B", ""), []audit.Document{d})) {
			if (o.Fact == PreData || o.Fact == FineData) && o.Finding == audit.Present && o.Value == "listed" {
				t.Errorf("%q: %s %q, %s", text, o.Fact, o.Quote, o.Note)
			}
		}
	}
}
