package evidence

import (
	"openness/reports"
)

// A Conflict is a contradiction made readable: its sides as evidence.
type Conflict struct {
	reports.Conflict
	Sides []Evidence
}

// Conflicts makes the conflicts readable.
func Conflicts(m *reports.Model) []Conflict {
	var list []Conflict
	for _, c := range m.Conflicts() {
		d := Conflict{Conflict: c}
		for _, o := range c.Observations {
			d.Sides = append(d.Sides, Of(m, o))
		}
		list = append(list, d)
	}
	return list
}
