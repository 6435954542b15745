package reports

// A Release is a model that a maker released, as the table of facts has it.
type Release struct {
	Maker      string  `json:"maker"`
	Model      string  `json:"model"`
	Released   string  `json:"released"`
	Open       bool    `json:"open"`                 // the weights were published
	Parameters float64 `json:"parameters,omitempty"` // in billions; 0 where it is not published
	Hub        string  `json:"hub,omitempty"`
	Source     string  `json:"source"`
}

// Access says whether the release's weights were published.
func (r *Release) Access() Access {
	if r.Open {
		return WeightsPublished
	}
	return ServiceOnly
}
