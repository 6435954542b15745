// Package catalogue knows where well-known models can be looked at, so that
// "openness audit llama-3" or "gpt-4" needs no hub id. An entry is a set of
// places with their source; it never says how open a model is. Closed models
// are listed like any other: their public pages are looked at and what is
// missing there is found missing.
package catalogue

import (
	_ "embed" // the entries
	"fmt"
	"sync"

	"go.yaml.in/yaml/v4"

	"openness/audit"
)

// An Entry is one release of a model that people name.
type Entry struct {
	Name         string   `yaml:"name"`
	Aliases      []string `yaml:"aliases"`
	Title        string   `yaml:"title"`
	Vendor       string   `yaml:"vendor"`
	Released     string   `yaml:"released"` // YYYY-MM or YYYY-MM-DD
	Service      bool     `yaml:"service"`  // no weights: offered as a service only
	Hub          string   `yaml:"hub"`      // Hugging Face id of the audited model
	Base         string   `yaml:"base"`     // Hugging Face id of its base model
	ModelScope   string   `yaml:"modelscope"`
	Repositories []string `yaml:"repositories"` // GitHub OWNER/NAME
	Papers       []string `yaml:"papers"`       // arXiv ids
	Pages        []Page   `yaml:"pages"`
	Check        string   `yaml:"check"` // where date and links were checked
}

// A Page is a vendor's page and what it is about.
type Page struct {
	URL   string `yaml:"url"`
	About string `yaml:"about"` // announcement, model card, system card, report, terms, api, documentation
}

//go:embed models.yaml
var modelsYAML []byte

var entries = sync.OnceValue(func() []Entry {
	var list []Entry
	if err := yaml.Load(modelsYAML, &list, yaml.WithKnownFields()); err != nil {
		panic(fmt.Sprintf("catalogue: models.yaml: %v", err)) // embedded: a build that fails its own tests
	}
	return list
})

// Entries returns the catalogue in its written order. The caller must not change it.
func Entries() []Entry { return entries() }

// Places lists where to look, with the catalogue as the reason.
func (e Entry) Places() []audit.Place {
	because := fmt.Sprintf("The catalogue lists it for %s.", e.Title)
	var places []audit.Place
	add := func(kind audit.PlaceKind, role audit.Role, id, url, reason string) {
		if id != "" {
			places = append(places, audit.Place{Kind: kind, Role: role, ID: id, URL: url, Reason: reason, Given: true})
		}
	}
	add(audit.HubModel, audit.RoleEnd, e.Hub, "https://huggingface.co/"+e.Hub, because)
	add(audit.HubModel, audit.RoleBase, e.Base, "https://huggingface.co/"+e.Base, because)
	add(audit.ModelScopeModel, audit.RoleEnd, e.ModelScope, "https://modelscope.cn/models/"+e.ModelScope, because)
	for _, r := range e.Repositories {
		add(audit.GitHubRepo, audit.RoleCode, r, "https://github.com/"+r, because)
	}
	for _, p := range e.Papers {
		add(audit.ArXivPaper, audit.RolePaper, p, "https://arxiv.org/abs/"+p, because)
	}
	for _, p := range e.Pages {
		add(audit.WebPage, audit.RoleVendor, p.URL, p.URL, fmt.Sprintf("The catalogue lists it for %s: %s.", e.Title,
			p.About))
	}
	return places
}
