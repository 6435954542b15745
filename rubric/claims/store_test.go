package claims

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"openness/audit"
)

// The store of the labelled sentences: five invented models, one of a kind.

var (
	testTime = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	testDoc  = audit.Document{URL: "https://hub.example/m", SHA256: "x", Body: []byte("weights"),
		Outcome: audit.Fetched, RetrievedAt: testTime}
	lostDoc = audit.Document{URL: "https://hub.example/lost", Outcome: audit.Failed, RetrievedAt: testTime}
)

// facts makes observations: "fact=value"; "-fact" was read in vain, "?fact" not looked at.
func facts(list ...string) []audit.Observation {
	var out []audit.Observation
	for _, f := range list {
		switch f[0] {
		case '-':
			out = append(out, audit.From(&testDoc, f[1:], audit.NotThere, ""))
		case '?':
			out = append(out, audit.From(&lostDoc, f[1:], audit.NotFetched, ""))
		default:
			m := regexp.MustCompile(`^([^=]+)=(.*)$`).FindStringSubmatch(f)
			value, note, _ := strings.Cut(m[2], "; ")
			out = append(out, audit.Observe(&testDoc, m[1], value, audit.Span{End: 7}, note))
		}
	}
	return out
}

type testLibrary []Model

func (l testLibrary) Models() []Model { return l }

func (l testLibrary) Model(id string, _ time.Time) (Model, bool) {
	i := slices.IndexFunc(l, func(m Model) bool { return m.ID == id })
	if i < 0 {
		return Model{}, false
	}
	return l[i], true
}

var library = testLibrary{
	{ID: "acme/Quokka-7B", Released: "2024-02-01", Observations: facts("weights.end.published=true", "weights.end.gate=none",
		"weights.base.own=true", "weights.base.published=true", "weights.base.gate=none", "-weights.end.delta",
		"license.weights.id=Apache-2.0", "license.weights.openness=open", "license.weights.osi_approved=true",
		"license.weights.commercial_use=yes", "license.weights.use_restrictions=false",
		"license.weights.user_threshold=0", "license.code.id=Apache-2.0", "license.code.openness=open", "license.data.id=ODC-By-1.0",
		"license.data.openness=open",
		"data.pretraining.disclosure=downloadable", "data.finetuning.disclosure=downloadable",
		"datasheet.published=true", "datasheet.coverage=0.9",
		"code.repository=true", "code.training.pretraining=true", "code.training.entry=true",
		"code.training.finetuning=true", "code.training.preference=true",
		"code.data_processing=true", "code.evaluation=true", "code.inference=true", "code.training.configs=true",
		"code.documentation=thorough",
		"paper.preprint=archived", "paper.preprint.scope=own", "paper.reviewed=true", "paper.reviewed.scope=own",
		"card.published=true", "card.substance=full",
		"docs.hardware=detailed", "docs.hardware.scope=own", "docs.architecture=detailed",
		"model.release_date=2024-02-01")},
	{ID: "rival/Wombat-7B", Released: "2023-07-18", Observations: facts("weights.end.published=true", "weights.end.gate=manual",
		"-weights.end.delta",
		"license.weights.id=LicenseRef-wombat-community", "license.weights.openness=restricted",
		"license.weights.osi_approved=false", "license.weights.commercial_use=conditional",
		"license.weights.use_restrictions=true", "license.weights.user_threshold=700000000; 2, counting monthly active users",
		"-license.code.id", "-license.code.openness", "-license.data.openness", "data.pretraining.disclosure=described",
		"-data.finetuning.disclosure", "-datasheet.published", "-datasheet.coverage",
		"-code.repository", "-code.training.pretraining", "-code.training.entry", "-code.training.finetuning",
		"-code.training.preference", "-code.data_processing", "-code.inference",
		"-code.training.configs", "-code.evaluation", "-code.documentation", "-paper.preprint", "-paper.reviewed",
		"card.published=true", "card.substance=partial", "-docs.hardware", "-docs.architecture")},
	{ID: "fenn/Numbat-3B", Released: "2025-03-01", Observations: facts("weights.end.published=true", "weights.end.gate=none", "-weights.end.delta",
		"license.weights.id=MIT", "license.weights.openness=open", "license.weights.osi_approved=true",
		"license.weights.commercial_use=yes",
		"-license.code.id", "-license.code.openness", "-license.data.openness", "-data.pretraining.disclosure",
		"-data.finetuning.disclosure", "-datasheet.published", "-datasheet.coverage",
		"-code.repository", "-code.training.pretraining", "-code.training.entry", "-code.training.finetuning",
		"-code.training.preference", "-code.data_processing", "code.inference=true", "-code.training.configs")},
	{ID: "catalogue:bilby", Released: "2023-03-14", Observations: facts("-weights.end.published", "-weights.end.gate", "-weights.end.delta",
		"model.closed=true", "-weights.base.published", "-weights.base.gate",
		"-license.weights.id", "-license.weights.openness", "-license.weights.osi_approved",
		"-license.weights.commercial_use", "-license.code.openness", "-license.code.id", "-license.data.openness",
		"-data.pretraining.disclosure", "-data.finetuning.disclosure", "-datasheet.published", "-datasheet.coverage",
		"-code.repository", "-code.training.pretraining", "-code.training.entry", "-code.training.finetuning",
		"-code.training.preference", "-code.data_processing", "-code.inference", "-code.training.configs",
		"-code.evaluation", "-code.documentation", "-paper.preprint", "-paper.reviewed", "-card.published",
		"-card.substance", "-docs.hardware", "-docs.architecture", "-access.package", "access.api=restricted")},
	{ID: "dune/Dingo-2B", Released: "2025-06-01", Observations: facts("weights.end.published=true", "?weights.end.gate", "-weights.end.delta",
		"license.weights.id=CC-BY-NC-4.0", "license.weights.openness=noncommercial",
		"license.weights.osi_approved=false", "license.weights.commercial_use=no", "weights.base.id=rival/Wombat-7B",
		"data.pretraining.disclosure=listed", "-data.finetuning.disclosure", "-datasheet.published",
		"-datasheet.coverage", "-license.code.openness",
		"-code.repository", "-code.training.pretraining", "-code.training.entry", "-code.training.finetuning",
		"-code.training.preference", "-code.data_processing", "-code.inference", "-code.training.configs")},
}

var testNames = regexp.MustCompile(
	`(?:Quokka|Wombat)(?:-7B)?|Numbat(?:-3B)?|Bilby|Dingo(?:-2B)?|Potoroo-1B|\b(?:Acme|Rival|Fenn|Shut|Dune|Potoroo)s?\b`)

// otherSize matches what follows a family's name where another model of it is meant.
var otherSize = regexp.MustCompile(`^-\d`)

// namesIn finds the names of the store in a sentence. Of Potoroo-1B, which is
// known by name, nothing is stored. A name without its size is the family's,
// which has one model each. Some writers took Rival for the maker of
// Bilby too, and Rival is where they name no other.
func namesIn(text string) []Name {
	ids := map[string]string{"Quokka": "acme/Quokka-7B", "Wombat": "rival/Wombat-7B",
		"Numbat": "fenn/Numbat-3B", "Bilby": "catalogue:bilby", "Dingo": "dune/Dingo-2B",
		"Potoroo": "potoroo/Potoroo-1B"}
	makers := map[string]string{"Acme": "acme/Quokka-7B", "Rival": "rival/Wombat-7B", "Fenn": "fenn/Numbat-3B",
		"Shut": "catalogue:bilby", "Dune": "dune/Dingo-2B", "Potoroo": "potoroo/Potoroo-1B"}
	var names []Name
	for _, at := range testNames.FindAllStringIndex(text, -1) {
		word := text[at[0]:at[1]]
		if of, ok := makers[strings.TrimSuffix(word, "s")]; ok { // "Acmes", the German genitive
			word = strings.TrimSuffix(word, "s")
			made := []string{of}
			if word == "Rival" && strings.Contains(text, "Bilby") && !strings.Contains(text, "Shut") {
				made = append(made, ids["Bilby"])
			}
			names = append(names, Name{at[0], at[1], word, true, made})
			continue
		}
		family, _, sized := strings.Cut(word, "-")
		if !sized && otherSize.MatchString(text[at[1]:]) {
			continue
		}
		names = append(names, Name{Start: at[0], End: at[1], ID: ids[family]})
	}
	return names
}

var checker = &Checker{Library: library, Now: testTime.AddDate(0, 0, 26)}
