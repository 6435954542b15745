package latex

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// An input is a stack of texts: a file, what it includes, what macros became.
type input struct {
	frames []frame
}

type frame struct {
	text string
	pos  int
	file string // of a file, else empty
}

// push puts a text before what is still to be read.
func (r *reader) push(text, file string) {
	if r.expanded += len(text); r.expanded > maxExpanded {
		r.unread(fmt.Sprintf("what macros and files expand to beyond %d bytes", maxExpanded))
		return
	}
	if len(r.in.frames) >= maxFrames {
		r.unread(fmt.Sprintf("macros within macros more than %d deep", maxFrames))
		return
	}
	r.in.frames = append(r.in.frames, frame{text: text, file: file})
}

// top is the frame that is being read, nil at the end.
func (in *input) top() *frame {
	for len(in.frames) > 0 {
		f := &in.frames[len(in.frames)-1]
		if f.pos < len(f.text) {
			return f
		}
		in.frames = in.frames[:len(in.frames)-1]
	}
	return nil
}

// rest is what is left of the frame that is being read.
func (in *input) rest() string {
	f := in.top()
	if f == nil {
		return ""
	}
	return f.text[f.pos:]
}

func (in *input) skip(n int) {
	if f := in.top(); f != nil {
		f.pos = min(f.pos+n, len(f.text))
	}
}

// command reads the name behind a backslash.
func (in *input) command() string {
	rest := in.rest()
	n := 0
	for n < len(rest) && (rest[n] >= 'a' && rest[n] <= 'z' || rest[n] >= 'A' && rest[n] <= 'Z' || rest[n] == '@') {
		n++
	}
	if n == 0 {
		if rest == "" {
			return ""
		}
		_, n = utf8.DecodeRuneInString(rest)
		in.skip(n)
		return rest[:n]
	}
	in.skip(n)
	name := rest[:n]
	if n < len(rest) && rest[n] == '*' && starred[name] {
		in.skip(1)
		name += "*"
	}
	in.spaces()
	return name
}

// starred commands have a form with a star, which then is no text.
var starred = map[string]bool{
	"part": true, "chapter": true, "section": true, "subsection": true, "subsubsection": true, "paragraph": true,
	"subparagraph": true,
	"newcommand":   true, "renewcommand": true, "providecommand": true, "DeclareMathOperator": true, "vspace": true,
	"hspace": true, "caption": true,
	"cite": true, "citet": true, "citep": true, "citealt": true, "citealp": true, "citeauthor": true, "ref": true,
	"cref": true, "Cref": true, "autoref": true,
	"includegraphics": true, "url": true, "footnote": true, "title": true, "DeclareRobustCommand": true,
	"multirow": true, "textcite": true, "parencite": true,
}

// spaces passes over spaces and at most one line end, as TeX does behind a command.
func (in *input) spaces() {
	line := false
	for {
		f := in.top()
		if f == nil {
			return
		}
		switch c := f.text[f.pos]; {
		case c == ' ' || c == '\t':
			f.pos++
		case c == '\n' && !line:
			line = true
			f.pos++
			if strings.HasPrefix(strings.TrimLeft(f.text[f.pos:min(len(f.text), f.pos+64)], " \t"), "\n") {
				f.pos-- // a blank line ends the paragraph
				return
			}
		case c == '%':
			in.comment()
		default:
			return
		}
	}
}

// comment passes over the rest of the line, its end and the next line's indent.
func (in *input) comment() {
	rest := in.rest()
	n := strings.IndexByte(rest, '\n')
	if n < 0 {
		in.skip(len(rest))
		return
	}
	n++
	for n < len(rest) && (rest[n] == ' ' || rest[n] == '\t') {
		n++
	}
	in.skip(n)
}

// argument reads {...}, or the next character or command. The text is given
// without its braces.
func (in *input) argument() string {
	in.spaces()
	rest := in.rest()
	switch {
	case rest == "":
		return ""
	case rest[0] == '{':
		n := closing(rest, '{', '}')
		in.skip(n)
		return strings.TrimSuffix(rest[1:n], "}")
	case rest[0] == '\\':
		in.skip(1)
		return `\` + in.command()
	case rest[0] == '}':
		return ""
	}
	_, n := utf8.DecodeRuneInString(rest)
	in.skip(n)
	return rest[:n]
}

// verbatim reads {...} in which a percent sign is no comment, as in addresses.
func (in *input) verbatim() string {
	in.spaces()
	rest := in.rest()
	if rest == "" || rest[0] != '{' {
		return in.argument()
	}
	depth := 0
	for i := 0; i < len(rest) && i < maxAddress; i++ {
		switch rest[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				in.skip(i + 1)
				return rest[1:i]
			}
		case '\n':
			if strings.HasPrefix(rest[i:], "\n\n") {
				return in.argument()
			}
		}
	}
	return in.argument()
}

// maxAddress bounds an address.
const maxAddress = 4_000

// optional reads [...] where it follows.
func (in *input) optional() (text string, ok bool) {
	in.spaces()
	rest := in.rest()
	if rest == "" || rest[0] != '[' {
		return "", false
	}
	n := closing(rest, '[', ']')
	in.skip(n)
	return strings.TrimSuffix(rest[1:n], "]"), true
}

// closing is the length of a text from its opening mark to the closing one. An
// argument that never closes ends with its paragraph, else with the text.
func closing(text string, open, shut byte) int {
	depth, braces := 0, 0
	for i := 0; i < len(text) && i < maxArgument; i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case c == '%':
			if n := strings.IndexByte(text[i:], '\n'); n >= 0 {
				i += n
			}
		case c == open && (open == '{' || braces == 0):
			depth++
		case c == shut && (shut == '}' || braces == 0):
			if depth--; depth == 0 {
				return i + 1
			}
		case c == '{':
			braces++
		case c == '}':
			braces--
			if braces < 0 { // "[" was text in a group
				return i
			}
		}
	}
	if n := strings.Index(text, "\n\n"); n > 0 {
		return n
	}
	return min(len(text), maxArgument)
}

// until reads to a mark and passes over it; without one it reads to the end.
func (in *input) until(mark string) string {
	rest := in.rest()
	n := strings.Index(rest, mark)
	if n < 0 {
		in.skip(len(rest))
		return rest
	}
	in.skip(n + len(mark))
	return rest[:n]
}
