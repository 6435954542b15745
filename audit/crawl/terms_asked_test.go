package crawl

import (
	"slices"
	"testing"

	"openness/audit"
	"openness/audit/page"
)

// TestAskedTerms: a file that several pages link is asked for once, and belongs to the model
// that serves it.
func TestAskedTerms(t *testing.T) {
	const tuned, base = "acme/falco-7b-chat", "acme/falco-7b"
	const terms = "[License](https://huggingface.co/" + base + "/blob/main/terms/LICENSE.pdf)\n"
	g := &gathering{c: &Crawler{}}
	g.models = []*model{
		{id: tuned, role: audit.RoleEnd, card: page.Parse([]byte("# Falco\n\n" + terms + "[EULA](eula.pdf)\n"))},
		{id: base, role: audit.RoleBase, card: page.Parse([]byte("# Falco\n\n" + terms)), revision: "0123456789"},
	}
	var got []string
	for _, r := range g.askedTerms() {
		got = append(got, r.Document.PlaceID+" "+r.Document.Path)
	}
	if want := []string{base + " terms/LICENSE.pdf", tuned + " eula.pdf"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
