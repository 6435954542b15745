package crawl

import (
	"context"
	"fmt"
	"path"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/pattern"
)

// referencesHead is where a paper begins to list the works of others.
var referencesHead = pattern.MustCompile(`(?im)^#{1,6} (?:\d+\.? )?(?:references|bibliography)\s*$`)

// readPaperCode reads the repository that the model's own paper gives the address of,
// where no page did and the bound on repositories leaves room: it must bear the
// makers' name or the model's.
func (g *gathering) readPaperCode(ctx context.Context) error {
	if len(g.models) == 0 || len(g.repos) >= g.budget(BudgetRepos) {
		return nil
	}
	id := g.models[0].id
	for _, s := range g.paperTexts() {
		if s.role != audit.RolePaper {
			continue
		}
		for _, c := range rankRepositories(&model{id: id, card: s.page}) {
			named := identity.OwnerLikeness(path.Dir(c.id), path.Dir(id)) > 0 ||
				identity.Likeness(path.Base(c.id), path.Base(id)) > 0
			p := repositoryPlace(c.id, fmt.Sprintf("The %s gives its address.", s.what), false)
			if !named || g.hasRepository(c.id) || !g.choose(p) {
				continue
			}
			_, err := g.readRepository(ctx, p)
			return err
		}
	}
	return nil
}
