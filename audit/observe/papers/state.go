package papers

import "openness/audit"

// A paperState is what the papers theme found, once it has read.
type paperState struct {
	paperObs []audit.Observation
}
