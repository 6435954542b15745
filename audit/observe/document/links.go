package document

import (
	"bytes"
	"path"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// HubLink matches an address on a hub that may be a model's; modelID tells.
var HubLink = phrases.ExpressionOf("document.hub-link")

// modelID is the model that a matched address on a hub leads to; false for what
// else the hubs serve under two names: data sets, demonstrations, papers,
// collections, organisations, documentation.
func modelID(matched string) (string, bool) {
	id := strings.TrimRight(matched, ".")
	switch strings.ToLower(path.Dir(id)) {
	case "datasets", "spaces", "papers", "docs", "blog", "collections", "organizations", "join", "settings", "learn",
		"posts", "models", "transformers", "tensorboard":
		return "", false
	}
	if strings.HasPrefix(path.Base(id), "http") {
		return "", false // two addresses that were written into one
	}
	return id, true
}

// ModelLinks lists the models that a text links on a hub, with the span of each
// id. Addresses beside the files, such as a licence's, are left out.
func ModelLinks(body []byte) []Reading {
	var found []Reading
	for _, m := range HubLink.FindAllSubmatchIndex(body, 400) {
		id, ok := modelID(string(body[m[2]:m[3]]))
		end := m[2] + len(id)
		if ok && !BesideWeights.Match(body[end:min(len(body), end+BesideLength)]) {
			found = append(found, Reading{id, audit.Span{Start: m[2], End: end}})
		}
	}
	return found
}

// HubDataset matches the address of a data set on a hub.
var HubDataset = pattern.MustCompile(`(?i)(?:huggingface\.co|hf\.co)/datasets/([\w.-]*\w(?:/[\w.-]*\w)?)`)

// BesideWeights matches what follows an id in the address of something other
// than its files: a discussion, a licence.
var BesideWeights = phrases.ExpressionOf("document.beside-weights")

// BesideLength is how much of an address is looked at.
const BesideLength = 160

// InURL reports whether an offset lies within a web address.
func InURL(body []byte, at int) bool {
	start := at
	for start > 0 && at-start < 200 && !bytes.ContainsRune([]byte(" \t\n<>()[]|"), rune(body[start-1])) {
		start--
	}
	return bytes.Contains(body[start:at], []byte("://"))
}

// forgeAddress matches the address of a repository on a forge, or of a place in one,
// within a text.
var forgeAddress = pattern.MustCompile(`(?i)\bgithub\.com/([\w-]+/[\w.-]+)`)

// RepositoriesIn lists the repositories that a text gives the addresses of, in its order
// and as often as it does, but no more than some.
func RepositoriesIn(text []byte, most int) []string {
	var ids []string
	for _, m := range forgeAddress.FindAllSubmatch(text, most) {
		// a full stop may be the sentence's
		ids = append(ids, strings.TrimSuffix(strings.TrimRight(string(m[1]), "."), ".git"))
	}
	return ids
}

// RepositoryAt is the repository that a link leads to, or to a place in which, or "".
func RepositoryAt(address string) string {
	_, host, ok := strings.Cut(strings.ToLower(address), "://")
	if !ok || !strings.HasPrefix(strings.TrimPrefix(host, "www."), "github.com/") {
		return ""
	}
	if ids := RepositoriesIn([]byte(address), 1); len(ids) > 0 {
		return ids[0]
	}
	return ""
}
