package ranking

import (
	"testing"

	"openness/reports/internal/fixture"
	"openness/rubric"
)

// TestSensitivity: nothing moves under the same scoring, what hangs on one
// dimension moves without it, and models that are not ranked both times make no
// room for others.
func TestSensitivity(t *testing.T) {
	r := testReport()
	r.Models = append(r.Models, fixture.Model("acme/shy", "Shy", "ouuuuuuuuuuu"), fixture.Model("acme/one", "One",
		"oooooooooocc"), fixture.Model("acme/two", "Two", "ccoooooooooo"))
	rows := r.Rows()
	s := SensitivityOf(rows, r.Rubric, Ranking{}, "t", []Scoring{{"same", rows}})
	if v := s.Variants[0]; v.Tau != 1 || v.Largest != 0 || v.Models != len(rows)-1 {
		t.Errorf("the same scoring: %+v", v)
	}
	for _, m := range s.Models {
		if m.ID == "acme/shy" || m.Best != m.Place || m.Worst != m.Place || m.By != "" {
			t.Errorf("%+v", m)
		}
	}
	s = SensitivityOf(rows, r.Rubric, Ranking{}, "t", Reweighted(rows, r.Rubric))
	if len(s.Variants) != 2*len(r.Rubric.Dimensions) {
		t.Errorf("%d variants", len(s.Variants))
	}
	for _, m := range s.Models {
		if m.Best > m.Place || m.Worst < m.Place || m.Best < 1 || m.Worst > len(s.Models) {
			t.Errorf("%+v", m)
		}
		if m.ID == "acme/one" && m.Worst == m.Best {
			t.Errorf("what ties with another moves when a dimension counts twice: %+v", m)
		}
	}
}

func TestKendall(t *testing.T) {
	for _, c := range []struct {
		a, b []int
		want float64
	}{{[]int{1, 2, 3, 4}, []int{1, 2, 3, 4}, 1}, {[]int{1, 2, 3, 4}, []int{4, 3, 2, 1}, -1},
		{[]int{1, 2, 3, 4}, []int{2, 1, 4, 3}, 0.333},
		{[]int{1, 1, 3}, []int{1, 2, 3}, 0.816}, {[]int{1}, []int{1}, 1}} {
		if got := kendall(c.a, c.b); got != c.want {
			t.Errorf("%v %v: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

// TestDiffRubrics: what differs, and whose classes that changes.
func TestDiffRubrics(t *testing.T) {
	r := testReport()
	other := *fixture.Rubric()
	other.ID = "other"
	other.Dimensions = append([]rubric.Dimension(nil), other.Dimensions[1:]...)
	other.Dimensions[0].Weight = 2
	rows := func(r *rubric.Rubric) []Row {
		var list []Row
		for i := range testReport().Models {
			m := testReport().Models[i]
			m.Assessments[0].Rubric.ID = r.ID
			list = append(list, RowOf(&m, r))
		}
		return list
	}
	d := DiffRubrics(r.Rubric, &other, r.Rows(), rows(&other), Ranking{})
	if len(d.Dimensions) != 2 || d.Dimensions[0].Changes[0] != "is no longer asked" ||
		d.Dimensions[1].Changes[0] != "weighs 1, now 2" {
		t.Errorf("%+v", d.Dimensions)
	}
	if len(d.Models) != len(r.Models) || d.Models[0].Because[0].To != "" {
		t.Errorf("%+v", d.Models)
	}
	if same := DiffRubrics(r.Rubric, r.Rubric, r.Rows(), r.Rows(), Ranking{}); len(same.Dimensions)+
		len(same.Models) != 0 {
		t.Errorf("a rubric differs from itself: %+v", same)
	}
}
