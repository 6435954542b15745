package hub

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// ParseList reads a page of the hub's list of models and gives its entries in
// order. The Model is used again for the next entry: what is to be kept of it
// must be copied, save for its strings. It has no Values.
//
// A list has millions of entries, most of whose fields nobody asks for: tokens
// are read one by one and strings are made of those alone that count. Tokens alone
// take a ninth of what encoding/json takes for the same recorded page.
func ParseList(page []byte, each func(*Model) error) error {
	l := lister{dec: jsontext.NewDecoder(bytes.NewBuffer(page), jsontext.AllowDuplicateNames(true),
		jsontext.AllowInvalidUTF8(true))}
	if l.dec.PeekKind() != '[' {
		return errors.New("page of a list: it is no list")
	}
	var m Model
	err := l.list(func() error {
		m.reset()
		if err := l.entry(&m); err != nil {
			return err
		}
		if m.ID == "" {
			return errors.New("an entry has no id")
		}
		if len(m.BaseModels) == 0 {
			m.BaseModels = append(m.BaseModels, m.cardBases...)
		}
		return each(&m)
	})
	if err == nil {
		if _, after := l.dec.ReadToken(); !errors.Is(after, io.EOF) {
			err = errors.New("something follows the list")
		}
	}
	if err != nil {
		return fmt.Errorf("page of a list: %w", err)
	}
	return nil
}

// reset forgets an entry and keeps its memory.
func (m *Model) reset() {
	*m = Model{Siblings: m.Siblings[:0], Tags: m.Tags[:0], Licenses: m.Licenses[:0], BaseModels: m.BaseModels[:0],
		Datasets: m.Datasets[:0], ArXiv: m.ArXiv[:0], cardBases: m.cardBases[:0]}
}

// A lister reads tokens. Values of another kind than is due are passed over: what
// they were to tell is unknown.
type lister struct{ dec *jsontext.Decoder }

// object reads an object; field is called at each value, which it must read.
func (l lister) object(field func(name string) error) error {
	if l.dec.PeekKind() != '{' {
		return l.dec.SkipValue()
	}
	if _, err := l.dec.ReadToken(); err != nil {
		return err
	}
	for l.dec.PeekKind() != '}' {
		name, err := l.dec.ReadValue()
		if err != nil {
			return err
		}
		if err := field(fieldNames[string(name[1:len(name)-1])]); err != nil {
			return err
		}
	}
	_, err := l.dec.ReadToken()
	return err
}

// fieldNames are the names that are asked for, so that no string is made of them.
var fieldNames = func() map[string]string {
	names := make(map[string]string)
	for _, n := range strings.Fields(`id modelId sha author private disabled gated downloads likes createdAt lastModified pipeline_tag library_name
		tags siblings rfilename safetensors total cardData license license_name base_model base_model_relation datasets`) {
		names[n] = n
	}
	return names
}()

// list reads an array; element is called at each value, which it must read.
func (l lister) list(element func() error) error {
	if l.dec.PeekKind() != '[' {
		return l.dec.SkipValue()
	}
	if _, err := l.dec.ReadToken(); err != nil {
		return err
	}
	for l.dec.PeekKind() != ']' {
		if err := element(); err != nil {
			return err
		}
	}
	_, err := l.dec.ReadToken()
	return err
}

// text reads a string; anything else is none.
func (l lister) text(into *string) error {
	if l.dec.PeekKind() != '"' {
		return l.dec.SkipValue()
	}
	v, err := l.dec.ReadValue()
	switch {
	case err != nil:
		return err
	case bytes.IndexByte(v, '\\') < 0 && utf8.Valid(v):
		*into = string(v[1 : len(v)-1])
	default:
		plain, _ := jsontext.AppendUnquote(nil, v) // what is no UTF-8 is replaced
		*into = string(plain)
	}
	return nil
}

// texts reads a string, or a list of strings.
func (l lister) texts(each func(string)) error {
	one := func() error {
		s := ""
		err := l.text(&s)
		if s != "" {
			each(s)
		}
		return err
	}
	if l.dec.PeekKind() == '[' {
		return l.list(one)
	}
	return one()
}

func (l lister) number(into **int64) error {
	if l.dec.PeekKind() != '0' {
		return l.dec.SkipValue()
	}
	v, err := l.dec.ReadValue()
	if err != nil {
		return err
	}
	if x, err := strconv.ParseFloat(string(v), 64); err == nil && math.Abs(x) < 1<<53 {
		n := int64(x)
		*into = &n
	}
	return nil
}

func (l lister) truth(into **bool) error {
	kind := l.dec.PeekKind()
	if kind != 't' && kind != 'f' {
		return l.dec.SkipValue()
	}
	_, err := l.dec.ReadToken()
	b := kind == 't'
	*into = &b
	return err
}

func (l lister) entry(m *Model) error {
	if l.dec.PeekKind() != '{' {
		return errors.New("an entry is no object")
	}
	modelID := ""
	err := l.object(func(name string) error {
		switch name {
		case "id":
			return l.text(&m.ID)
		case "modelId":
			return l.text(&modelID)
		case "sha":
			return l.text(&m.SHA)
		case "author":
			return l.text(&m.Author)
		case "private":
			return l.truth(&m.Private)
		case "disabled":
			return l.truth(&m.Disabled)
		case "gated":
			return l.gate(m)
		case "downloads":
			return l.number(&m.Downloads)
		case "likes":
			return l.number(&m.Likes)
		case "createdAt":
			return l.text(&m.CreatedAt)
		case "lastModified":
			return l.text(&m.LastModified)
		case "pipeline_tag":
			return l.text(&m.Pipeline)
		case "library_name":
			return l.text(&m.Library)
		case "tags":
			m.TagsKnown = l.dec.PeekKind() == '['
			return l.texts(func(tag string) {
				m.Tags = append(m.Tags, tag)
				m.takeTag(tag)
			})
		case "siblings":
			m.SiblingsKnown = l.dec.PeekKind() == '['
			return l.list(func() error { return l.sibling(m) })
		case "safetensors":
			return l.object(func(name string) error {
				if name == "total" {
					return l.number(&m.Parameters)
				}
				return l.dec.SkipValue()
			})
		case "cardData":
			return l.card(m)
		}
		return l.dec.SkipValue()
	})
	if m.ID == "" {
		m.ID = modelID
	}
	return err
}

func (l lister) gate(m *Model) error {
	switch l.dec.PeekKind() {
	case 'f':
		m.Gated = "false"
	case 't':
		m.Gated = "true"
	case '"':
		return l.text(&m.Gated)
	}
	return l.dec.SkipValue()
}

func (l lister) sibling(m *Model) error {
	return l.object(func(name string) error {
		file := ""
		if name != "rfilename" {
			return l.dec.SkipValue()
		}
		err := l.text(&file)
		m.Siblings = append(m.Siblings, file)
		return err
	})
}

func (l lister) card(m *Model) error {
	return l.object(func(name string) error {
		switch name {
		case "license":
			return l.texts(func(s string) { m.Licenses = add(m.Licenses, strings.ToLower(s)) })
		case "license_name":
			return l.text(&m.LicenseName)
		case "base_model":
			return l.texts(func(s string) { m.cardBases = add(m.cardBases, s) })
		case "base_model_relation":
			return l.text(&m.BaseRelation)
		case "datasets":
			return l.texts(func(s string) { m.Datasets = add(m.Datasets, s) })
		}
		return l.dec.SkipValue()
	})
}
