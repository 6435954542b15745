package replay

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"openness/audit/pattern"
)

// deriveAnswer makes the API's answer for a repository of which only the card
// was captured: id, sha, tags, cardData. The sha is a digest of the card's bytes,
// so it changes when and only when the card does. Everything else is left out,
// which means unknown: the gate too, since the form in a card's front matter
// (extra_gated_*) stays there when the gate is taken away, and some models whose
// cards hold one answer that they are not gated.
func deriveAnswer(m *hubRepo, card []byte) ([]byte, error) {
	out := map[string]any{"id": m.id, "sha": gitBlob(append([]byte("derived from "), card...))}
	data := frontMatter(card)
	if data != nil {
		out["cardData"] = data
	}
	out["tags"] = deriveTags(m, data, card)
	return json.Marshal(out)
}

// frontMatter reads the YAML block at the head of a card. Nil when there is
// none, when it is broken, or when it is no map: the hub then has no cardData.
func frontMatter(card []byte) map[string]any {
	block, ok := frontMatterBlock(card)
	if !ok {
		return nil
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(block, &doc); err != nil || len(doc.Content) == 0 {
		return nil
	}
	value, err := (&plainer{left: maxNodes}).plain(doc.Content[0], 0)
	if err != nil {
		return nil
	}
	data, _ := value.(map[string]any)
	return data
}

// frontMatterBlock cuts out the text between the first two "---" lines.
func frontMatterBlock(card []byte) ([]byte, bool) {
	text := bytes.TrimPrefix(card, []byte("\ufeff"))
	first, rest, ok := bytes.Cut(text, []byte("\n"))
	if !ok || strings.TrimRight(string(first), " \t\r") != "---" {
		return nil, false
	}
	for at := 0; at < len(rest); {
		line, _, more := bytes.Cut(rest[at:], []byte("\n"))
		if strings.TrimRight(string(line), " \t\r") == "---" {
			return rest[:at], true
		}
		if !more {
			return nil, false
		}
		at += len(line) + 1
	}
	return nil, false
}

// The bounds of front matter: far beyond any card, far below an alias bomb.
const (
	maxNodes = 100_000
	maxDepth = 50
)

// A plainer turns YAML nodes into what JSON can hold, counting nodes so that
// aliases cannot multiply without end.
type plainer struct{ left int }

var errTooMuch = errors.New("front matter: too many or too deep nodes")

func (p *plainer) plain(n *yaml.Node, depth int) (any, error) {
	if p.left--; p.left < 0 || depth > maxDepth {
		return nil, errTooMuch
	}
	switch n.Kind {
	case yaml.AliasNode:
		return p.plain(n.Alias, depth+1)
	case yaml.MappingNode:
		return p.mapping(n, depth)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, item := range n.Content {
			value, err := p.plain(item, depth+1)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		return list, nil
	}
	return scalar(n), nil
}

func (p *plainer) mapping(n *yaml.Node, depth int) (any, error) {
	out := make(map[string]any, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		value, err := p.plain(n.Content[i+1], depth+1)
		if err != nil {
			return nil, err
		}
		out[n.Content[i].Value] = value // of a duplicate key the last counts
	}
	return out, nil
}

// scalar keeps what JSON has and takes everything else, dates too, as text.
// "no" is text: in the language list it is Norwegian.
func scalar(n *yaml.Node) any {
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int", "!!float":
		if json.Valid([]byte(n.Value)) {
			return json.Number(n.Value)
		}
	}
	return n.Value
}

// arxivLink finds the papers that the hub makes arxiv: tags of.
var arxivLink = pattern.MustCompile(`arxiv\.org/(?:abs|pdf)/(\d{4}\.\d{4,5})`)

// deriveTags builds the tags that the hub builds from a card's front matter,
// in the hub's order, each once.
func deriveTags(m *hubRepo, data map[string]any, card []byte) []string {
	tags := []string{}
	add := func(prefix string, values []string) {
		for _, v := range values {
			if v != "" && !slices.Contains(tags, prefix+v) {
				tags = append(tags, prefix+v)
			}
		}
	}
	if m.dataset {
		for _, key := range []string{"task_categories", "task_ids", "language", "size_categories"} {
			add(key+":", texts(data[key]))
		}
	} else {
		add("", texts(data["library_name"]))
		add("", texts(data["pipeline_tag"]))
		add("", texts(data["tags"]))
		add("", texts(data["language"]))
		add("dataset:", texts(data["datasets"]))
	}
	for _, found := range arxivLink.FindAllSubmatch(card, maxPapers) {
		add("arxiv:", []string{string(found[1])})
	}
	add("base_model:", texts(data["base_model"]))
	add("license:", texts(data["license"]))
	if m.dataset {
		add("", texts(data["tags"]))
	}
	return tags
}

// maxPapers bounds the papers taken from one card.
const maxPapers = 100

// texts reads a string or a list of strings; other values give nothing.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, item := range v {
			if s, ok := item.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}
