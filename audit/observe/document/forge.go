package document

import (
	"strings"

	"openness/audit/pattern"
)

// forgeAddress matches the address of a repository on a forge, or of a place in one,
// within a text.
var forgeAddress = pattern.MustCompile(`(?i)\bgithub\.com/([\w-]+/[\w.-]+)`)

// RepositoriesIn lists the repositories that a text gives the addresses of, in its order
// and as often as it does, but no more than some.
func RepositoriesIn(text []byte, most int) []string {
	var ids []string
	for _, m := range forgeAddress.FindAllSubmatch(text, most) {
		// a full stop may be the sentence's
		ids = append(ids, strings.TrimSuffix(strings.TrimRight(string(m[1]), "."), ".git"))
	}
	return ids
}

// RepositoryAt is the repository that a link leads to, or to a place in which, or "".
func RepositoryAt(address string) string {
	_, host, ok := strings.Cut(strings.ToLower(address), "://")
	if !ok || !strings.HasPrefix(strings.TrimPrefix(host, "www."), "github.com/") {
		return ""
	}
	if ids := RepositoriesIn([]byte(address), 1); len(ids) > 0 {
		return ids[0]
	}
	return ""
}
