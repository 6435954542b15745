package main

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"openness/reports"
)

// A cut says what the bound on an answer left out of it.
type cut struct {
	LimitBytes     int    `json:"limit_bytes"`
	LeftOutItems   int    `json:"left_out_items" jsonschema:"entries of lists that were left out, from their ends"`
	ShortenedTexts int    `json:"shortened_texts" jsonschema:"texts that end in [cut]"`
	ItemsPerList   int    `json:"items_per_list" jsonschema:"how many entries of a list were kept at most"`
	Note           string `json:"note"`
}

const cutMark = " [cut]"

// bounded makes a value of JSON fit into a number of bytes: first long texts are
// shortened, then lists, all of them to the same length, inner ones before the
// outermost. What a terminal would act on is spelled out.
func bounded(value any, most int) (any, *cut, error) {
	c := &cut{LimitBytes: most, ItemsPerList: -1}
	value = c.visible(value)
	text, err := json.Marshal(value)
	if err != nil {
		return nil, nil, err
	}
	for _, items := range []int{100, 50, 20, 10, 5, 3, 1} {
		if len(text) <= most {
			break
		}
		value = c.shorten(value, items, false)
		c.ItemsPerList = items
		if text, err = json.Marshal(value); err != nil {
			return nil, nil, err
		}
	}
	for items := 1 << 20; len(text) > most && items > 0; items /= 2 { // the outermost list, and all within it
		value = c.shorten(value, items, true)
		c.ItemsPerList = items
		if text, err = json.Marshal(value); err != nil {
			return nil, nil, err
		}
	}
	if len(text) > most {
		return nil, nil, fmt.Errorf("the answer is longer than %d bytes even when it is cut: raise --max-bytes", most)
	}
	if c.LeftOutItems+c.ShortenedTexts == 0 {
		return value, nil, nil
	}
	c.Note = fmt.Sprintf("%d entries of lists were left out and %d texts shortened: the command gives all",
		c.LeftOutItems, c.ShortenedTexts)
	return value, c, nil
}

// visible spells out control characters and shortens very long texts.
func (c *cut) visible(value any) any {
	switch v := value.(type) {
	case string:
		if len(v) > longestString {
			c.ShortenedTexts++
			end := longestString
			for !utf8.RuneStart(v[end]) {
				end--
			}
			v = v[:end] + cutMark
		}
		return reports.VisibleText(v)
	case []any:
		for i := range v {
			v[i] = c.visible(v[i])
		}
	case map[string]any:
		for name, part := range v {
			v[name] = c.visible(part)
			if shown := reports.VisibleText(name); shown != name {
				v[shown] = v[name]
				delete(v, name)
			}
		}
	}
	return value
}

// shorten keeps the first items of every list. The outermost one, and those that
// an object holds first, such as the rows of a ranking, are kept unless all is true.
func (c *cut) shorten(value any, items int, all bool) any {
	return c.shortenAt(value, items, all, 0)
}

// outer is how many lists deep a value is what was asked for rather than detail.
const outer = 2

func (c *cut) shortenAt(value any, items int, all bool, depth int) any {
	switch v := value.(type) {
	case []any:
		if len(v) > items && (all || depth >= outer) {
			c.LeftOutItems += len(v) - items
			v = v[:items:items]
		}
		for i := range v {
			v[i] = c.shortenAt(v[i], items, all, depth+1)
		}
		return v
	case map[string]any:
		for name, part := range v {
			v[name] = c.shortenAt(part, items, all, depth)
		}
	}
	return value
}
