package document

import (
	"slices"
	"testing"
)

// TestRepositories: a link leads to a repository of a forge or not; a text gives the
// addresses of several.
func TestRepositories(t *testing.T) {
	for address, want := range map[string]string{
		"https://github.com/acme/falcon.git":             "acme/falcon",
		"http://www.GitHub.com/acme/falcon-2.5":          "acme/falcon-2.5",
		"https://github.com/acme/falcon/tree/main/train": "acme/falcon",
		"https://github.com/acme/falcon#training":        "acme/falcon",
		"https://github.com/acme":                        "",
		"https://birds.example/?to=github.com/acme/x":    "",
		"github.com/acme/falcon":                         "",
	} {
		if got := RepositoryAt(address); got != want {
			t.Errorf("%q leads to %q, want %q", address, got, want)
		}
	}
	const text = "See github.com/acme/falcon. And https://github.com/zoo/Tern.js/issues, notgithub.com/a/b."
	if got := RepositoriesIn([]byte(text), 9); !slices.Equal(got, []string{"acme/falcon", "zoo/Tern.js"}) {
		t.Errorf("%q", got)
	}
	if got := RepositoriesIn([]byte(text), 1); len(got) != 1 {
		t.Errorf("%q", got)
	}
}
