package rubric

import (
	"fmt"
	"regexp/syntax"

	"cel.dev/cel-go/cel"
	celast "cel.dev/cel-go/common/ast"
)

// CEL counts what a pattern costs by its length, and compiles it at every
// evaluation. Counted repetition lets a short pattern stand for a long one
// (x{1000} is a thousand x), so patterns are held against bounds of their own,
// once, when a predicate is read. An ordinary one has some twenty steps.
const (
	longestPattern = 500  // bytes
	patternSteps   = 1000 // instructions that it compiles to
)

// checkPatterns finds patterns that cannot be read, that cost too much, or that
// are made only when the predicate is evaluated, so that nobody can tell.
func (l *language) checkPatterns(ast *celast.AST) predicateFaults {
	var faults predicateFaults
	celast.PreOrderVisit(ast.Expr(), celast.NewExprVisitor(func(e celast.Expr) {
		if e.Kind() != celast.CallKind || e.AsCall().FunctionName() != "matches" || len(e.AsCall().Args()) == 0 {
			return
		}
		args := e.AsCall().Args()
		at := args[len(args)-1]
		if problem := patternProblem(at); problem != "" {
			faults = append(faults, faultAt(ast.SourceInfo().GetStartLocation(at.ID()), problem))
		}
	}))
	return faults
}

func patternProblem(e celast.Expr) string {
	text, ok := literal(e)
	if !ok {
		return "matches() takes a pattern in quotes: one that is put together cannot be checked beforehand"
	}
	if len(text) > longestPattern {
		return fmt.Sprintf("a pattern of %d bytes: give one of at most %d", len(text), longestPattern)
	}
	parsed, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return fmt.Sprintf("pattern: %v", err)
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return fmt.Sprintf("pattern: %v", err)
	}
	if steps := len(program.Inst); steps > patternSteps {
		return fmt.Sprintf("a pattern of %d steps, mostly counted repetitions such as x{1000}: give one of at most %d",
			steps, patternSteps)
	}
	return ""
}

// neverHolds says why a term that asks for no fact cannot be evaluated, whatever
// is known: such a predicate would be undetermined for ever.
func neverHolds(program cel.Program) error {
	if _, _, err := program.Eval(cel.NoVars()); err != nil {
		return predicateFaults{{line: 1, message: fmt.Sprintf("this can never be evaluated: %v", err)}}
	}
	return nil
}
