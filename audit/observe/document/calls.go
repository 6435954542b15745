package document

import (
	"bytes"

	"openness/audit"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// A snippet often gives a model's id a name first, and loads by that name some lines
// below. The name alone shows no download; both together do.

// Assigns matches a line that gives an id a name: "model_id = ...", "export MODEL=...".
var Assigns = phrases.ExpressionOf("document.assigns")

// maxSnippet is how far behind such a line the call is looked for that loads by that
// name, in bytes: a quote that is longer is read by nobody.
const maxSnippet = 2 * page.LongestQuote

// WithCall extends an assignment to the call below it that loads what it names; false
// where no such call follows.
func WithCall(body []byte, assignment audit.Span) (audit.Span, bool) {
	m := Assigns.FindSubmatch(body[assignment.Start:assignment.End])
	if m == nil {
		return assignment, false
	}
	if call, ok := aroundArgument(body, assignment); ok {
		return call, true
	}
	limit := min(len(body), assignment.End+maxSnippet)
	if end := bytes.Index(body[assignment.End:limit], []byte("\n```")); end >= 0 {
		limit = assignment.End + end
	}
	for at := assignment.End; at < limit; {
		i := bytes.Index(body[at:limit], m[1])
		if i < 0 {
			break
		}
		at += i
		before := body[max(assignment.End, at-maxCallHead):at]
		if head := loader.FindIndex(before); head != nil && wholeWord(body, at, len(m[1])) && !remark(body, at) {
			call := CallAt(body, at-len(before)+head[0])
			if call.End > at && !LoadsOther.Match(body[call.Start:at]) {
				return audit.Span{Start: assignment.Start, End: call.End}, true
			}
		}
		at += len(m[1])
	}
	return assignment, false
}

// remark reports whether an offset of a program stands in a remark: what it says is not run.
func remark(body []byte, at int) bool {
	return bytes.HasPrefix(bytes.TrimLeft(body[page.LineStart(body, at):at], " \t"), []byte("#"))
}

// maxCallHead is how far before a name the call is looked for that loads by it.
const maxCallHead = 120

// loader matches what stands before a name where a call or command loads by it.
var loader = phrases.ExpressionOf("document.loader")

// maxArguments bounds the lines of a call above an argument that are looked at.
const maxArguments = 6

// aroundArgument is the call that an argument on a line of its own belongs to, where
// lines of other arguments alone stand between it and the line that opens the call.
func aroundArgument(body []byte, argument audit.Span) (audit.Span, bool) {
	if !bytes.HasSuffix(body[argument.Start:argument.End], []byte(",")) {
		return argument, false
	}
	at := argument.Start
	for range maxArguments {
		before := bytes.TrimRight(body[:at], " \t")
		if len(before) < 2 || before[len(before)-1] != '\n' {
			break
		}
		above := page.Line(body, len(before)-1)
		switch text := bytes.TrimSpace(body[above.Start:above.End]); {
		case bytes.HasSuffix(text, []byte("(")):
			call := CallAt(body, above.Start)
			return call, call.End >= argument.End
		case !bytes.HasSuffix(text, []byte(",")):
			return argument, false
		}
		at = above.Start
	}
	return argument, false
}

// wholeWord reports whether n bytes at an offset of a text are no part of a longer word.
func wholeWord(text []byte, at, n int) bool {
	return (at == 0 || !page.WordByte(text[at-1])) && (at+n >= len(text) || !page.WordByte(text[at+n]))
}

// Loading matches what stands before a model id where a snippet loads it.
var Loading = phrases.ExpressionOf("document.loading")

// LoadsOther matches a line of a snippet that loads something other than weights.
var LoadsOther = pattern.MustCompile(`(?i:tokenizer)|Processor|Config\b|FeatureExtractor`)

// CallAt is the line around an offset and, where it opens a call, what follows
// to the end of the call, if that is within a quote's length.
func CallAt(body []byte, at int) audit.Span {
	span := page.Line(body, at)
	end, open := span.End, opened(body[span.Start:span.End])
	for open > 0 {
		next := bytes.IndexByte(body[end:], '\n') + end + 1
		if next == end {
			return span
		}
		stop := len(body)
		if n := bytes.IndexByte(body[next:], '\n'); n >= 0 {
			stop = next + n
		}
		text := bytes.TrimSpace(body[next:stop])
		if len(text) == 0 || stop-span.Start > page.LongestQuote {
			return span
		}
		open += opened(text)
		end = next + len(bytes.TrimRight(body[next:stop], " \t\r"))
	}
	span.End = end
	return span
}

// opened is how many more parentheses a text opens than it closes.
func opened(text []byte) int { return bytes.Count(text, []byte("(")) - bytes.Count(text, []byte(")")) }

// CallAbove matches a call whose first argument follows on the next line.
var CallAbove = phrases.ExpressionOf("document.call-above")
