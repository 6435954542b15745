package licences

import (
	"testing"

	"openness/audit"
)

// TestLinkedLicence: a tag of "other" with a link to another model's page is that one's licence;
// pages that link one another leave it unread, and the reading ends.
func TestLinkedLicence(t *testing.T) {
	const own, base = "acme/falco-7b-chat", "acme/falco-7b"
	to := func(id string) string { return "license: other\nlicense_link: https://huggingface.co/" + id + "\n" }
	for _, c := range []struct{ tag, base, want string }{
		{to(base), "license: mit\n", "MIT"},
		{to(base), "license:\n- mit\n- cc-by-nc-4.0\n", "MIT AND CC-BY-NC-4.0"},
		{to(base), to(own), "unreadable"},
		{to(base), to(base), "unreadable"},
	} {
		in := newInput(model(own, base), []audit.Document{
			pageOf(audit.DocModelCard, audit.RoleEnd, own, "---\n"+c.tag+"---\n# Falco-7B-Chat\n"),
			pageOf(audit.DocModelCard, audit.RoleBase, base, "---\n"+c.base+"---\n# Falco-7B\n")})
		in.Look()
		if got := values(Read(in), "license.weights.id"); got != c.want {
			t.Errorf("%q, base %q: %q, want %q", c.tag, c.base, got, c.want)
		}
	}
}
