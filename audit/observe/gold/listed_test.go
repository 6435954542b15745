package gold

import (
	"encoding/csv"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// listed are the models and repositories that the experts' lists name: rules
// are tuned and measured on their pages, so the gold set stays away from them.
type listed struct {
	full map[string]bool     // owner/name, lower case
	bare map[string][]string // name -> its owners
}

// readListed reads every column of the target lists that names a place.
func readListed(t testing.TB) listed {
	t.Helper()
	files, err := filepath.Glob("../../../../shared/experts/*targets.csv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no expert lists: %v", err)
	}
	l := listed{make(map[string]bool), make(map[string][]string)}
	for _, file := range append(files, "../../../../shared/validation/targets.csv") {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(f).ReadAll()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			for i, cell := range row {
				if slices.Contains([]string{"target", "base", "repository"}, rows[0][i]) {
					l.add(cell)
				}
			}
		}
	}
	return l
}

func (l listed) add(cell string) {
	for _, id := range strings.Fields(strings.ToLower(cell)) {
		id = bareID(id)
		l.full[id] = true
		l.bare[path.Base(id)] = append(l.bare[path.Base(id)], path.Dir(id))
	}
}

// bareID drops the place from an id: "github:owner/name" is "owner/name".
func bareID(id string) string {
	if _, rest, ok := strings.Cut(id, ":"); ok {
		return rest
	}
	return id
}

// has reports whether a model or repository is listed, under whatever owner,
// or is one of the same makers whose name only adds to a listed one.
func (l listed) has(model string) bool {
	id := strings.ToLower(bareID(model))
	name, owner := path.Base(id), path.Dir(id)
	if l.full[id] || l.bare[name] != nil {
		return true
	}
	mine := func(o string) bool { return sameOwner(o, owner) }
	for i, r := range name {
		if strings.ContainsRune("-_.", r) && slices.ContainsFunc(l.bare[name[:i]], mine) {
			return true
		}
	}
	return false
}

// sameOwner allows for makers who are called a little differently on two
// sites, one name beginning with the other.
func sameOwner(a, b string) bool {
	return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
}

func TestListedHas(t *testing.T) {
	l := listed{make(map[string]bool), make(map[string][]string)}
	l.add("github:Acme-AI/Zebu acme/Gnu-7B")
	for model, want := range map[string]bool{
		"acme/gnu-7b":            true,
		"github:acme-ai/zebu":    true,
		"mirror/Gnu-7B":          true,
		"Acme/Gnu-7B-Chat":       true,
		"acme/zebu-2":            true,
		"other/Gnu-7B-Chat":      false,
		"acme/Gnu-70B":           false,
		"dataset:acme/gnu-7b":    true,
		"github:elsewhere/Okapi": false,
	} {
		if got := l.has(model); got != want {
			t.Errorf("has(%q) = %v, want %v", model, got, want)
		}
	}
}
