package crawl

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Budget bounds, by kind, how much of one subject is read beside the model itself.
// Places that the user names come on top.
type Budget map[string]int

// The kinds of a budget.
const (
	BudgetLineage   = "lineage"   // models, the audited one and those that it was made from
	BudgetRepos     = "repos"     // of source code, of all models
	BudgetRecords   = "records"   // of publications, at venues
	BudgetPapers    = "papers"    // of the model, read in full
	BudgetBase      = "base"      // papers, and pages of makers, of what it was made from
	BudgetDatasets  = "datasets"  // asked for at their hub
	BudgetArchives  = "archives"  // collections, and data elsewhere
	BudgetSites     = "sites"     // pages on the makers' own domain
	BudgetSummaries = "summaries" // of the training content, as the AI Act asks for
	BudgetHeaders   = "headers"   // of weights files
	BudgetTwins     = "twins"     // on the second hub, to compare where the first told all
	BudgetSearch    = "search"    // questions to arXiv for a paper that no page names, and to DBLP for its venue
)

// DefaultBudget is what is read where nothing else is asked for.
func DefaultBudget() Budget {
	return Budget{BudgetLineage: maxLineage, BudgetRepos: maxRepositories, BudgetRecords: maxRecords,
		BudgetPapers: maxOwnTexts, BudgetBase: maxBaseTexts, BudgetDatasets: maxDatasets, BudgetArchives: maxElsewhere,
		BudgetSites: maxOwnSites, BudgetSummaries: maxSummaries, BudgetHeaders: 0, BudgetTwins: 0, BudgetSearch: 1}
}

// maxBudget bounds what a user may ask for of one kind.
const maxBudget = 50

// ParseBudget reads "papers=3,sites=0"; kinds that are left out stay as they are.
func ParseBudget(text string) (Budget, error) {
	b := DefaultBudget()
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		kind, amount, _ := strings.Cut(part, "=")
		if _, ok := b[kind]; !ok {
			return nil, fmt.Errorf("unknown kind %q: give %s", kind, strings.Join(budgetKinds(), ", "))
		}
		n, err := strconv.Atoi(amount)
		if err != nil || n < 0 || n > maxBudget {
			return nil, fmt.Errorf("%q is no amount of %s: give a number from 0 to %d, as in %s=2", amount, kind,
				maxBudget, kind)
		}
		b[kind] = n
	}
	return b, nil
}

func budgetKinds() []string {
	var kinds []string
	for kind := range DefaultBudget() {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	return kinds
}

// budget is how much of a kind may be read.
func (g *gathering) budget(kind string) int {
	if b := g.c.opts.Budget; b != nil {
		return b[kind]
	}
	return DefaultBudget()[kind]
}
