package obligations

import (
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

const (
	model = "acme/falco-7b-chat"
	base  = "rival/condor-7b"
	at    = "https://huggingface.co/"
)

// present is an observation of a value, read from a card.
func present(fact, value, of string) audit.Observation {
	return audit.Observation{Fact: fact, Finding: audit.Present, Value: value, URL: at + of + "/resolve/main/README.md",
		SHA256: "aa", Quote: value, Role: audit.RoleEnd}
}

func lost(fact, note string) audit.Observation {
	return audit.Observation{Fact: fact, Finding: audit.Unreadable, URL: at + model, Note: note, Role: audit.RoleEnd}
}

// found are the observations of a model that can be had and was made from nothing.
func found(weights string, more ...audit.Observation) []audit.Observation {
	return append([]audit.Observation{present("weights.end.published", "true", model),
		present("weights.base.own", "true", model), present("license.weights.id", weights, model)}, more...)
}

// gathered makes a model of observations; lineage is given as "ID LICENCE".
func gathered(observations []audit.Observation, lineage ...string) Bound {
	s := audit.Subject{ID: model, Places: []audit.Place{{Kind: audit.HubModel, Role: audit.RoleEnd, ID: model}}}
	for _, l := range lineage {
		of, id, told := strings.Cut(l, " ")
		s.Base = base
		s.Places = append(s.Places, audit.Place{Kind: audit.HubModel, Role: audit.RoleBase, ID: of, URL: at + of})
		if told {
			observations = append(observations, present("license.lineage", of+" "+id, of))
		}
	}
	return Gather(s, observations, nil, func(string) []byte { return nil })
}

func profile(t *testing.T, text string) Profile {
	t.Helper()
	p, err := ParseProfile([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const (
	service   = "country: US\nmonthly_active_users: 1000\nannual_revenue: 1000000\nuse: [service]\nfields: [retail]\n"
	product   = "country: US\nmonthly_active_users: 1000\nannual_revenue: 1000000\nuse: [product]\nmodify: true\nfields: [retail]\n"
	european  = "country: DE\nmonthly_active_users: 1000\nannual_revenue: 1000000\nuse: [service]\nfields: [retail]\n"
	large     = "country: US\nmonthly_active_users: 900000000\nannual_revenue: 100000000000\nuse: [service]\nfields: [retail]\n"
	nameless  = "country: US\nuse: [service]\n"
	distilled = "country: US\nmonthly_active_users: 1000\nuse: [training]\nfields: [retail]\n"
	study     = "country: US\nuse: [research]\ncommercial: false\nfields: [retail]\n"
)

// TestDeploy: what a company has in mind against the licences that bind. A wrong
// "may" is the worst fault, so that most cases are those that must not give one.
func TestDeploy(t *testing.T) {
	conflict := present("license.conflict.prose",
		"weights: the prose of the hub page says CC-BY-NC-4.0, the tag of the hub page says Apache-2.0", model)
	missing := present("license.conflict.missing_text", "lineage: none of the model's files is a licence", model)
	for _, test := range []struct {
		name    string
		bound   Bound
		profile string
		want    Answer
		because string // the question that decides
	}{
		{"a permissive licence", gathered(found("Apache-2.0")), product, May, ""},
		{"the same with a duty undone by the makers", gathered(found("Apache-2.0", missing)), product, May, ""},
		{"two statements that contradict each other", gathered(found("Apache-2.0", conflict)), product, NotDetermined,
			"licence"},
		{"no commercial use", gathered(found("CC-BY-NC-4.0")), service, MayNot, "commercial_use"},
		{"a territory that the page limits",
			gathered(found("Apache-2.0", present("license.weights.territory_limited", "true", model))), service,
			NotDetermined, "territory"},
		{"outputs that the page limits, to train",
			gathered(found("Apache-2.0", present("license.weights.output_restriction", "true", model))), distilled,
			NotDetermined, "output"},
		{"outputs that the page limits, to serve",
			gathered(found("Apache-2.0", present("license.weights.output_restriction", "true", model))), service, May,
			""},
		{"no commercial use, to study it", gathered(found("CC-BY-NC-4.0")), study, May, ""},
		{"a licence for research, within a company that earns nothing by it", gathered(found("LicenseRef-llama-1")),
			"country: US\nuse: [internal]\ncommercial: false\nfields: [retail]\n", NotDetermined, "use"},
		{"no adapted versions", gathered(found("CC-BY-ND-4.0")), product, MayNot, "modification"},
		{"no adapted versions shared, within the house", gathered(found("CC-BY-ND-4.0")),
			"country: US\nuse: [internal]\nmodify: true\n", May, ""},
		{"no adapted versions made", gathered(found("CC-BY-ND-3.0")), "country: US\nuse: [internal]\nmodify: true\n",
			MayNot, "modification"},
		{"source of what is covered goes along", gathered(found("MPL-2.0")), product, May, ""},
		{"a base that excludes commerce", gathered(found("Apache-2.0"), base+" CC-BY-NC-4.0"), service, MayNot,
			"commercial_use"},
		{"the second parent of a merge excludes commerce", gathered(found("Apache-2.0"), base+" MIT",
			"nest/emu-7b CC-BY-NC-4.0"), service, MayNot, "commercial_use"},
		{"a base of which nothing was read", gathered(found("Apache-2.0"), base), service, NotDetermined, "licence"},
		{"a base whose licence nobody knows", gathered(found("Apache-2.0"), base+" LicenseRef-unknown"), service,
			NotDetermined, "licence"},
		{"an origin that nobody tells", gathered([]audit.Observation{present("weights.end.published", "true", model),
			present("license.weights.id", "MIT", model)}), service, NotDetermined, "licence"},
		{"a licence that was not read", gathered([]audit.Observation{present("weights.end.published", "true", model),
			present("weights.base.own", "true", model), lost("license.weights.id", "refused")}), service, NotDetermined,
			"licence"},
		{"a changed text", gathered(found("LicenseRef-modified-MIT")), service, NotDetermined, "licence"},
		{"below a threshold", gathered(found("LicenseRef-llama-3.1-community")), service, May, ""},
		{"above it", gathered(found("LicenseRef-llama-3.1-community")), large, Ask, "user_threshold"},
		{"a threshold and a profile that does not say", gathered(found("LicenseRef-llama-3.1-community")), nameless,
			NotDetermined, "user_threshold"},
		{"a territory", gathered(found("LicenseRef-tencent-hunyuan-community")), european, MayNot, "geographic_limit"},
		{"a field that is not ordinary", gathered(found("LicenseRef-llama-3.1-community")),
			"country: US\nmonthly_active_users: 10\nuse: [service]\nfields: [military]\n", NotDetermined, "use_policy"},
		{"outputs that must not train others", gathered(found("LicenseRef-llama-2-community")), distilled, MayNot,
			"output"},
		{"outputs of a permissive licence", gathered(found("MIT")), distilled, May, ""},
		{"registration first", gathered(found("LicenseRef-cogvlm")), service, Ask, "commercial_use"},
		{"a limit that the page states itself",
			gathered(found("MIT", audit.Observation{Fact: "license.weights.commercial_use", Finding: audit.Present,
				Value: "no", Quote: "No commerce.", Role: audit.RoleEnd})), service, MayNot, "commercial_use"},
		{"a condition that the page states, beside a licence with a threshold",
			gathered(found("LicenseRef-llama-3.1-community",
				audit.Observation{Fact: "license.weights.commercial_use", Finding: audit.Present, Value: "conditional",
					Note: "what keeps it from being open", Quote: "Contact us.", Role: audit.RoleEnd})), service, Ask,
			"commercial_use"},
		{"fields that the page forbids",
			gathered(found("MIT", audit.Observation{Fact: "license.weights.use_restrictions", Finding: audit.Present,
				Value: "true", URL: at + model, Quote: "Not for war.", Role: audit.RoleEnd})), service, NotDetermined,
			"use_policy"},
		{"a gate with a person behind it", gathered(found("MIT", present("weights.end.gate", "manual", model))),
			service, Ask, "access"},
		{"weights that nobody found", gathered([]audit.Observation{present("weights.base.own", "true", model),
			present("license.weights.id", "MIT", model)}), service, NotDetermined, "access"},
		{"code without a licence, where it is used", gathered(found("MIT")), service + "components: [code]\n",
			NotDetermined, "licence"},
		{"a choice of licences", gathered(found("MIT OR CC-BY-NC-4.0")), service, May, ""},
		{"two licences that both bind", gathered(found("MIT AND CC-BY-NC-4.0")), service, MayNot, "commercial_use"},
	} {
		v := test.bound.Deploy(profile(t, test.profile))
		if v.Answer != test.want {
			t.Errorf("%s: %s (%s), want %s", test.name, v.Answer, v.Reason, test.want)
			continue
		}
		if test.because != "" && v.Questions[0].Question != test.because {
			t.Errorf("%s: decided by %s (%s), want %s", test.name, v.Questions[0].Question, v.Reason, test.because)
		}
		for _, q := range v.Questions {
			if q.Reason == "" || q.Answer == NotDetermined && q.LookUp == "" {
				t.Errorf("%s: %s has no reason, or does not say what to look up: %+v", test.name, q.Question, q)
			}
		}
	}
}

// TestDuties: all duties down the lineage, each with its licence and section, and
// the sentence where the text was read.
func TestDuties(t *testing.T) {
	const text = "Falco License\n\nYou must give any recipient a copy of this License. You may not use the outputs to train another model.\n"
	b := gathered(found("Apache-2.0"), base+" LicenseRef-llama-3.1-community")
	var kinds []string
	for _, d := range b.Duties() {
		if d.Licence == "LicenseRef-llama-3.1-community" {
			kinds = append(kinds, d.Kind)
			if d.Of != base || d.Component != Base || d.Clause.URL == "" ||
				d.Clause.Section == "" && d.Kind != "policy_passed_on" { // no section of this licence asks it in so many words
				t.Errorf("%s: of %q, section %q, at %q", d.Kind, d.Of, d.Clause.Section, d.Clause.URL)
			}
		}
	}
	for _, want := range []string{"license_copy", "notice", "display", "naming", "use_policy", "policy_passed_on",
		"separate_licence", "acceptance", "attribution"} {
		if !slices.Contains(kinds, want) {
			t.Errorf("no duty of %s among %q", want, kinds)
		}
	}
	l := Licence{ID: "Apache-2.0", URL: "x", text: &textOf{doc: audit.Document{URL: "u", SHA256: "s"}, body: []byte(text)}}
	c := l.clause("license_copy", "4.a")
	if c.Quote != "You must give any recipient a copy of this License." || text[c.Start:c.End] != c.Quote ||
		c.SHA256 != "s" {
		t.Errorf("clause: %+v", c)
	}
	if c := l.clause("output", ""); c.Quote != "You may not use the outputs to train another model." {
		t.Errorf("clause on outputs: %+v", c)
	}
}

// TestDutiesOfUses: a duty is listed where the use makes it due.
func TestDutiesOfUses(t *testing.T) {
	const internal = "country: US\nmonthly_active_users: 10\nuse: [internal]\nfields: [retail]\n"
	for _, test := range []struct {
		licence, profile, kind string
		owed                   bool
	}{
		{"LicenseRef-llama-3.1-community", service, "display", true},
		{"LicenseRef-llama-3.1-community", internal, "display", false},
		{"LicenseRef-llama-3.1-community", internal, "use_policy", true},
		{"LicenseRef-llama-3.1-community", distilled, "naming", true},
		{"AGPL-3.0-only", service, "source_code", true},
		{"AGPL-3.0-only", internal, "source_code", false},
		{"GPL-3.0-only", service, "source_code", false},
		{"GPL-3.0-only", product, "source_code", true},
		{"Apache-2.0", product, "license_copy", true},
		{"Apache-2.0", service, "license_copy", false},
	} {
		b := gathered(found(test.licence))
		v := b.Deploy(profile(t, test.profile))
		if got := slices.ContainsFunc(v.Duties, func(d Duty) bool { return d.Kind == test.kind }); got != test.owed {
			t.Errorf("%s, %s of %q: owed %v", test.licence, test.kind, test.profile, got)
		}
	}
}

// TestProfileFaults: a key that is not known may be a limit that nobody looks at.
func TestProfileFaults(t *testing.T) {
	for name, text := range map[string]string{
		"an unknown key": "use: [service]\nusers: 3\n", "no use": "country: DE\n", "an unknown use": "use: [profit]\n",
		"a country in words":   "country: Germany\nuse: [service]\n",
		"fewer than none":      "use: [service]\nannual_revenue: -1\n",
		"an unknown component": "use: [service]\ncomponents: [soul]\n", "not a map": "- a\n",
	} {
		if _, err := ParseProfile([]byte(text)); err == nil {
			t.Errorf("%s: no fault", name)
		}
	}
}

// TestFieldInText: the sentence that forbids a field is quoted, whatever signs it has.
func TestFieldInText(t *testing.T) {
	for name, sentence := range map[string]string{
		"a sign of several bytes":   "You must not use the work, or anything that was made from any part of the works“ for surgery.",
		"another encoding":          "You must not use the \x93work\x94 for surgery.",
		"a word of the liabilities": "You must not use the work for surgery, for which nobody is liable.",
	} {
		l := Licence{ID: "MIT", text: &textOf{doc: audit.Document{URL: "u", SHA256: "s"},
			body: []byte("Terms of the work.\n\n" + sentence + "\n\nNo more terms.\n")}}
		if c, ok, _, _ := l.speaksOf("surgery"); ok != MayNot || c.Quote != sentence || c.SHA256 != "s" || c.Start == 0 {
			t.Errorf("%s: %v, %+v", name, ok, c)
		}
	}
	text := "You must not: " + strings.Repeat("hurt, ", 200) + "do surgery.\n"
	l := Licence{ID: "MIT", text: &textOf{body: []byte(text)}}
	if c, ok, _, _ := l.speaksOf("surgery"); ok != MayNot || len(c.Quote) != longestClause || c.Start != 0 {
		t.Errorf("a long sentence: %v, %+v", ok, c)
	}
}

// TestLeftParent: a parent past the bound of the crawl is one more whose licence nobody knows; what is only related is none.
func TestLeftParent(t *testing.T) {
	for reason, want := range map[string]int{"It is merged. " + audit.PastTheBound: 1, "It is like it.": 0} {
		s := audit.Subject{ID: model, Places: []audit.Place{{Kind: audit.HubModel, Role: audit.RoleEnd, ID: model},
			{Kind: audit.HubModel, Role: audit.RoleRelated, ID: "rival/condor-13b", Reason: reason}}}
		b := Gather(s, found("MIT"), nil, func(string) []byte { return nil })
		if got := len(b.Unsettled) - len(gathered(found("MIT")).Unsettled); got != want {
			t.Errorf("%s: %d more unsettled, want %d: %v", reason, got, want, b.Unsettled)
		}
	}
}
