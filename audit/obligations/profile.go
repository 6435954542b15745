package obligations

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"openness/audit"
	"openness/audit/pattern"
)

// The uses that a profile can name.
const (
	Internal = "internal" // within the company, nothing is passed on
	Product  = "product"  // the model goes to customers, in what they run themselves
	Service  = "service"  // customers use it, the model stays here
	Training = "training" // its outputs train other models
	Research = "research" // to study it
)

// Uses are all of them.
var Uses = []string{Internal, Product, Service, Training, Research}

// A Profile is what a company has in mind. What it does not say is not guessed.
type Profile struct {
	Name string `yaml:"name" json:"name"`
	// Country of the company, ISO 3166-1 in two letters; Markets are those of its customers.
	Country string   `yaml:"country" json:"country"`
	Markets []string `yaml:"markets" json:"markets"`
	// MonthlyActiveUsers and AnnualRevenue (US dollars) are of the company and its affiliates.
	MonthlyActiveUsers *int64 `yaml:"monthly_active_users" json:"monthly_active_users"`
	AnnualRevenue      *int64 `yaml:"annual_revenue" json:"annual_revenue"`
	// Use says what for; several may be named.
	Use []string `yaml:"use" json:"use"`
	// Commercial is true unless the profile says otherwise: a company acts for its business.
	Commercial *bool `yaml:"commercial" json:"commercial"`
	// Modify and Distribute: the model is changed; it, or what is made from it, is passed on.
	Modify     bool  `yaml:"modify" json:"modify"`
	Distribute *bool `yaml:"distribute" json:"distribute"`
	// Fields of use: medical, military, legal, employment, ... as the company calls them.
	Fields []string `yaml:"fields" json:"fields"`
	// Components that are used besides the weights: code, data.
	Components []string `yaml:"components" json:"components"`
	SHA256     string   `yaml:"-" json:"sha256"`
}

// unknownField is how the reader of YAML names a key that a profile has not.
var unknownField = pattern.MustCompile(`field (\S+) not found in type \S+`)

// wrongType is how it names a value of another type than its key has.
var wrongType = pattern.MustCompile("cannot construct !!\\w+ (?:`([^`]*)` )?into (\\S+)")

// typeWords are the types of a profile's keys as people call them.
var typeWords = map[string]string{"int64": "a whole number", "bool": "true or false", "string": "a text",
	"[]string": "a list, as in [EU, US]"}

// ParseProfile reads a profile. Every fault is an error: a key that is not known may
// be a limit that nobody would look at.
func ParseProfile(data []byte) (Profile, error) {
	p := Profile{SHA256: audit.Hash(data)}
	if err := yaml.Load(data, &p, yaml.WithKnownFields()); err != nil {
		return p, plainly(err)
	}
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	p.Country = strings.ToUpper(strings.TrimSpace(p.Country))
	for i, m := range p.Markets {
		p.Markets[i] = strings.ToUpper(strings.TrimSpace(m))
	}
	for i, c := range append([]string{p.Country}, p.Markets...) {
		if c != "" && !isPlace(c) {
			key := "country"
			if i > 0 {
				key = "markets"
			}
			fault("%s %q: use two letters of ISO 3166-1, such as DE, or EU%s", key, c, nearestPlace(c))
		}
	}
	if len(p.Use) == 0 {
		fault("use: name one or more of %s", strings.Join(Uses, ", "))
	}
	for _, u := range p.Use {
		if !slices.Contains(Uses, u) {
			fault("use %q: use one of %s", u, strings.Join(Uses, ", "))
		}
	}
	for _, c := range p.Components {
		if c != Weights && c != Code && c != Data {
			fault("component %q: use weights, code or data", c)
		}
	}
	for _, n := range []*int64{p.MonthlyActiveUsers, p.AnnualRevenue} {
		if n != nil && *n < 0 {
			fault("a number of users or a revenue is below zero")
		}
	}
	return p, errors.Join(faults...)
}

// plainly says what the reader of YAML found in the words of who wrote the profile.
func plainly(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: construct errors: ")
	switch {
	case strings.Contains(text, "no documents"):
		return errors.New("the file is empty (openness deploy --help lists the fields)")
	case strings.Contains(text, "load error in reader"):
		return errors.New("this is no text in UTF-8: write the profile as YAML (see openness deploy --help)")
	}
	text = wrongType.ReplaceAllStringFunc(text, func(found string) string {
		parts := wrongType.FindStringSubmatch(found)
		wants, ok := typeWords[parts[2]]
		if !ok {
			wants = "of another kind"
		}
		return fmt.Sprintf("%q must be %s (see openness deploy --help)", parts[1], wants)
	})
	return errors.New(unknownField.ReplaceAllString(text, "a profile has no field $1 (see openness deploy --help)"))
}

// For reports whether the profile names a use.
func (p *Profile) For(use string) bool { return slices.Contains(p.Use, use) }

// ForTrade reports whether the use is commercial: unless the profile says that it is not.
func (p *Profile) ForTrade() bool { return p.Commercial == nil || *p.Commercial }

// HasCustomers reports whether others than the company use what it makes of the model.
func (p *Profile) HasCustomers() bool { return p.PassesOn() || p.For(Service) }

// PassesOn reports whether the model leaves the company.
func (p *Profile) PassesOn() bool {
	return p.For(Product) || p.Distribute != nil && *p.Distribute
}

// Looks reports whether the profile uses a component. What the weights were made from always counts.
func (p *Profile) Looks(component string) bool {
	return component == Weights || component == Base || slices.Contains(p.Components, component)
}
