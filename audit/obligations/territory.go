package obligations

import (
	"slices"
	"strings"
)

// Territories are named in words; a profile has codes.

// union are the states of the European Union, and those of their parts that have a code of
// their own and belong to it.
var union = strings.Fields("AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE EU" +
	" AX GF GP MF MQ RE YT")

// regions are the names that licences use, in small letters, and whom they mean.
var regions = []struct {
	name  string
	codes []string
}{
	{"european union", union},
	{"european economic area", append(slices.Clone(union), "NO", "IS", "LI")},
	{"united kingdom", []string{"GB", "UK"}},
	{"south korea", []string{"KR"}},
	{"republic of korea", []string{"KR"}},
	{"united states", []string{"US", "AS", "GU", "MP", "PR", "UM", "VI"}},
	{"china", []string{"CN", "HK", "MO"}},
	{"japan", []string{"JP"}},
	{"switzerland", []string{"CH"}},
	{"russia", []string{"RU"}},
	{"india", []string{"IN"}},
	{"canada", []string{"CA"}},
}

// A within says how a place stands to a territory.
type within int

// How places stand.
const (
	notNamed within = iota // the text names regions, and the place is in none of them
	named                  // it is in one of them
	unclear                // the text names no region that is known here, or the place is not known
)

// standing says how a place stands to the regions that a text names.
func standing(text string, places []string) (within, string) {
	text = strings.ToLower(text)
	any := false
	for _, r := range regions {
		if !strings.Contains(text, r.name) {
			continue
		}
		any = true
		for _, p := range places {
			if slices.Contains(r.codes, p) {
				return named, r.name
			}
		}
	}
	if !any || len(places) == 0 || slices.Contains(places, "") {
		return unclear, ""
	}
	return notNamed, ""
}
