package document

import (
	"bytes"
	"encoding/json"
	"regexp"
	"sync"

	"openness/audit"
	"openness/audit/page"
	"openness/audit/pattern"
)

// Mentions lists where a hub id stands in a text, whatever the case of its
// letters: in links, quotes, commands. A longer id that begins with it, and
// data sets, spaces and repositories elsewhere of that name, are left out.
func Mentions(body []byte, id string) []audit.Span {
	if id == "" {
		return nil
	}
	lower, want := page.ASCIILower(body), page.ASCIILower([]byte(id))
	var found []audit.Span
	for from := 0; ; {
		n := bytes.Index(lower[from:], want)
		if n < 0 {
			return found
		}
		start := from + n
		end := start + len(want)
		from = end
		if start > 0 && (page.WordByte(body[start-1]) || body[start-1] == '-' ||
			body[start-1] == '=' && InURL(body, start)) {
			continue
		}
		if end < len(body) && (page.WordByte(body[end]) || body[end] == '-' ||
			(body[end] == '.' && end+1 < len(body) && page.WordByte(body[end+1]))) {
			continue
		}
		if start > 0 && body[start-1] == '/' && !onHub(lower[:start]) {
			continue
		}
		found = append(found, audit.Span{Start: start, End: end})
	}
}

// onHub reports whether what stands before a path is a hub's address for models.
func onHub(before []byte) bool {
	for _, host := range []string{"huggingface.co/", "hf.co/", "hf-mirror.com/", "cn/models/", "ai/models/", "//",
		"hf://"} {
		if bytes.HasSuffix(before, []byte(host)) {
			return true
		}
	}
	return false
}

// JSONFields gives the span of each top-level value of a JSON object, or nil
// when the text is no object.
func JSONFields(body []byte) map[string]audit.Span {
	dec := json.NewDecoder(bytes.NewReader(body))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil
	}
	fields := make(map[string]audit.Span)
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return nil
		}
		end := int(dec.InputOffset())
		if name, ok := key.(string); ok {
			fields[name] = audit.Span{Start: end - len(raw), End: end}
		}
	}
	return fields
}

// stringsOf are the expressions of keys that were asked for: each is compiled once.
var stringsOf sync.Map

// JSONStrings lists the string values of a key anywhere within a span of JSON.
func JSONStrings(body []byte, within audit.Span, key string) []Reading {
	known, ok := stringsOf.Load(key)
	if !ok {
		known, _ = stringsOf.LoadOrStore(key,
			pattern.MustCompile(`"`+regexp.QuoteMeta(key)+`"\s*:\s*("(?:[^"\\]|\\.)*")`))
	}
	var found []Reading
	for _, m := range known.(*pattern.Regexp).FindAllSubmatchIndex(body[within.Start:within.End], -1) {
		span := audit.Span{Start: within.Start + m[2], End: within.Start + m[3]}
		var value string
		if err := json.Unmarshal(body[span.Start:span.End], &value); err == nil {
			found = append(found, Reading{value, span})
		}
	}
	return found
}

// Bytes cuts a span out of a document.
func Bytes(d *audit.Document, s audit.Span) []byte { return d.Body[s.Start:s.End] }
