package reports

// Access says how a model is released, from the facts alone.
type Access string

// The ways of release.
const (
	WeightsPublished Access = "weights"      // weights can be downloaded, possibly behind a gate
	ServiceOnly      Access = "service only" // the publisher offers a service, or publishes no weights
	AccessUnknown    Access = "unknown"
)

// Access tells from the facts whether the model's weights are published.
func (m *Model) Access() Access {
	if v, ok := m.fact("weights.end.published"); ok && v == "true" {
		return WeightsPublished
	}
	closed, _ := m.fact("model.closed")
	if v, ok := m.fact("weights.end.published"); closed == "true" || ok && v == "false" ||
		m.absent("weights.end.published") {
		return ServiceOnly
	}
	return AccessUnknown
}
