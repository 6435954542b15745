package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/observe"
	"openness/data"
	"openness/reports/census"
	"openness/rubric"
)

// TestListClosesNothing: whatever a list tells, no dimension of any rubric is closed
// by what was not looked at, and none but those of weights is open. A tag that names a
// licence with limits was looked at: it closes what asks for the licence of the weights.
func TestListClosesNothing(t *testing.T) {
	found := map[string]bool{}
	for _, id := range rubric.IDs() {
		r, err := oneRubric(id)
		if err != nil {
			t.Fatal(err)
		}
		judge := listJudge{rubric: r, known: map[string]*rubric.Assessment{}}
		bases := []*observe.ListedBase{nil}
		weights := []audit.ListedWeights{audit.WeightsUnlisted, audit.WeightsWhole, audit.WeightsAdapter,
			audit.WeightsEither, audit.WeightsNone, audit.WeightsUnclear}
		gates := []string{"", "none", "automatic", "manual"}
		for _, w := range weights {
			for _, g := range gates {
				bases = append(bases, &observe.ListedBase{Weights: w, Gate: g})
			}
		}
		for _, w := range weights {
			for _, g := range gates {
				for class, licence := range map[audit.ListedLicence]string{"": "", audit.LicenceNone: "",
					audit.LicenceUnclear: "LicenseRef-unknown",
					audit.LicenceOpen:    "Apache-2.0", audit.LicenceNoncommercial: "CC-BY-NC-4.0",
					audit.LicenceRestricted: "LicenseRef-llama-3.1-community"} {
					for _, base := range bases {
						l := audit.Listed{Model: "a/b", Weights: w, Gate: g, Class: class, Licence: licence,
							Card: audit.CardThere}
						for _, j := range judge.judge(&l, base).Judgements {
							listed := w == audit.WeightsWhole || w == audit.WeightsAdapter || w == audit.WeightsEither
							free := w == audit.WeightsWhole && g == "none"
							freeBase := base != nil && base.Weights == audit.WeightsWhole && base.Gate == "none"
							limited := class == audit.LicenceNoncommercial || class == audit.LicenceRestricted
							switch {
							case j.Class == rubric.Closed && limited && strings.Contains(j.Reason, licence):
								found[fmt.Sprintf("%s %s %s", id, j.Dimension, j.Class)] = true
							case j.Class == rubric.Closed:
								t.Fatalf("%s: %s is closed by %+v, base %+v: %s", id, j.Dimension, l, base, j.Reason)
							// the Act asks whether they are given out
							case j.Class == rubric.Open && !free && !freeBase && !(strings.HasPrefix(id, "eu-") &&
								listed):
								t.Fatalf("%s: %s is open by %+v, base %+v: %s", id, j.Dimension, l, base, j.Reason)
							case j.Class != rubric.Undetermined:
								found[fmt.Sprintf("%s %s %s", id, j.Dimension, j.Class)] = true
							}
						}
					}
				}
			}
		}
	}
	for f := range found {
		if !strings.Contains(f, "weights") && !strings.Contains(f, "parameters") &&
			!strings.Contains(f, "53-2 access") && !strings.Contains(f, "licen") {
			t.Errorf("a list cannot tell of %s", f)
		}
	}
	if !found["osai-2026 weights_endmodel open"] || !found["osai-2026 weights_basemodel partial"] {
		t.Errorf("only %v was told", found)
	}
}

// storeCensus stores a finished census of some models.
func storeCensus(t *testing.T, db *data.DB, at time.Time, models ...audit.Listed) data.Census {
	t.Helper()
	c, err := db.BeginCensus(t.Context(), "{}", "test", at)
	if err == nil {
		err = db.SavePage(t.Context(), &c, &data.CensusPage{Models: models, Query: "{}", Requests: 1, At: at})
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func row(model, weights, gate, licence, class string, bases ...string) audit.Listed {
	return audit.Listed{Model: model, Weights: audit.ListedWeights(weights), Gate: gate, Licence: licence,
		Class: audit.ListedLicence(class),
		Bases: bases, Downloads: 10, Likes: -1, Parameters: -1}
}

func TestCensusCounts(t *testing.T) {
	db, err := data.Open(t.Context(), filepath.Join(t.TempDir(), "c.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	c := storeCensus(t, db, time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
		row("acme/quokka", "whole", "manual", "LicenseRef-llama-3.1-community", "restricted"),
		row("acme/quokka-chat", "whole", "none", "Apache-2.0", "open", "acme/quokka"),
		row("bob/quokka-gguf", "whole", "none", "Apache-2.0", "open", "acme/quokka-chat"),
		row("bob/merged", "whole", "none", "MIT", "open", "acme/quokka", "zed/numbat"),
		row("cat/round-a", "whole", "none", "MIT", "open", "cat/round-b"),
		row("cat/round-b", "whole", "none", "MIT", "open", "cat/round-a"),
		row("cat/orphan", "adapter", "none", "", "none", "gone/model"),
		row("bare", "", "", "", ""),
		row("zed/numbat", "whole", "none", "MIT", "open"),
		row("zed/wombat", "whole", "none", "MIT", "open", "zed/numbat"))
	r, err := oneRubric("")
	if err != nil {
		t.Fatal(err)
	}
	got, err := counted(t.Context(), db, &c, r, 2)
	if err != nil {
		t.Fatal(err)
	}
	dims := map[string]census.Dimension{}
	for _, d := range got.Dimensions {
		dims[d.Dimension] = d
	}
	rows := func(by string) (keys []string) {
		for _, table := range got.Tables {
			for _, c := range table.Rows {
				if table.By == by {
					keys = append(keys, fmt.Sprint(c.Key, " ", c.Models))
				}
			}
			if table.By == by && table.Other != nil {
				keys = append(keys, fmt.Sprint(table.Other.Key, " ", table.Other.Models))
			}
		}
		return keys
	}
	end, base := dims["weights_endmodel"], dims["weights_basemodel"]
	for what, ok := range map[string]bool{
		"models": got.Models == 10 && got.All.Free == 7 && got.All.Gated == 1 && got.All.Difference == 1 &&
			got.All.Unknown == 1,
		"ends": end.Open == 7 && end.Partial == 2 && end.Undetermined == 1,
		// one free, two of a gated beginning; not of several, round or gone
		"bases":     base.Open == 1 && base.Partial == 2 && base.Undetermined == 7,
		"conflicts": got.Conflicts == census.Conflicts{Beyond: 1, Differs: 1},
		"accounts":  slices.Equal(rows("organisation"), []string{"cat 3", "acme 2", "(others) 5"}),
		"families":  slices.Equal(rows("base_family"), []string{"(no base named) 3", "quokka 3", "(others) 4"}),
		"bands":     slices.Equal(rows("downloads"), []string{"10–99 10"}),
	} {
		if !ok {
			t.Errorf("%s: %+v\n%v %v", what, got, rows("organisation"), rows("base_family"))
		}
	}
}

func TestCensusChanges(t *testing.T) {
	db, err := data.Open(t.Context(), filepath.Join(t.TempDir(), "c.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	day := time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	before := storeCensus(t, db, day, row("a/same", "whole", "none", "MIT", "open"), row("a/gone", "whole", "none",
		"MIT", "open"),
		row("a/gated", "whole", "none", "MIT", "open"), row("a/relicensed", "whole", "none", "MIT", "open"),
		row("a/untold", "whole", "none", "MIT", "open"))
	after := storeCensus(t, db, day.AddDate(0, 1, 0), row("a/same", "whole", "none", "MIT", "open"),
		row("a/new", "whole", "none", "MIT", "open"),
		row("a/gated", "none", "manual", "MIT", "open"), row("a/relicensed", "whole", "none", "", "none"),
		row("a/untold", "", "", "MIT", "open"))
	var got []string
	err = db.CompareCensuses(t.Context(), before.ID, after.ID, func(c *data.ListChange) error {
		got = append(got, fmt.Sprintf("%s %s %s>%s", c.Kind, c.Model, c.Before, c.After))
		return nil
	})
	want := []string{"new a/new >", "gone a/gone >", "gate a/gated none>manual", "licence a/relicensed MIT>none",
		"weights a/gated whole>none"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
	// A page is stored once: who comes second with the same place finds it taken.
	open, err := db.BeginCensus(t.Context(), "{}", "test", day)
	if err != nil {
		t.Fatal(err)
	}
	other := open
	page := func() *data.CensusPage {
		return &data.CensusPage{Models: []audit.Listed{row("b/x", "whole", "none", "", "none")}, Next: "n", Query: "{}",
			At: day}
	}
	if err := db.SavePage(t.Context(), &open, page()); err != nil {
		t.Fatal(err)
	}
	if err := db.SavePage(t.Context(), &other, page()); err == nil || other.Pages != 0 {
		t.Errorf("the page of another process was stored again: %v", err)
	}
}
