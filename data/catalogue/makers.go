package catalogue

import (
	_ "embed" // makers and their releases
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

// A Maker is who makes models, with all names that it goes by.
type Maker struct {
	Maker    string   `yaml:"maker"`
	Names    []string `yaml:"names"`    // of itself, its laboratories and subsidiaries
	Accounts []string `yaml:"accounts"` // on the hubs
}

//go:embed makers.yaml
var makersYAML []byte

var makers = sync.OnceValue(func() []Maker {
	var list []Maker
	if err := yaml.Load(makersYAML, &list, yaml.WithKnownFields()); err != nil {
		panic(fmt.Sprintf("catalogue: makers.yaml: %v", err)) // embedded: a build that fails its own tests
	}
	return list
})

// Makers returns the makers in their written order. The caller must not change them.
func Makers() []Maker { return makers() }

var makerNames = sync.OnceValue(func() map[string]string {
	names := make(map[string]string)
	for _, m := range Makers() {
		for _, name := range slices.Concat([]string{m.Maker}, m.Names, m.Accounts) {
			names[Fold(name)] = m.Maker
		}
	}
	return names
})

// MakerOf finds the maker by any of its names: its own, a laboratory's, or an
// account's on a hub. A name that is not known is its own maker.
func MakerOf(name string) string {
	if maker, ok := makerNames()[Fold(name)]; ok {
		return maker
	}
	return name
}

// A Release is a text model that a maker pretrained, or pretrained further, or
// offers as a service under its own name; a model that was only tuned from
// another maker's is none. The table has the releases that tell of a maker's
// strategy, not all of them. See docs/strategy.md.
type Release struct {
	Maker      string
	Model      string
	Released   string  // YYYY-MM or YYYY-MM-DD
	Open       bool    // the weights were published, under whatever terms
	Parameters float64 // in billions, of the largest of the release; 0 where it is not published
	Hub        string  // Hugging Face id of one of the release, "" for none
	Source     string  // address of who says so
	Check      string  // where date, weights and size were checked
}

// releasesCSV has one line a release. The maker is one of makers.yaml.
//
//go:embed releases.csv
var releasesCSV string

var releases = sync.OnceValue(func() []Release {
	lines, err := csv.NewReader(strings.NewReader(releasesCSV)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("catalogue: releases.csv: %v", err)) // embedded: a build that fails its own tests
	}
	list := make([]Release, 0, len(lines))
	for _, l := range lines[1:] {
		r := Release{Maker: l[0], Model: l[1], Released: l[2], Open: l[3] == "open", Hub: l[5], Source: l[6],
			Check: l[7]}
		if l[4] != "" {
			if r.Parameters, err = strconv.ParseFloat(l[4], 64); err != nil {
				panic(fmt.Sprintf("catalogue: releases.csv: %v", err))
			}
		}
		list = append(list, r)
	}
	return list
})

// Releases returns the table of releases in its written order: by maker. The
// caller must not change it.
func Releases() []Release { return releases() }
