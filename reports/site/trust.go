package site

import (
	_ "embed" // the measured agreement
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"openness/reports"
)

// How far a cell can be trusted differs by dimension: on some this tool agrees
// with the people of the index nearly always, on others it does not. What was
// measured stands beside each dimension.

// A Trust is how often the tool agreed with the experts of an index on one
// dimension, where it came to a class at all.
type Trust struct {
	Judged, Determined, Agree int
	Kappa                     float64
	Measured                  string // date
}

// agreementCSV is what "openness validate" measured against the published
// judgements of each index, by dimension: its own figures, and no judgement. It
// is renewed when rules change; docs/agreement.md says how.
//
//go:embed agreement_known.csv
var agreementCSV string

var trusts = sync.OnceValue(func() map[[2]string]Trust {
	lines, err := csv.NewReader(strings.NewReader(agreementCSV)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("agreement_known.csv: %v", err)) // embedded: a build that fails its own tests
	}
	known := make(map[[2]string]Trust)
	for _, l := range lines[1:] {
		t := Trust{Measured: l[6]}
		t.Judged, _ = strconv.Atoi(l[2])
		t.Determined, _ = strconv.Atoi(l[3])
		t.Agree, _ = strconv.Atoi(l[4])
		t.Kappa, _ = strconv.ParseFloat(l[5], 64)
		known[[2]string{l[0], l[1]}] = t
	}
	return known
})

// Share is how much of what was determined agrees, "–" of nothing.
func (t Trust) Share() string {
	if t.Determined == 0 {
		return "–"
	}
	return reports.Share(float64(t.Agree) / float64(t.Determined))
}

// Words say it in a sentence.
func (t Trust) Words() string {
	return fmt.Sprintf("Where the tool comes to a class here, it is that of the index's experts in %s of cases (%d of %d systems determined, weighted kappa %.2f, %s).",
		t.Share(), t.Determined, t.Judged, t.Kappa, t.Measured)
}

// trust is what was measured of a dimension, nil where nothing was.
func trust(rubricID, dimension string) *Trust {
	if t, ok := trusts()[[2]string{rubricID, dimension}]; ok {
		return &t
	}
	return nil
}
