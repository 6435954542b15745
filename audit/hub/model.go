// Package hub reads what Hugging Face says about a model or dataset: the
// answers of its API as typed values, with the bytes each was read from, and
// where its files are.
//
// A field that an answer leaves out is unknown, never empty or false: answers
// differ by client, by age and by what was asked for. Every such field has a
// way to tell: a nil pointer, an empty string that the hub never sends, or a
// Known flag. The package asks nothing over the network.
package hub

import (
	"fmt"
	"slices"
	"strings"

	"openness/audit/page/jsonspan"
	"openness/audit/pattern"
)

// RecordsBegan is the day that every repository which is older than the hub's own records carries as the
// day of its creation: of these it is not known.
const RecordsBegan = "2022-03-02"

// A Model is the answer of GET /api/models/ID.
type Model struct {
	ID            string
	SHA           string // of the revision the answer describes; empty if unknown
	Author        string
	Private       *bool
	Disabled      *bool
	Gated         string // "false", "auto", "manual"; empty if unknown
	Siblings      []string
	SiblingsKnown bool
	Tags          []string
	TagsKnown     bool
	Licenses      []string // of cardData and tags, lower case, without repeats
	BaseModels    []string // of the tags, which follow renames, or where they name none, of cardData
	BaseRelation  string   // "finetune", "quantized", "adapter", "merge" where a tag says so
	Datasets      []string
	ArXiv         []string
	Pipeline      string
	Library       string
	CreatedAt     string // RFC 3339 as sent; see RecordsBegan
	LastModified  string
	Downloads     *int64
	Likes         *int64 // of a list's entry
	LicenseName   string // of a list's entry: license_name in cardData
	Parameters    *int64 // total of its safetensors files
	Values        []jsonspan.Value

	cardBases []string
}

// Field returns the first value under a path ("gated", "cardData.license").
func (m *Model) Field(path string) (jsonspan.Value, bool) {
	for _, v := range m.Values {
		if v.Path == path {
			return v, true
		}
	}
	return jsonspan.Value{}, false
}

// Fronted reports whether an answer repeats the front matter of a card: there is a card then, and it is not empty.
func (m *Model) Fronted() bool {
	return slices.ContainsFunc(m.Values, func(v jsonspan.Value) bool { return strings.HasPrefix(v.Path, "cardData.") })
}

// ParseModel reads an answer. An answer without an id is an error.
func ParseModel(body []byte) (Model, error) {
	values, err := jsonspan.Values(body)
	if err != nil {
		return Model{}, fmt.Errorf("answer about a model: %w", err)
	}
	m := Model{Values: values}
	for _, v := range values {
		m.take(v)
	}
	if len(m.BaseModels) == 0 {
		m.BaseModels = m.cardBases
	}
	if m.ID == "" {
		return m, fmt.Errorf("answer about a model: it has no id")
	}
	if noList.Match(body) {
		m.Siblings, m.SiblingsKnown = nil, false
	}
	// Empty lists give no value; the key says that they are known.
	m.SiblingsKnown = m.SiblingsKnown || noSiblings.Match(body)
	m.TagsKnown = m.TagsKnown || noTags.Match(body)
	return m, nil
}

// Keys with empty lists, and a list of files that is none. In quoted text the quotes of such a key would be escaped.
var (
	noList     = pattern.MustCompile(`"siblings"\s*:\s*[^\s\[]`)
	noSiblings = pattern.MustCompile(`"siblings"\s*:\s*\[\s*\]`)
	noTags     = pattern.MustCompile(`"tags"\s*:\s*\[\s*\]`)
)

// take files one value under the field it belongs to.
func (m *Model) take(v jsonspan.Value) {
	switch v.Path {
	case "id", "modelId":
		if v.Kind == 's' && (m.ID == "" || v.Path == "id") {
			m.ID = v.Text
		}
	case "sha":
		m.SHA = text(v)
	case "author":
		m.Author = text(v)
	case "private":
		m.Private = boolean(v)
	case "disabled":
		m.Disabled = boolean(v)
	case "gated":
		if v.Kind != '0' {
			m.Gated = v.Text
		}
	case "siblings.rfilename":
		m.Siblings, m.SiblingsKnown = append(m.Siblings, v.Text), true
	case "tags":
		m.TagsKnown = true
		m.Tags = append(m.Tags, v.Text)
		m.takeTag(v.Text)
	case "pipeline_tag":
		m.Pipeline = text(v)
	case "library_name":
		m.Library = text(v)
	case "createdAt":
		m.CreatedAt = text(v)
	case "lastModified":
		m.LastModified = text(v)
	case "downloads":
		m.Downloads = integer(v)
	case "safetensors.total":
		m.Parameters = integer(v)
	default:
		m.takeCard(v)
	}
}

// takeCard files a value of cardData. It stands before tags that repeat it.
func (m *Model) takeCard(v jsonspan.Value) {
	if v.Kind != 's' {
		return
	}
	switch v.Path {
	case "cardData.license":
		m.Licenses = add(m.Licenses, strings.ToLower(v.Text))
	case "cardData.base_model":
		m.cardBases = add(m.cardBases, v.Text)
	case "cardData.base_model_relation":
		m.BaseRelation = v.Text
	case "cardData.datasets":
		m.Datasets = add(m.Datasets, v.Text)
	}
}

// takeTag files a tag of the form kind:value.
func (m *Model) takeTag(tag string) {
	kind, value, _ := strings.Cut(tag, ":")
	switch kind {
	case "license":
		m.Licenses = add(m.Licenses, strings.ToLower(value))
	case "base_model":
		if relation, id, ok := strings.Cut(value, ":"); ok {
			m.BaseRelation, value = relation, id
		}
		m.BaseModels = add(m.BaseModels, value)
	case "dataset":
		m.Datasets = add(m.Datasets, value)
	case "arxiv":
		m.ArXiv = add(m.ArXiv, value)
	}
}

func add(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

var idPattern = pattern.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,95}(/[A-Za-z0-9_][A-Za-z0-9._-]{0,95})?$`)

// ValidID reports whether id can be the id of a repository: "org/name", or a
// bare "name" of the early days.
func ValidID(id string) bool {
	return idPattern.MatchString(id) && !strings.Contains(id, "..") && !strings.Contains(id, "--")
}
