package claims

import (
	"fmt"
	"slices"
	"time"

	"openness/rubric"
)

// catalogued judges a claim on a model that nothing is stored of, by the one
// thing that the catalogue knows of it: that no weights are published. That
// settles claims on weights and on being open or closed, and no others.
func catalogued(c *Claim, s *Service, at time.Time) (rubric.Verdict, string) {
	source := fmt.Sprintf("The catalogue lists it as offered as a service only, with no published weights, since its release on %s (%s).", s.Since, s.Source)
	closed := c.Predicate == "other" && c.Value == "closed"
	open := slices.Contains([]string{"open-weights", "downloadable", "open-source", "fully-open"}, c.Predicate) ||
		c.Predicate == "other" && c.Value == "open"
	released, _ := spanOfDate(s.Since)
	switch {
	case !closed && !open || c.only || c.Weak == hedgePart:
		return rubric.Unverifiable, "Nothing is stored of it. " + source
	case released.IsZero() || at.Before(released):
		return rubric.Unverifiable, "It was not out on that day. " + source
	case closed && !c.Denied, open && c.Denied:
		return rubric.Supported, source
	}
	return rubric.Refuted, source
}

func (k *Checker) service(id string) *Service {
	if k.Service == nil {
		return nil
	}
	return k.Service(id)
}
