package rubric

import (
	"fmt"
	"strings"

	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"openness/audit"
)

// checkNames finds what CEL's own checker would not say well: names that are
// no facts, with the fact that was probably meant, and comparisons of a fact
// with itself or with a text that is none of its values.
func (l *language) checkNames(ast *celast.AST) predicateFaults {
	var faults predicateFaults
	note := func(e celast.Expr, format string, args ...any) {
		at := ast.SourceInfo().GetStartLocation(leftmost(e).ID())
		faults = append(faults, faultAt(at, fmt.Sprintf(format, args...)))
	}
	l.visit(ast.Expr(), nil, func(e celast.Expr, name string) {
		if e.Kind() == celast.SelectKind && e.AsSelect().IsTestOnly() {
			note(e, "has() does not apply to facts: one that could not be looked at is unknown by itself")
		} else if _, ok := l.index[name]; !ok {
			note(e, "unknown fact %q%s", name, DidYouMean(name, l.names))
		}
	})
	celast.PreOrderVisit(ast.Expr(), celast.NewExprVisitor(func(e celast.Expr) {
		if name, same := comparedWithItself(e); same {
			note(e, "%s is compared with itself: that says the same of every model", name)
		}
	}))
	l.compared(ast.Expr(), func(f audit.Fact, e celast.Expr, text string) {
		if f.Check(text) != nil {
			note(e, "%s", notValue(f, text))
		}
	})
	return faults
}

// comparedWithItself is the name that stands on both sides of a comparison.
func comparedWithItself(e celast.Expr) (name string, same bool) {
	if e.Kind() != celast.CallKind || len(e.AsCall().Args()) != 2 {
		return "", false
	}
	switch e.AsCall().FunctionName() {
	case operators.Equals, operators.NotEquals, operators.Less, operators.LessEquals, operators.Greater,
		operators.GreaterEquals:
		left, _ := dotted(e.AsCall().Args()[0])
		right, _ := dotted(e.AsCall().Args()[1])
		return left, left != "" && left == right
	}
	return "", false
}

// visit calls found for every dotted name in e that is not a variable of a
// macro such as exists().
func (l *language) visit(e celast.Expr, bound []string, found func(celast.Expr, string)) {
	if name, ok := dotted(e); ok {
		root, _, _ := strings.Cut(name, ".")
		for _, b := range bound {
			if b == root {
				return
			}
		}
		found(e, name)
		return
	}
	inner := bound
	if e.Kind() == celast.ComprehensionKind {
		c := e.AsComprehension()
		inner = append(append([]string(nil), bound...), c.IterVar(), c.IterVar2(), c.AccuVar())
		l.visit(c.IterRange(), bound, found)
		for _, part := range []celast.Expr{c.AccuInit(), c.LoopCondition(), c.LoopStep(), c.Result()} {
			l.visit(part, inner, found)
		}
		return
	}
	for _, child := range children(e) {
		l.visit(child, inner, found)
	}
}

// compared calls found for every text literal that e compares an enum fact with.
func (l *language) compared(e celast.Expr, found func(audit.Fact, celast.Expr, string)) {
	if e.Kind() == celast.CallKind {
		call := e.AsCall()
		switch call.FunctionName() {
		case operators.Equals, operators.NotEquals, operators.In:
			l.comparedPair(call.Args()[0], call.Args()[1], found)
			l.comparedPair(call.Args()[1], call.Args()[0], found)
		}
	}
	for _, child := range children(e) {
		l.compared(child, found)
	}
}

func (l *language) comparedPair(fact, other celast.Expr, found func(audit.Fact, celast.Expr, string)) {
	name, _ := dotted(fact)
	i, ok := l.index[name]
	if !ok || l.facts[i].Type != audit.EnumFact {
		return
	}
	candidates := []celast.Expr{other}
	if other.Kind() == celast.ListKind {
		candidates = other.AsList().Elements()
	}
	for _, c := range candidates {
		if text, ok := literal(c); ok {
			found(l.facts[i], c, text)
		}
	}
}

// children lists the direct parts of an expression, in source order.
func children(e celast.Expr) []celast.Expr {
	switch e.Kind() {
	case celast.CallKind:
		call := e.AsCall()
		if call.IsMemberFunction() {
			return append([]celast.Expr{call.Target()}, call.Args()...)
		}
		return call.Args()
	case celast.ListKind:
		return e.AsList().Elements()
	case celast.SelectKind:
		return []celast.Expr{e.AsSelect().Operand()}
	case celast.MapKind:
		var parts []celast.Expr
		for _, entry := range e.AsMap().Entries() {
			parts = append(parts, entry.AsMapEntry().Key(), entry.AsMapEntry().Value())
		}
		return parts
	case celast.StructKind:
		var parts []celast.Expr
		for _, field := range e.AsStruct().Fields() {
			parts = append(parts, field.AsStructField().Value())
		}
		return parts
	case celast.ComprehensionKind:
		c := e.AsComprehension()
		return []celast.Expr{c.IterRange(), c.AccuInit(), c.LoopCondition(), c.LoopStep(), c.Result()}
	}
	return nil
}

// dotted returns a.b.c for a chain of names, as facts are written.
func dotted(e celast.Expr) (string, bool) {
	switch e.Kind() {
	case celast.IdentKind:
		return e.AsIdent(), true
	case celast.SelectKind:
		s := e.AsSelect()
		if root, ok := dotted(s.Operand()); ok {
			return root + "." + s.FieldName(), true
		}
	}
	return "", false
}

func leftmost(e celast.Expr) celast.Expr {
	for e.Kind() == celast.SelectKind {
		e = e.AsSelect().Operand()
	}
	return e
}

// literal returns the text of a string literal.
func literal(e celast.Expr) (string, bool) {
	if e.Kind() != celast.LiteralKind {
		return "", false
	}
	text, ok := e.AsLiteral().(types.String)
	return string(text), ok
}
