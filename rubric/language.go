package rubric

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"
	celast "cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"openness/audit"
)

// trust says who wrote a rubric: a stranger's predicates run under a limit.
type trust bool

const (
	trusted   trust = true
	untrusted trust = false
)

// costLimit bounds one evaluation of a stranger's predicate. An ordinary
// predicate costs below 100; this many units take some 10 ms.
const costLimit = 100_000

// A language is CEL over a table of facts: every fact is a variable of its
// dotted name and type.
type language struct {
	env   *cel.Env
	facts []audit.Fact
	names []string
	index map[string]int // fact name -> position in facts
	limit bool
	// embedded is true of the language of the embedded table: its positions are
	// those of package audit
	embedded bool
	// unknown[i] is the pattern that hides fact i from CEL
	unknown  []*cel.AttributePatternType
	domains  [][]value // every value that fact i can have, nil where they cannot be listed
	absences []value   // of a fact whose values cannot be listed: what it is where its sources were read in vain
	// observers[i] numbers the observer of fact i, by the first fact that it has
	observers []int
}

// ofTable is the language of the embedded table of facts; building one takes
// 0.3 ms and every rubric shares it.
var ofTable = sync.OnceValues(func() (*language, error) { return buildLanguage(audit.Facts()) })

func newLanguage(facts []audit.Fact, trust trust) (*language, error) {
	l, err := ofTable()
	embedded := len(facts) > 0 && &facts[0] == &audit.Facts()[0]
	if !embedded { // a test's own table
		l, err = buildLanguage(facts)
	}
	if err != nil {
		return nil, err
	}
	own := *l
	own.limit, own.embedded = trust == untrusted, embedded
	return &own, nil
}

func buildLanguage(facts []audit.Fact) (*language, error) {
	l := &language{facts: facts, index: make(map[string]int, len(facts))}
	options := []cel.EnvOption{cel.Macros(cel.ReceiverMacro("atLeast", 1, l.expandAtLeast))}
	for i, f := range facts {
		l.index[f.Name] = i
		l.names = append(l.names, f.Name)
		l.unknown = append(l.unknown, cel.AttributePattern(f.Name))
		l.domains = append(l.domains, domainOf(f))
		l.absences = append(l.absences, absenceOf(f))
		l.observers = append(l.observers, slices.IndexFunc(facts, func(o audit.Fact) bool {
			return o.Observer == f.Observer
		}))
		options = append(options, cel.Variable(f.Name, celType(f.Type)))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		return nil, fmt.Errorf("facts as CEL variables: %w", err)
	}
	l.env = env
	return l, nil
}

func celType(t audit.FactType) *cel.Type {
	switch t {
	case audit.BoolFact:
		return cel.BoolType
	case audit.ListFact:
		return cel.ListType(cel.StringType)
	case audit.IntFact:
		return cel.IntType
	case audit.FloatFact:
		return cel.DoubleType
	}
	return cel.StringType
}

// expandAtLeast turns fact.atLeast("value") of an enum fact into membership in
// the values from that one up, in the order of the table of facts.
func (l *language) expandAtLeast(eh cel.MacroExprFactory, target celast.Expr,
	args []celast.Expr) (celast.Expr, *cel.Error) {
	name, _ := dotted(target)
	i, ok := l.index[name]
	if !ok || l.facts[i].Type != audit.EnumFact {
		return nil, eh.NewError(target.ID(), "atLeast() is for facts with ordered values"+DidYouMean(name, l.names))
	}
	least, _ := literal(args[0])
	from := slices.Index(l.facts[i].Values, least)
	if from < 0 {
		return nil, eh.NewError(args[0].ID(), notValue(l.facts[i], least))
	}
	var higher []celast.Expr
	for _, v := range l.facts[i].Values[from:] {
		higher = append(higher, eh.NewLiteral(types.String(v)))
	}
	return eh.NewCall(operators.In, target, eh.NewList(higher...)), nil
}

// An alternative is one of the terms that a predicate joins with ||. They are
// kept apart so that a judgement rests on the facts of the term that holds.
type alternative struct {
	program cel.Program
	facts   []int
}

// A predicateFault is one fault within a predicate; line (1-based) and column
// (0-based) are within it.
type predicateFault struct {
	line, column int
	message      string
}

type predicateFaults []predicateFault

func (p predicateFaults) Error() string { return p[0].message }

// compile checks the rule's predicate and makes its programs, once.
func (l *language) compile(rule *Rule) error {
	parsed, issues := l.env.Parse(rule.Predicate)
	if err := issues.Err(); err != nil {
		return faultsOf(issues)
	}
	if wrong := l.checkNames(parsed.NativeRep()); len(wrong) > 0 {
		return wrong
	}
	checked, issues := l.env.Check(parsed)
	if err := issues.Err(); err != nil {
		return faultsOf(issues)
	}
	if checked.OutputType() != cel.BoolType {
		return predicateFaults{{line: 1, message: fmt.Sprintf("predicate gives %s, not true or false",
			checked.OutputType())}}
	}
	ast := checked.NativeRep()
	if wrong := l.checkPatterns(ast); len(wrong) > 0 {
		return wrong
	}
	for _, term := range terms(ast.Expr()) {
		alternative, err := l.plan(ast, term)
		if err != nil {
			return err
		}
		rule.alternatives = append(rule.alternatives, alternative)
		for _, i := range alternative.facts {
			if !slices.Contains(rule.Facts, l.names[i]) {
				rule.Facts = append(rule.Facts, l.names[i])
			}
		}
	}
	return nil
}

func (l *language) plan(ast *celast.AST, term celast.Expr) (alternative, error) {
	part := celast.NewCheckedAST(celast.NewAST(term, ast.SourceInfo()), ast.TypeMap(), ast.ReferenceMap())
	options := []cel.ProgramOption{cel.EvalOptions(cel.OptPartialEval)}
	if l.limit {
		options = append(options, cel.CostLimit(costLimit))
	}
	program, err := l.env.PlanProgram(part, options...)
	if err != nil {
		return alternative{}, fmt.Errorf("predicate: %w", err)
	}
	alt := alternative{program: program}
	l.visit(term, nil, func(e celast.Expr, name string) {
		if i, ok := l.index[name]; ok && !slices.Contains(alt.facts, i) {
			alt.facts = append(alt.facts, i)
		}
	})
	if len(alt.facts) == 0 {
		return alt, neverHolds(program)
	}
	return alt, nil
}

// terms splits a || b || c into its operands, left to right.
func terms(e celast.Expr) []celast.Expr {
	if e.Kind() == celast.CallKind && e.AsCall().FunctionName() == operators.LogicalOr {
		var all []celast.Expr
		for _, arg := range e.AsCall().Args() {
			all = append(all, terms(arg)...)
		}
		return all
	}
	return []celast.Expr{e}
}

func faultsOf(issues *cel.Issues) predicateFaults {
	var faults predicateFaults
	for _, e := range issues.Errors() {
		faults = append(faults, faultAt(e.Location, e.Message))
	}
	return faults
}

func faultAt(at common.Location, message string) predicateFault {
	return predicateFault{line: max(at.Line(), 1), column: max(at.Column(), 0), message: message}
}

func notValue(f audit.Fact, text string) string {
	return fmt.Sprintf("%q is no value of %s, which has %s%s", text, f.Name, strings.Join(f.Values, ", "),
		DidYouMean(text, f.Values))
}
