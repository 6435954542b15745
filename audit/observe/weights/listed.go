package weights

import (
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/hub"
)

// adapterLibraries load weights that are of no use without others.
var adapterLibraries = []string{"peft", "adapter-transformers"}

// WeightsListed says what a list of files tells of weights, as the theme of weights
// reads the hub's answer on one model (weighFiles).
func WeightsListed(m *hub.Model) audit.ListedWeights {
	if !m.SiblingsKnown {
		return audit.WeightsUnlisted
	}
	whole, adapter, named, unclear := false, false, false, false
	for _, f := range m.Siblings {
		switch {
		case !weightsFile(f):
			unclear = unclear || !plain(f)
		case strings.HasPrefix(path.Base(f), "adapter_model"):
			adapter = true
		case hasAdapterName(f):
			named = true
		default:
			whole = true
		}
	}
	declared := m.BaseRelation == "adapter" || slices.Contains(adapterLibraries, m.Library)
	switch {
	case whole && !declared && !hasAdapterName(m.ID):
		return audit.WeightsWhole
	case whole || named && !declared:
		return audit.WeightsEither
	case adapter || named:
		return audit.WeightsAdapter
	case unclear:
		return audit.WeightsUnclear
	}
	return audit.WeightsNone
}

// plain reports whether a file holds no weights for certain. Most names end in a
// type that a list of a few settles; the pattern is for the others.
func plain(name string) bool {
	switch path.Ext(name) {
	case ".json", ".md", ".txt", ".py", ".model", ".png", ".jpg", ".jsonl", ".yaml", ".jinja", ".gitattributes":
		return true
	}
	return plainFile.MatchString(name)
}

// hasAdapterName reports whether a name says that it is of a difference to other
// weights. The pattern costs more than the words that it needs.
func hasAdapterName(name string) bool {
	lower := strings.ToLower(name)
	if !strings.Contains(lower, "lora") && !strings.Contains(lower, "adapter") && !strings.Contains(lower, "delta") &&
		!strings.Contains(lower, "diff") {
		return false
	}
	return deltaName.MatchString(strings.TrimSuffix(path.Base(name), path.Ext(name)))
}
