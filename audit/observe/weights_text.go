package observe

import (
	"bytes"
	"encoding/json"
	"regexp"
	"unicode/utf8"

	"openness/audit"
	"openness/audit/pattern"
)

// longestQuote bounds a quoted line: what a reader takes in at a glance.
const longestQuote = 300

// line is the line around an offset, without white space around it, cut to
// longestQuote bytes around the offset. Its ends are looked for no further than
// that: a page may be one endless line, and be asked for at each of its links.
func line(body []byte, at int) audit.Span {
	start := max(0, at-longestQuote-1)
	if n := bytes.LastIndexByte(body[start:at], '\n'); n >= 0 {
		start += n + 1
	}
	end := min(len(body), at+longestQuote+1)
	if n := bytes.IndexByte(body[at:end], '\n'); n >= 0 {
		end = at + n
	}
	return clip(body, audit.Span{Start: start, End: end}, at)
}

// maxMark is how far before a passage the mark of an item or reference is looked
// for that begins its line.
const maxMark = 60

// beginOfLine is where the line around an offset begins, or the offset itself if
// that is further off than a mark is long: a page may be one endless line.
func beginOfLine(body []byte, at int) int {
	from := max(0, at-maxMark)
	if i := bytes.LastIndexByte(body[from:at], '\n'); i >= 0 {
		return from + i + 1
	}
	if from == 0 {
		return 0
	}
	return at
}

// longestSentence bounds a sentence that is quoted whole; what is longer is none.
const longestSentence = 4 * longestQuote

// said is the sentence, item or row around an offset of a page, or in text that
// is no prose the line: what a reader needs to see to be convinced.
func (in *input) said(d *audit.Document, at int) audit.Span {
	p, ok := in.passageAt(d, at)
	switch {
	case !ok:
		return line(d.Body, at)
	case p.span.End-p.span.Start > longestSentence:
		return clip(d.Body, p.span, at)
	}
	return p.span
}

// clip trims white space off a span and shortens it to longestQuote around at,
// never inside a character and, where a space is near, never inside a word.
func clip(body []byte, s audit.Span, at int) audit.Span {
	if s.End-s.Start > longestQuote {
		if from := at - longestQuote/3; from > s.Start {
			s.Start = from
			if space := bytes.IndexByte(body[from:at], ' '); space >= 0 && space < longestQuote/10 {
				s.Start += space
			}
		}
		if end := s.Start + longestQuote; end < s.End {
			s.End = end
			if space := bytes.LastIndexByte(body[at:end], ' '); space >= 0 && at+space > end-longestQuote/10 {
				s.End = at + space
			}
		}
		for s.Start < at && !utf8.RuneStart(body[s.Start]) {
			s.Start++
		}
		for s.End < len(body) && s.End > at && !utf8.RuneStart(body[s.End]) {
			s.End--
		}
	}
	text := body[s.Start:s.End]
	s.Start += len(text) - len(bytes.TrimLeft(text, " \t\r\n"))
	s.End -= len(text) - len(bytes.TrimRight(text, " \t\r\n"))
	if s.End < s.Start {
		s.End = s.Start
	}
	return s
}

// mentions lists where a hub id stands in a text, whatever the case of its
// letters: in links, quotes, commands. A longer id that begins with it, and
// data sets, spaces and repositories elsewhere of that name, are left out.
func mentions(body []byte, id string) []audit.Span {
	if id == "" {
		return nil
	}
	lower, want := asciiLower(body), asciiLower([]byte(id))
	var found []audit.Span
	for from := 0; ; {
		n := bytes.Index(lower[from:], want)
		if n < 0 {
			return found
		}
		start := from + n
		end := start + len(want)
		from = end
		if start > 0 && (wordByte(body[start-1]) || body[start-1] == '-' || body[start-1] == '=' && inURL(body, start)) {
			continue
		}
		if end < len(body) && (wordByte(body[end]) || body[end] == '-' || (body[end] == '.' && end+1 < len(body) && wordByte(body[end+1]))) {
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
	for _, host := range []string{"huggingface.co/", "hf.co/", "hf-mirror.com/", "cn/models/", "ai/models/", "//", "hf://"} {
		if bytes.HasSuffix(before, []byte(host)) {
			return true
		}
	}
	return false
}

// asciiLower lowers ASCII letters only, so that offsets stay the same.
func asciiLower(b []byte) []byte {
	out := make([]byte, len(b))
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		out[i] = c
	}
	return out
}

func wordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// jsonFields gives the span of each top-level value of a JSON object, or nil
// when the text is no object.
func jsonFields(body []byte) map[string]audit.Span {
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

// jsonStrings lists the string values of a key anywhere within a span of JSON.
func jsonStrings(body []byte, within audit.Span, key string) []reading {
	pattern := pattern.MustCompile(`"` + regexp.QuoteMeta(key) + `"\s*:\s*("(?:[^"\\]|\\.)*")`)
	var found []reading
	for _, m := range pattern.FindAllSubmatchIndex(body[within.Start:within.End], -1) {
		span := audit.Span{Start: within.Start + m[2], End: within.Start + m[3]}
		var value string
		if err := json.Unmarshal(body[span.Start:span.End], &value); err == nil {
			found = append(found, reading{value, span})
		}
	}
	return found
}

// frontLine finds a key of a card's front matter and gives the line it is on.
func frontLine(body []byte, key string) (audit.Span, bool) {
	text := bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	skipped := len(body) - len(text)
	if !bytes.HasPrefix(text, []byte("---")) {
		return audit.Span{}, false
	}
	end := bytes.Index(text[3:], []byte("\n---"))
	if end < 0 {
		return audit.Span{}, false
	}
	for at := 3; at < end+3; {
		next := len(text)
		if n := bytes.IndexByte(text[at:], '\n'); n >= 0 {
			next = at + n + 1
		}
		if rest, ok := bytes.CutPrefix(text[at:next], []byte(key)); ok && bytes.HasPrefix(bytes.TrimLeft(rest, " "), []byte(":")) {
			return line(body, skipped+at), true
		}
		at = next
	}
	return audit.Span{}, false
}

// bytesOf cuts a span out of a document.
func bytesOf(d *audit.Document, s audit.Span) []byte { return d.Body[s.Start:s.End] }
