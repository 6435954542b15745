package site

import (
	"strings"

	"openness/audit"
	"openness/reports"
)

// slugs gives names that stay apart even where a file system ignores case.
type slugs map[string]bool

func (taken slugs) add(s, disambiguation string) string {
	name := reports.Slug(s)
	if disambiguation != "" && taken[strings.ToLower(name)] {
		name = reports.Slug(s + "--" + disambiguation)
	}
	for n := 0; taken[strings.ToLower(name)]; n++ {
		name = reports.Slug(s) + "-" + audit.Hash([]byte(s + strings.Repeat("'", n)))[:8]
	}
	taken[strings.ToLower(name)] = true
	return name
}
