package agreement

// The published indexes ask much the same under other names: each followed an
// older one, and some of its dimensions changed theirs.

// questions gives the name that the newest index has for a dimension of an
// older one.
var questions = map[string]string{
	"opencode":     "trainingcode",
	"llmdata":      "datasources_basemodel",
	"rldata":       "datasources_endmodel",
	"llmweights":   "weights_basemodel",
	"rlweights":    "weights_endmodel",
	"license":      "licenses",
	"architecture": "hardware_architecture",
}

// Question is what a dimension asks, under the name that the newest index has
// for it: two raters who answer one question can be held against each other.
func Question(dimension string) string {
	if newest, ok := questions[dimension]; ok {
		return newest
	}
	return dimension
}
