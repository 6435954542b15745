package obligations

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

// listedFields are fields of use that licences of models speak of.
var listedFields = []string{"medical", "law", "finance", "employment", "biometric", "critical infrastructure",
	"military", "surveillance", "law enforcement", "education", "insurance", "gambling"}

// How many answers of the corpus' texts are a ban, and a clause to be read. All were read on
// 28 and 29 November.
const (
	bannedFields = 94
	askedFields  = 177
)

// TestFields holds those counts, and writes for each licence text of the corpus that forbids uses
// what it says of each field into the file that OPENNESS_FIELDS names, to be read.
func TestFields(t *testing.T) {
	type row struct{ field, answer, quote string }
	rows := make(map[row][]string)
	seen := make(map[string]bool)
	for _, path := range legalFiles(t) {
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		l, ok := readLicence(body)
		if sum := audit.Hash(body); !ok || seen[sum] || !asks(l.Terms.UseRestrictions) {
			continue
		} else {
			seen[sum] = true
		}
		for _, field := range listedFields {
			d := decision{profile: Profile{Fields: []string{field}}}
			d.fields(l)
			for _, q := range d.questions {
				r := row{field, string(q.Answer), strings.Join(strings.Fields(q.Clause.Quote), " ")}
				if q.Answer == NotDetermined {
					r.quote = ""
				}
				rows[r] = append(rows[r], l.ID)
			}
		}
	}
	count := make(map[Answer]int)
	for r, ids := range rows {
		count[Answer(r.answer)] += len(ids)
	}
	if count[MayNot] != bannedFields || count[Ask] != askedFields || count[May] != 0 {
		t.Errorf("%v, want %d may_not, %d ask and no may", count, bannedFields, askedFields)
	}
	var out []string
	for r, ids := range rows {
		slices.Sort(ids)
		out = append(out, fmt.Sprintf("%s\t%s\t%d\t%s\t%s", r.field, r.answer, len(ids),
			strings.Join(slices.Compact(ids), " "), r.quote))
	}
	slices.Sort(out)
	if file := os.Getenv("OPENNESS_FIELDS"); file != "" {
		if err := os.WriteFile(file, []byte(strings.Join(out, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFieldAnswers: a field that is forbidden as such may not be served; of what is forbidden
// within one, or on a condition, the clause has to be read; a definition or a grant forbids none.
func TestFieldAnswers(t *testing.T) {
	for _, c := range []struct {
		field, text string
		want        Answer
	}{
		{"defence", "You shall not use the work for any military or unlawful purposes.", MayNot},
		{"energy", "You will not use the work to:\n\n1. Harm others\n2. Build, in particular:\n" +
			"  a. operation of critical infrastructure or heavy machinery\n", MayNot},
		{"healthcare", "You will not use the work to:\n\n1. Engage in the unlicensed practice of any profession, " +
			"including legal, medical or related practices\n", Ask},
		{"legal", "You agree not to use the work for fully automated decisions in the administration of justice.", Ask},
		{"hiring", "Prohibited uses\n\n- discrimination in the provision of employment or housing\n", Ask},
		{"face recognition", "You may not collect biometric data without the consent of the persons.", Ask},
		{"defense", "You may not use the work for autonomous weapons or for any weapons.", MayNot},
		{"博彩", "您不得将模型用于博彩。", MayNot},
		{"education", "You may use the work solely for educational purposes, and may not sell it.", May},
		{"finance", "You may not use the work to cause harm, whether physical or financial.", May},
		{"research", "Wombat Ltd is under no obligation to support the Research Works.", May},
		{"research", "You will not use the work for research or for teaching.", MayNot},
		{"law", "You must not break the law. See https://example.org/legal/policy.", May},
	} {
		l := Licence{ID: "MIT", text: &textOf{doc: audit.Document{URL: "u", SHA256: "s"},
			body: []byte("Terms of the work.\n\n" + c.text + "\n\nNo more terms.\n")}}
		if clause, got, _, _ := l.speaksOf(c.field); got != c.want || got != May && clause.Quote == "" {
			t.Errorf("%s, %q: %s, want %s; %+v", c.field, c.text, got, c.want, clause)
		}
	}
}

// TestOrdinaryFields: an ordinary field may be served where nothing forbids it; a ban that stands
// beside words that no ban means is one all the same, and where that is not sure nothing is granted.
func TestOrdinaryFields(t *testing.T) {
	restricted := true
	for _, c := range []struct {
		text string
		want Answer
	}{
		{"It may be used solely for research and must not be used for marketing.", MayNot},
		{"The grant is not intended to cover resale, and the model may not be used for marketing.", MayNot},
		{"It may be used solely for research, never for marketing.", NotDetermined},
		{"This grant does not cover use of the work for marketing.", NotDetermined},
		{"You may use the work solely for marketing.", May},
		{"You may not use the work for military purposes.", May},
	} {
		l := Licence{ID: "LicenseRef-x", Name: "The terms", text: &textOf{doc: audit.Document{URL: "u", SHA256: "s"},
			body: []byte("Terms of the work.\n\n" + c.text + "\n\nNo more terms.\n")}}
		l.Terms.UseRestrictions = &restricted
		d := decision{profile: Profile{Fields: []string{"marketing"}}}
		if d.fields(l); len(d.questions) != 1 || d.questions[0].Answer != c.want {
			t.Errorf("%q: %+v, want %s", c.text, d.questions, c.want)
		}
	}
}

// TestNameOfTheLicence: the licence's own name beside a field qualifies no ban, unless it speaks of
// the field itself.
func TestNameOfTheLicence(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       Answer
	}{
		{"Wombat 3 Community Licence", "You will not use Wombat for military purposes.", MayNot},
		{"Wombat 3 Community Licence", "You will not use military Wombat.", MayNot},
		{"Quokka Licence", "You will not use military Wombat.", Ask},
		{"Military Wombat Terms", "You will not break the Military Wombat Terms.", Ask},
	} {
		l := Licence{ID: "LicenseRef-x", Name: c.name, text: &textOf{body: []byte("Terms.\n\n" + c.text + "\n")}}
		if _, got, _, _ := l.speaksOf("military"); got != c.want {
			t.Errorf("%s, %q: %s, want %s", c.name, c.text, got, c.want)
		}
	}
}

// TestFieldIsNoPart: what only looks like a part of another field, or like the name of a thing, is forbidden.
func TestFieldIsNoPart(t *testing.T) {
	restricted := true
	for field, ban := range map[string]string{
		"research":  "You may not use the work for any purpose, including research of any kind.",
		"marketing": "\"Direct Marketing\" means letters to many.\n\nYou will not use the work for Direct Marketing.",
	} {
		l := Licence{ID: "LicenseRef-x", Name: "The terms", text: &textOf{doc: audit.Document{URL: "u", SHA256: "s"},
			body: []byte("Terms of the work.\n\n" + ban + "\n")}}
		l.Terms.UseRestrictions = &restricted
		d := decision{profile: Profile{Fields: []string{field}}}
		if d.fields(l); len(d.questions) != 1 || d.questions[0].Answer == May {
			t.Errorf("%s: %+v", field, d.questions)
		}
	}
}

// TestResearchWithinAField: research on a field that is forbidden is that field's, and no ban on research.
func TestResearchWithinAField(t *testing.T) {
	restricted := true
	for _, c := range []struct {
		field string
		want  Answer
	}{{"research", May}, {"surveillance", MayNot}, {"military", MayNot}} {
		l := Licence{ID: "LicenseRef-x", Name: "The terms", text: &textOf{doc: audit.Document{URL: "u", SHA256: "s"},
			body: []byte("Terms of the work.\n\n\"Research Pieces\" means the work and its papers.\n\n" +
				"You will not use, or let others use, Research Pieces to harm.\n\nYou will not use the work for (i) military purposes, " +
				"(ii) purposes of " +
				"surveillance, including any research or development relating to surveillance, (iii) fraud.\n")}}
		l.Terms.UseRestrictions = &restricted
		d := decision{profile: Profile{Fields: []string{c.field}}}
		if d.fields(l); len(d.questions) != 1 || d.questions[0].Answer != c.want {
			t.Errorf("%s: %+v, want %s", c.field, d.questions, c.want)
		}
	}
}
