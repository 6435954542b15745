package crawl

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/pattern"
)

// A model may have several parents: a merge has, and a list of base models may
// name a whole line of descent. The first is the one base that a subject has;
// the others are places of the same role, so that their licences bind as well.

// maxParents bounds the parents of one model that are read, its base among them.
const maxParents = 4

// A parent is a model that another was made from, and where that is said.
type parent struct {
	id, reason string
	merged     bool // it stands in a list of what was merged
	several    bool // a sentence of prose names it with others
}

var (
	// mergeRecipe matches the line that makes a block of code a recipe for merging models.
	mergeRecipe = pattern.MustCompile(`(?m)^[ \t]*merge_method:`)
	// merged matches a model that such a recipe takes, by its hub id.
	merged = pattern.MustCompile(`(?m)^[ \t]*(?:-[ \t]+)*(?:model|base_model):[ \t]*` +
		`["']?([A-Za-z0-9][\w.-]*/[\w.-]+)["']?[ \t]*(?:#.*)?\r?$`)
	// workFolder matches the first part of a path on the maker's own disk.
	workFolder = pattern.MustCompile(`(?i)^(?:out|outputs?|models?|merges?|merged|checkpoints?|tmp|temp|data)/`)
)

// declaredParents are the models that m is declared to be made from: by the hub's
// metadata or, where that is silent, by the card's front matter; and by a recipe
// for merging on the card.
func declaredParents(m *model) []parent {
	var all []parent
	add := func(id, reason string) {
		if usableBase(id, m.id) && !slices.ContainsFunc(all, func(p parent) bool {
			return strings.EqualFold(p.id, id)
		}) {
			all = append(all, parent{id: id, reason: reason})
		}
	}
	if m.api != nil {
		for _, id := range m.api.BaseModels {
			add(id, fmt.Sprintf("The hub's metadata of %q names it as base model%s.", m.id,
				relation(m.api.BaseRelation)))
		}
	}
	if len(all) == 0 { // ids of the metadata follow renames, those of the card do not
		for _, id := range m.front("base_model") {
			add(id, fmt.Sprintf("The front matter of %q names it as base model.", m.id))
		}
	}
	for _, id := range recipe(m.card.Source) {
		add(id, fmt.Sprintf("The recipe on the card of %q merges it.", m.id))
	}
	for _, p := range m.recorded {
		add(p.id, p.reason)
	}
	return all
}

// setIn matches the lines of a text that are set in, as code without fences is.
var setIn = pattern.MustCompile(`(?m)^(?: {4}|\t).*\n?`)

// recipe lists the models that the recipes for merging on a page take.
func recipe(page []byte) []string {
	var ids []string
	for i, block := range bytes.Split(page, []byte("```")) {
		if i%2 == 0 {
			block = bytes.Join(setIn.FindAll(block, -1), nil)
		}
		for _, id := range ingredients(block) {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// ingredients lists the models that one recipe for merging takes; none where the
// text is no such recipe.
func ingredients(text []byte) []string {
	if !mergeRecipe.Match(text) {
		return nil
	}
	var ids []string
	for _, found := range merged.FindAllSubmatch(text, -1) {
		if id := string(found[1]); !workFolder.MatchString(id) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// readOtherParents reads the parents of the audited model besides the first.
func (g *gathering) readOtherParents(ctx context.Context) error {
	if g.subject.Base == "" || len(g.target.Bases) > 0 {
		return nil // none, or the user said which
	}
	all := declaredParents(g.models[0])
	declared := len(all) > 0
	var left []parent // prose does not tell which of them is the base: their pages may say what this model's do not
	for _, p := range saidParents(g.models[0]) {
		switch {
		case p.merged || len(all) == 0:
			all = append(all, p)
		case p.several && !declared:
			left = append(left, p)
		}
	}
	for _, p := range all[:min(len(all), maxParents)] {
		if g.hasModel(p.id) {
			continue
		}
		if _, err := g.addBase(ctx, p.id, p.reason, false); err != nil {
			return err
		}
	}
	g.leaveParents(append(all, left...))
	return nil
}

// maxLeft bounds the parents of one model that are named and not read.
const maxLeft = 16

// leaveParents records parents that no page was read of: what they are under binds as well, and nobody knows it.
func (g *gathering) leaveParents(all []parent) {
	for _, p := range all[:min(len(all), maxLeft)] {
		if !g.hasModel(p.id) {
			g.leave(p.id, p.reason+" "+audit.PastTheBound)
		}
	}
}

// leave records a model that no page is read of, and why it is named.
func (g *gathering) leave(id, reason string) {
	g.choose(audit.Place{Kind: audit.HubModel, Role: audit.RoleRelated, ID: id, URL: hub.ModelPage(id), Reason: reason})
}

// leaveFurther records the parents of the models that were read, as far as they were not read themselves: the next
// of the line of descent where it is long, and the others of a merge; and, of one of which none is known, what it was
// loaded from.
func (g *gathering) leaveFurther() {
	for i, m := range g.models {
		all := declaredParents(m)
		if len(all) == 0 {
			if id, reason, ok := g.baseOf(m); ok {
				all = []parent{{id: id, reason: reason}}
			}
		}
		if i > 0 {
			g.leaveParents(all) // those of the audited model were left when they were read
		}
		if len(all) == 0 && m.loadedOthers() {
			g.leave(m.loaded, fmt.Sprintf("The file %s of %q %s", configFile, m.id, audit.LoadedFrom))
		}
	}
}
