package crawl

import (
	"context"
	"fmt"
	"path"
	"strings"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
)

// referencesHead is where a paper begins to list the works of others.
var referencesHead = pattern.MustCompile(`(?im)^#{1,6} (?:\d+\.? )?(?:references|bibliography)\s*$`)

// readPaperCode reads the repository that the model's own paper gives the address of,
// where no page did and the bound on repositories leaves room: it must bear the
// makers' name or the model's.
func (g *gathering) readPaperCode(ctx context.Context) error {
	if len(g.models) == 0 || len(g.repos) >= maxRepositories {
		return nil
	}
	id := g.models[0].id
	for _, d := range g.docs {
		if d.Role != audit.RolePaper || d.SHA256 == "" || d.Kind != audit.DocProse ||
			!strings.HasSuffix(d.URL, TextFragment) {
			continue
		}
		body := d.Body
		if at := referencesHead.FindIndex(body); at != nil {
			body = body[:at[0]]
		}
		for _, c := range rankRepositories(&model{id: id, card: page.Parse(body)}) {
			named := identity.OwnerLikeness(path.Dir(c.id), path.Dir(id)) > 0 ||
				identity.Likeness(path.Base(c.id), path.Base(id)) > 0
			p := repositoryPlace(c.id, fmt.Sprintf("The paper that was read at %s gives its address.", d.URL), false)
			if !named || g.hasRepository(c.id) || !g.choose(p) {
				continue
			}
			_, err := g.readRepository(ctx, p)
			return err
		}
	}
	return nil
}
