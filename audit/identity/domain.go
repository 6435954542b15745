package identity

import (
	"path"
	"slices"
	"strings"
)

// OwnDomain reports whether a host bears the name of a model's makers or of its family.
func OwnDomain(host, model string) bool {
	owner, family := Squash(path.Dir(model)), Family(path.Base(model))
	ownerParts := strings.FieldsFunc(strings.ToLower(path.Dir(model)), func(r rune) bool {
		return r == '-' || r == '_' || r == '.'
	})
	labels := strings.Split(strings.TrimPrefix(strings.ToLower(host), "www."), ".")
	for i, label := range labels {
		if i == len(labels)-1 && i > 0 {
			label = labels[i-1] + label // "acme.ai" for "acmeai"
		}
		label = Squash(label)
		switch {
		case len(label) < MinShared:
		case len(owner) >= MinShared && (label == owner ||
			len(label) > MinShared && (strings.HasPrefix(owner, label) || strings.HasPrefix(label, owner))):
			return true
		case len(family) > MinShared && strings.HasPrefix(label, family):
			return true
		case slices.Contains(ownerParts, label) && len(label) >= MinFamily && !CommonWord(label) &&
			i < len(labels)-1:
			return true
		}
	}
	return false
}
