package license

import (
	"slices"
	"strings"

	"github.com/github/go-spdx/v2/spdxexp"
)

// An SPDX expression joins licences: of a choice (OR) the user takes the
// better, of a conjunction (AND) the stricter binds. The expression itself is
// read by the SPDX library; what better and stricter mean is said here, term
// by term.

// IsExpression reports whether an id is an expression of several licences.
func IsExpression(id string) bool { return strings.Contains(id, " ") }

// Parts are the licences of an expression, in its order; nil for a text that is none.
func Parts(expr string) []string {
	ids, err := spdxexp.ExtractLicenses(expr)
	if err != nil {
		return nil
	}
	slices.SortFunc(ids, func(a, b string) int { return strings.Index(expr, a) - strings.Index(expr, b) })
	return ids
}

// Evaluate gives an expression the grade that its licences give it: the highest
// grade such that the licences of at least that grade satisfy it.
func Evaluate(expr string, grade func(id string) int) (best int, ok bool) {
	parts := Parts(expr)
	if len(parts) == 0 {
		return 0, false
	}
	var grades []int
	for _, id := range parts {
		grades = append(grades, grade(id))
	}
	levels := slices.Clone(grades)
	slices.Sort(levels)
	for _, level := range slices.Backward(slices.Compact(levels)) {
		var allowed []string
		for i, id := range parts {
			if grades[i] >= level {
				allowed = append(allowed, id)
			}
		}
		if satisfied, err := spdxexp.Satisfies(expr, allowed); err == nil && satisfied {
			return level, true
		}
	}
	return 0, false
}

// permissionOrder ranks permissions from the strictest to the widest. What is
// not said is no permission, and no ban.
var permissionOrder = []Permission{Forbidden, Unsaid, Conditional, Allowed}

// expressionTerms are the terms of an expression. A term on which its licences
// cannot be weighed against each other (a threshold, a place, sections) is left
// unsaid, unless all have it alike.
func expressionTerms(expr string) (Terms, bool) {
	parts := Parts(expr)
	of := make(map[string]Terms, len(parts))
	for _, id := range parts {
		plain, _, _ := strings.Cut(id, " WITH ")
		t, ok := Read(plain)
		if !ok {
			t = Terms{}
		}
		of[id] = t
	}
	if len(parts) == 0 {
		return Terms{}, false
	}
	t := of[parts[0]]
	for _, id := range parts[1:] {
		m := of[id]
		t.meet(&m)
	}
	t.ID, t.Name, t.Family, t.Aliases, t.URLs, t.Source = expr, expr, "", nil, nil, nil
	permission := func(read func(Terms) Permission) Permission {
		n, ok := Evaluate(expr, func(id string) int { return slices.Index(permissionOrder, read(of[id])) })
		if !ok {
			return Unsaid
		}
		return permissionOrder[n]
	}
	t.CommercialUse = permission(func(t Terms) Permission { return t.CommercialUse })
	t.Modification = permission(func(t Terms) Permission { return t.Modification })
	t.Redistribution = permission(func(t Terms) Permission { return t.Redistribution })
	approved, _ := Evaluate(expr, func(id string) int { return yesNo(of[id].OSIApproved) })
	t.OSIApproved = approved == 1
	limit := func(read func(Terms) *bool) *bool {
		n, ok := Evaluate(expr, func(id string) int { // a limit that is not there is the better
			switch b := read(of[id]); {
			case isTrue(b):
				return 0
			case isFalse(b):
				return 2
			}
			return 1
		})
		if !ok || n == 1 {
			return nil
		}
		limited := n == 0
		return &limited
	}
	t.UseRestrictions = limit(func(t Terms) *bool { return t.UseRestrictions })
	t.OutputRestriction = limit(func(t Terms) *bool { return t.OutputRestriction })
	t.NamingRequirement = limit(func(t Terms) *bool { return t.NamingRequirement })
	t.Attribution = limit(func(t Terms) *bool { return t.Attribution })
	t.AcceptanceRequired = limit(func(t Terms) *bool { return t.AcceptanceRequired })
	return t, true
}

func yesNo(b bool) int {
	if b {
		return 1
	}
	return 0
}
