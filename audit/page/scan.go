package page

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"openness/audit"
	"openness/audit/pattern"
)

// A scanner walks the lines of a page once and cuts it into sections, blocks
// of prose and blocks of code.
type scanner struct {
	page *Page
	pos  int

	block Block // being gathered; empty span when none
	// prev is the last line that could be the title over a rule of === or ---.
	prev audit.Span
	// unclosed is set when no comment ends behind this point.
	unclosed bool
}

var (
	atxHeading  = pattern.MustCompile(`^ {0,3}(#{1,6})(?:[ \t]+|$)(.*?)[ \t#]*$`)
	htmlHeading = pattern.MustCompile(`(?i)^\s*(?:<(?:div|p|center|a)[^>]*>\s*)*<h([1-6])[^>]*>(.*?)(?:</h[1-6]>.*)?$`)
	boldHeading = pattern.MustCompile(`^\s{0,3}(?:\*\*|__)([^*_]{2,80}?)(?:\*\*:?|__:?)\s*$`)
	underline   = pattern.MustCompile(`^(={3,}|-{3,}|~{3,}|\^{3,}|\*{4,}|#{4,}|\+{3,})\s*$`)
	fence       = pattern.MustCompile("^\\s{0,12}(?:>\\s*)?(```+|~~~+)\\s*\\{?\\.?([A-Za-z0-9+_-]*)")
	directive   = pattern.MustCompile(`^([ \t]*)\.\. (?:code|code-block|sourcecode|prompt)::[ \t]*([\w+-]*)`)
	rule        = pattern.MustCompile(`^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	listItem    = pattern.MustCompile(`^\s*(?:[-*+•]|\d{1,3}[.)])\s+\S`)
	tableRow    = pattern.MustCompile(`^\s*\|.*\|?\s*$`)
	tableRule   = pattern.MustCompile(`^[\s|:+=-]+$`)
	preOpen     = pattern.MustCompile(`(?i)<pre\b[^>]*>`)
	rowEnd      = pattern.MustCompile(`(?i)</tr>|</li>|</p>|<br\s*/?>\s*<br\s*/?>|</td>\s*</tr>`)
)

func (s *scanner) scan() {
	s.page.Sections = []Section{{Body: audit.Span{Start: s.pos, End: s.pos}}}
	for s.pos < len(s.page.Source) {
		line := s.line(s.pos)
		switch {
		case s.comment(line), s.code(line):
		default:
			s.text(line)
		}
	}
	s.flush()
	s.endSection(len(s.page.Source))
}

// text reads a line that is no code: a heading or prose.
func (s *scanner) text(line audit.Span) {
	line, resume := s.remarks(line)
	if !s.heading(line) {
		s.prose(line)
		s.pos = next(line, s.page.Source)
	}
	if resume > 0 {
		s.flush()
		s.pos = resume
	}
}

// line returns the line at pos without its line break.
func (s *scanner) line(pos int) audit.Span {
	end := bytes.IndexByte(s.page.Source[pos:], '\n')
	if end < 0 {
		return audit.Span{Start: pos, End: len(s.page.Source)}
	}
	end += pos
	if end > pos && s.page.Source[end-1] == '\r' {
		end--
	}
	return audit.Span{Start: pos, End: end}
}

// next returns the offset behind the line's break.
func next(line audit.Span, source []byte) int {
	p := line.End
	if p < len(source) && source[p] == '\r' {
		p++
	}
	if p < len(source) && source[p] == '\n' {
		p++
	}
	return p
}

// comment skips an HTML comment that starts the line: templates keep their
// instructions in comments, and those are not the publisher's words.
func (s *scanner) comment(line audit.Span) bool {
	text := s.page.Source[line.Start:line.End]
	if !bytes.HasPrefix(bytes.TrimLeft(text, " \t"), commentOpen) {
		return false
	}
	s.flush()
	behind, ok := s.commentEnd(line.Start)
	if !ok { // never closed: browsers drop the rest, we keep reading behind the line
		s.pos = next(line, s.page.Source)
		return true
	}
	s.page.comments = append(s.page.comments, audit.Span{Start: line.Start, End: behind})
	s.pos = behind
	return true
}

var (
	commentOpen  = []byte("<!--")
	commentClose = []byte("-->")
)

// commentEnd finds the end of a comment that begins at or behind from.
func (s *scanner) commentEnd(from int) (behind int, ok bool) {
	if s.unclosed {
		return 0, false
	}
	end := bytes.Index(s.page.Source[from:], commentClose)
	s.unclosed = end < 0 // then no later comment closes either
	return from + end + len(commentClose), end >= 0
}

// remarks notes the comments within a line of prose. One that goes on in later
// lines cuts the line; reading then resumes behind it.
func (s *scanner) remarks(line audit.Span) (shown audit.Span, resume int) {
	for pos := line.Start; pos < line.End; {
		at := bytes.Index(s.page.Source[pos:line.End], commentOpen)
		if at < 0 {
			break
		}
		at += pos
		behind, ok := s.commentEnd(at)
		if !ok {
			break
		}
		s.page.comments = append(s.page.comments, audit.Span{Start: at, End: behind})
		if behind > line.End {
			return audit.Span{Start: line.Start, End: at}, behind
		}
		pos = behind
	}
	return line, 0
}

func (s *scanner) code(line audit.Span) bool {
	text := s.page.Source[line.Start:line.End]
	if m := fence.FindSubmatch(text); m != nil && !s.underTitle(text) {
		s.flush()
		s.fenced(line, m[1], strings.ToLower(string(m[2])))
		return true
	}
	if m := directive.FindSubmatch(text); m != nil {
		s.flush()
		s.directed(line, len(m[1]), strings.ToLower(string(m[2])))
		return true
	}
	if loc := preOpen.FindIndex(text); loc != nil {
		s.flush()
		start := line.Start + loc[1]
		end, behind := closing(s.page.Source, start, "</pre>")
		s.addCode("", audit.Span{Start: start, End: end})
		s.pos = behind
		return true
	}
	return false
}

// directed reads the block of code that a directive of reStructuredText announces: the
// lines below it that are indented further than it is.
func (s *scanner) directed(open audit.Span, indent int, language string) {
	start := next(open, s.page.Source)
	end := start
	for s.pos = start; s.pos < len(s.page.Source); {
		line := s.line(s.pos)
		text := s.page.Source[line.Start:line.End]
		if rest := bytes.TrimLeft(text, " \t"); len(rest) > 0 {
			if len(text)-len(rest) <= indent {
				break
			}
			end = next(line, s.page.Source)
		}
		s.pos = next(line, s.page.Source)
	}
	s.addCode(language, audit.Span{Start: start, End: end})
}

// underTitle reports whether a line of tildes underlines the line above, as
// reStructuredText does: it is then no shorter than the title and bears nothing else.
func (s *scanner) underTitle(text []byte) bool {
	title := s.page.Source[s.prev.Start:s.prev.End]
	return len(title) > 0 && text[0] == '~' && underline.Match(text) &&
		len(bytes.TrimSpace(text)) >= utf8.RuneCount(bytes.TrimSpace(title)) &&
		s.block.Span == s.prev && s.block.Kind == Paragraph
}

// fenced reads up to the closing fence; an unclosed one runs to the end.
func (s *scanner) fenced(open audit.Span, mark []byte, language string) {
	start := next(open, s.page.Source)
	for pos := start; pos < len(s.page.Source); {
		line := s.line(pos)
		text := bytes.TrimLeft(s.page.Source[line.Start:line.End], " \t>")
		rest, closed := bytes.CutPrefix(text, mark)
		if closed && len(bytes.Trim(rest, " \t`~")) == 0 {
			s.addCode(language, audit.Span{Start: start, End: pos})
			s.pos = next(line, s.page.Source)
			return
		}
		pos = next(line, s.page.Source)
	}
	s.addCode(language, audit.Span{Start: start, End: len(s.page.Source)})
	s.pos = len(s.page.Source)
}

func (s *scanner) addCode(language string, span audit.Span) {
	s.page.Code = append(s.page.Code, CodeBlock{language, span, len(s.page.Sections) - 1})
}

// closing finds an end tag, whatever its case; without one, the text runs to
// the end of the source.
func closing(source []byte, from int, tag string) (end, behind int) {
	for pos := from; pos < len(source); pos++ {
		i := bytes.IndexByte(source[pos:], '<')
		if i < 0 {
			break
		}
		pos += i
		if pos+len(tag) <= len(source) && strings.EqualFold(string(source[pos:pos+len(tag)]), tag) {
			return pos, pos + len(tag)
		}
	}
	return len(source), len(source)
}

func (s *scanner) heading(line audit.Span) bool {
	text := s.page.Source[line.Start:line.End]
	if m := atxHeading.FindSubmatchIndex(text); m != nil && m[5] > m[4] {
		s.section(m[3]-m[2], line, line.Start+m[4], line.Start+m[5])
		return true
	}
	if m := htmlHeading.FindSubmatchIndex(text); m != nil {
		s.section(int(text[m[2]]-'0'), line, line.Start+m[4], line.Start+m[5])
		return true
	}
	if m := boldHeading.FindSubmatchIndex(text); m != nil && s.blankBefore() {
		s.section(s.boldLevel(), line, line.Start+m[2], line.Start+m[3])
		return true
	}
	if s.underlines(line, text) {
		return true
	}
	return false
}

// boldLevel is the level of a heading that is a bold line: 7, and 8 where it stands
// right below another, which then is the heading of both, or goes on from one that
// does.
func (s *scanner) boldLevel() int {
	last := len(s.page.Sections) - 1
	if level := s.page.Sections[last].Level; level == 8 || level == 7 && !s.filled(last) {
		return 8
	}
	return 7
}

// filled reports whether anything stands in the section that is open.
func (s *scanner) filled(section int) bool {
	blocks, code := s.page.Blocks, s.page.Code
	return len(blocks) > 0 && blocks[len(blocks)-1].Section == section ||
		len(code) > 0 && code[len(code)-1].Section == section
}

// underlines handles a title over a rule, as Markdown and reStructuredText
// write it: the block gathered so far must be exactly the line above.
func (s *scanner) underlines(line audit.Span, text []byte) bool {
	m := underline.FindSubmatch(text)
	if m == nil || s.block.Span != s.prev || s.prev.End == s.prev.Start || s.block.Kind != Paragraph {
		return false
	}
	title := s.prev
	s.block = Block{}
	level := strings.IndexByte("=-~^*#+", m[1][0]) + 1
	s.section(min(level, 6), audit.Span{Start: title.Start, End: line.End}, title.Start, title.End)
	return true
}

func (s *scanner) blankBefore() bool { return s.block.Span.End == s.block.Span.Start }

// section ends the open section and starts one with the heading in line.
func (s *scanner) section(level int, line audit.Span, titleStart, titleEnd int) {
	s.flush()
	s.endSection(line.Start)
	behind := next(line, s.page.Source)
	title := audit.Span{Start: titleStart, End: titleEnd}
	s.page.Sections = append(s.page.Sections, Section{
		Heading: strings.Trim(Plain(s.page.Text(title)), " :#\t"), Level: level,
		Title: title, Body: audit.Span{Start: behind, End: behind},
	})
	s.pos = behind
}

func (s *scanner) endSection(at int) {
	last := &s.page.Sections[len(s.page.Sections)-1]
	last.Body.End = max(at, last.Body.Start)
}

// prose adds a line to the block that is being gathered, or starts a new one.
func (s *scanner) prose(line audit.Span) {
	text := s.page.Source[line.Start:line.End]
	switch {
	case len(bytes.TrimSpace(text)) == 0, rule.Match(text):
		s.flush()
	case tableRow.Match(text):
		s.flush()
		if !tableRule.Match(text) {
			s.start(Row, line)
			s.flush()
		}
	case listItem.Match(text):
		s.flush()
		s.start(Item, line)
	case s.blankBefore():
		s.start(Paragraph, line)
	default:
		s.block.Span.End = line.End
	}
	s.prev = line
	if rowEnd.Match(text) {
		s.flush()
	}
}

func (s *scanner) start(kind BlockKind, line audit.Span) {
	s.block = Block{kind, line, len(s.page.Sections) - 1}
}

func (s *scanner) flush() {
	if !s.blankBefore() {
		s.page.Blocks = append(s.page.Blocks, s.block)
	}
	s.block, s.prev = Block{}, audit.Span{}
}
