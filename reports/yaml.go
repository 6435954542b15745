package reports

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"
)

// WriteYAML writes v with the names, order and values of its JSON, so that the
// two formats cannot drift apart. Of an object it writes one member at a time, and of
// a list one element: what writes YAML takes a hundred times the memory of the text.
func WriteYAML(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("write YAML: %w", err)
	}
	out := yamlWriter{d: json.NewDecoder(&b), to: bufio.NewWriter(w)}
	out.d.UseNumber()
	if err := out.document(); err != nil {
		return fmt.Errorf("write YAML: %w", err)
	}
	return out.to.Flush()
}

// A yamlWriter writes what it reads of JSON.
type yamlWriter struct {
	d  *json.Decoder
	to *bufio.Writer
}

func (y *yamlWriter) document() error {
	token, err := y.d.Token()
	if err != nil {
		return err
	}
	if !y.d.More() || token != json.Delim('{') && token != json.Delim('[') {
		node, err := yamlOf(y.d, token)
		if err != nil {
			return err
		}
		return y.write(node, 0)
	}
	if token == json.Delim('[') {
		return y.elements(func(element *yaml.Node) *yaml.Node { return element }, 0)
	}
	for y.d.More() {
		if err := y.member(); err != nil {
			return err
		}
	}
	return nil
}

// member writes one member of an object, a list in it element by element. Each is
// written below the name, so that it is broken into lines as it stands there.
func (y *yamlWriter) member() error {
	name, err := yamlNode(y.d)
	if err != nil {
		return err
	}
	named := func(value *yaml.Node) *yaml.Node {
		return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{name, value}}
	}
	token, err := y.d.Token()
	if err != nil {
		return err
	}
	if token == json.Delim('[') && y.d.More() {
		return y.elements(named, 1)
	}
	value, err := yamlOf(y.d, token)
	if err != nil {
		return err
	}
	return y.write(named(value), 0)
}

// elements writes the elements of a list, each as a list of one in what stands around
// it, of which the first lines are written with the first.
func (y *yamlWriter) elements(around func(*yaml.Node) *yaml.Node, lines int) error {
	for first := true; y.d.More(); first = false {
		element, err := yamlNode(y.d)
		if err != nil {
			return err
		}
		list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Content: []*yaml.Node{element}}
		skip := lines
		if first {
			skip = 0
		}
		if err := y.write(around(list), skip); err != nil {
			return err
		}
	}
	_, err := y.d.Token() // the closing bracket
	return err
}

// write writes a node without its first lines.
func (y *yamlWriter) write(node *yaml.Node, skip int) error {
	text, err := yaml.Dump(node, yaml.WithIndent(2))
	if err != nil {
		return err
	}
	for range skip {
		_, text, _ = bytes.Cut(text, []byte("\n"))
	}
	_, err = y.to.WriteString(EscapeHidden(string(text), yamlEscape))
	return err
}

func yamlEscape(r rune) string {
	if r < 0x10000 {
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// yamlNode reads the next JSON value as a node, keeping the order of keys.
func yamlNode(d *json.Decoder) (*yaml.Node, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	return yamlOf(d, token)
}

// yamlOf is the node of a value of which the first token was read.
func yamlOf(d *json.Decoder, token json.Token) (*yaml.Node, error) {
	switch v := token.(type) {
	case json.Delim:
		return yamlCollection(d, v)
	case string:
		return yamlString(v), nil
	case json.Number:
		return yamlNumber(v), nil
	case bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: fmt.Sprint(v)}, nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}, nil
}

func yamlCollection(d *json.Decoder, open json.Delim) (*yaml.Node, error) {
	node := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	if open == '{' {
		node = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	}
	for d.More() {
		child, err := yamlNode(d)
		if err != nil {
			return nil, err
		}
		node.Content = append(node.Content, child)
	}
	if len(node.Content) == 0 {
		node.Style = yaml.FlowStyle // [] and {}
	}
	_, err := d.Token() // the closing delimiter
	return node, err
}

// yamlString is a string node; one with hidden characters is double-quoted, the
// only style in which they can be escaped.
func yamlString(s string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	if strings.ContainsFunc(s, Hidden) {
		node.Style = yaml.DoubleQuotedStyle
	}
	return node
}

func yamlNumber(n json.Number) *yaml.Node {
	tag := "!!int"
	if strings.ContainsAny(n.String(), ".eE") {
		tag = "!!float"
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: n.String()}
}
