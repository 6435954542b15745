package latex

import (
	"fmt"
	"strconv"
	"strings"
)

// expand puts the text of a macro before what is still to be read.
func (r *reader) expand(m macro) {
	if r.expansions++; r.expansions > maxExpansions {
		r.unread(fmt.Sprintf("what stands behind %d uses of macros", maxExpansions))
		return
	}
	if m.delims != "" {
		return
	}
	args := r.arguments(m.args, m.optional)
	body := substitute(m.body, args)
	r.push(body, "")
}

func (r *reader) arguments(n int, optional *string) []string {
	args := make([]string, 0, n)
	if optional != nil && n > 0 {
		text, ok := r.in.optional()
		if !ok {
			text = *optional
		}
		args = append(args, text)
	}
	for len(args) < n {
		args = append(args, r.in.argument())
	}
	return args
}

// substitute puts arguments for #1 to #9.
func substitute(body string, args []string) string {
	if !strings.Contains(body, "#") {
		return body
	}
	var out strings.Builder
	for i := 0; i < len(body); i++ {
		if body[i] == '#' && i+1 < len(body) && body[i+1] >= '1' && body[i+1] <= '9' {
			if k := int(body[i+1] - '1'); k < len(args) && out.Len() < maxArgument {
				out.WriteString(args[k])
			}
			i++
			continue
		}
		out.WriteByte(body[i])
	}
	return out.String()
}

// kept are commands that authors change the looks of, whose meaning stays.
var kept = map[string]bool{
	"begin": true, "end": true, "item": true, "input": true, "caption": true, "label": true, "ref": true,
	"cite": true, "footnote": true, "title": true, "author": true,
	"thefootnote": true, "thesection": true, "and": true, "url": true, "href": true, "\\": true, "abstract": true,
	"maketitle": true, "bibliography": true,
}

func (r *reader) setMacro(name string, m macro) {
	name = strings.TrimPrefix(strings.TrimSpace(name), `\`)
	if name == "" || kept[name] || len(r.macros) >= maxMacros || len(m.body) > maxArgument {
		return
	}
	if _, ok := sections[name]; ok {
		return
	}
	r.macros[name] = m
}

func (r *reader) define() {
	name := r.in.argument()
	m := macro{args: r.count()}
	if def, ok := r.in.optional(); ok {
		m.optional = &def
	}
	m.body = r.in.argument()
	r.setMacro(name, m)
}

// count reads [n].
func (r *reader) count() int {
	text, ok := r.in.optional()
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if !ok || err != nil || n < 0 || n > 9 {
		return 0
	}
	return n
}

// def reads \def\name#1#2{body}.
func (r *reader) def() {
	name := r.in.argument()
	rest := r.in.rest()
	n := strings.IndexByte(rest, '{')
	if n < 0 || n > 100 {
		return
	}
	m := macro{}
	for _, c := range rest[:n] {
		switch {
		case c == '#':
			m.args++
		case c >= '1' && c <= '9' || c == ' ' || c == '\n':
		default:
			m.delims += string(c)
		}
	}
	m.args = min(m.args, 9)
	r.in.skip(n)
	m.body = r.in.argument()
	r.setMacro(name, m)
}

func (r *reader) let() {
	name := strings.TrimPrefix(r.in.argument(), `\`)
	if strings.HasPrefix(r.in.rest(), "=") {
		r.in.skip(1)
	}
	target := r.in.argument()
	if m, ok := r.macros[strings.TrimPrefix(target, `\`)]; ok {
		r.setMacro(name, m)
		return
	}
	if target != `\`+name && strings.HasPrefix(target, `\`) {
		r.setMacro(name, macro{body: target})
	}
}

func (r *reader) operator() {
	name := r.in.argument()
	r.setMacro(name, macro{body: r.in.argument()})
}

func (r *reader) defineEnvironment() {
	name := r.in.argument()
	e := environment{args: r.count()}
	if def, ok := r.in.optional(); ok {
		e.optional = &def
	}
	e.begin, e.end = r.in.argument(), r.in.argument()
	if _, known := environments[name]; !known && len(r.environ) < maxMacros {
		r.environ[name] = e
	}
}

// Conditions. A flag of \newif is followed; of what else is asked, both answers
// are kept: words twice are better than none.

func (r *reader) newFlag() {
	name := strings.TrimPrefix(r.in.argument(), `\if`)
	if name != "" && len(r.flags) < maxMacros {
		r.flags[name] = false
	}
}

func (r *reader) isFlag(name string) bool {
	_, ok := r.flags[name]
	return ok
}

func (r *reader) condition(name string) {
	name = strings.TrimPrefix(name, "if")
	switch {
	case name == "false" || r.isFlag(name) && !r.flags[name]:
		r.skipBranch()
	case name == "thenelse":
		r.in.argument()
	case name == "defined":
		r.in.argument()
	case name == "x":
		r.in.argument()
		r.in.argument()
	}
}

// skipBranch passes over what a condition shuts out, to its \else or \fi.
func (r *reader) skipBranch() {
	depth := 0
	for {
		rest := r.in.rest()
		i := strings.IndexByte(rest, '\\')
		if i < 0 {
			r.in.skip(len(rest))
			if r.in.top() == nil {
				return
			}
			continue
		}
		if comment := strings.LastIndexByte(rest[:i], '%'); comment >= 0 && !strings.Contains(rest[comment:i], "\n") &&
			(comment == 0 || rest[comment-1] != '\\') {
			r.in.skip(comment)
			r.in.comment()
			continue
		}
		r.in.skip(i + 1)
		name := r.in.command()
		if r.steps++; r.steps > maxSteps {
			return
		}
		switch {
		case name == "fi" && depth == 0, name == "else" && depth == 0:
			return
		case name == "fi":
			depth--
		case strings.HasPrefix(name, "if") && name != "ifthenelse":
			depth++
		}
	}
}
