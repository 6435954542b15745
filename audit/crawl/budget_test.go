package crawl

import "testing"

func TestParseBudget(t *testing.T) {
	b, err := ParseBudget("papers=0, sites=5")
	if err != nil || b[BudgetPapers] != 0 || b[BudgetSites] != 5 || b[BudgetDatasets] != maxDatasets {
		t.Errorf("%v, %v", b, err)
	}
	for _, wrong := range []string{"books=1", "papers", "papers=-1", "papers=many", "sites=1000"} {
		if b, err := ParseBudget(wrong); err == nil {
			t.Errorf("%q is read as %v", wrong, b)
		}
	}
}
