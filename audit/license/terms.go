package license

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

// Permission says whether something is allowed: yes, no, conditional, or empty
// where the text does not say.
type Permission string

// The permissions. What conditional means depends on the term: commercial use
// above a threshold, after registration, with a display duty; modification and
// redistribution for some purposes, under the same licence, or with the
// restrictions passed on.
const (
	Allowed     Permission = "yes"
	Forbidden   Permission = "no"
	Conditional Permission = "conditional"
	Unsaid      Permission = ""
)

// UnmarshalYAML takes the permissions alone: a word that nobody knows would be passed on
// as if it were one, and a policy that asks for anything but "no" would let it through.
func (p *Permission) UnmarshalYAML(n *yaml.Node) error {
	v := Permission(n.Value)
	if n.Tag == "!!null" {
		v = Unsaid
	}
	switch v {
	case Allowed, Forbidden, Conditional, Unsaid:
		if n.Kind == yaml.ScalarNode {
			*p = v
			return nil
		}
	}
	return fmt.Errorf("line %d: %q is no permission: give yes, no or conditional", n.Line, n.Value)
}

// MarshalJSON writes an unsaid permission as null.
func (p Permission) MarshalJSON() ([]byte, error) {
	if p == Unsaid {
		return []byte("null"), nil
	}
	return []byte(`"` + string(p) + `"`), nil
}

// Terms are what a licence allows and asks, in our reading of its text. A nil
// field means that the text does not say.
type Terms struct {
	ID     string `yaml:"id" json:"-"`
	Name   string `yaml:"name" json:"name"`
	Family string `yaml:"family" json:"family"`

	OSIApproved bool  `yaml:"-" json:"osi_approved"`
	FSFLibre    *bool `yaml:"-" json:"fsf_libre"` // nil where the SPDX list does not say
	Deprecated  bool  `yaml:"-" json:"-"`         // the id is no longer to be used
	// Derived: read off the wording of a text that is no known licence.
	Derived bool `yaml:"-" json:"derived,omitempty"`

	CommercialUse  Permission `yaml:"commercial_use" json:"commercial_use"`
	Modification   Permission `yaml:"modification" json:"modification"`
	Redistribution Permission `yaml:"redistribution" json:"redistribution"`

	// UseRestrictions: fields of use or behaviours are forbidden, by the text
	// or by a policy that it takes in. A pure non-commercial limit is not one.
	UseRestrictions *bool `yaml:"use_restrictions" json:"use_restrictions"`
	// OutputRestriction: outputs must not train or improve other models.
	OutputRestriction *bool `yaml:"output_restriction" json:"output_restriction"`
	// UserThreshold is a size of the licensee from which a separate licence is
	// needed; ThresholdUnit says of what.
	UserThreshold   *int64  `yaml:"user_threshold" json:"user_threshold"`
	ThresholdUnit   string  `yaml:"threshold_unit" json:"threshold_unit,omitempty"`
	GeographicLimit *string `yaml:"geographic_limit" json:"geographic_limit"`
	// NamingRequirement: the name of what is derived must carry the licensor's
	// name, or must not. Display duties count as attribution.
	NamingRequirement    *bool `yaml:"naming_requirement" json:"naming_requirement"`
	Attribution          *bool `yaml:"attribution" json:"attribution"`
	AcceptanceRequired   *bool `yaml:"acceptance_required" json:"acceptance_required"`
	RegistrationRequired *bool `yaml:"registration_required" json:"registration_required"`

	// Source names the section of the licence that decides a term, by the
	// term's JSON name.
	Source map[string]string `yaml:"source" json:"source,omitempty"`

	Aliases []string `yaml:"aliases" json:"-"`
	URLs    []string `yaml:"urls" json:"-"`
	Policy  bool     `yaml:"policy" json:"-"` // a use policy: it forbids and grants nothing
}

//go:embed kb
var kb embed.FS

type knowledge struct {
	terms map[string]*Terms
	order []*Terms // hand-written entries first, then the SPDX list
	lower map[string]string
}

var base = sync.OnceValue(func() *knowledge {
	k := &knowledge{terms: make(map[string]*Terms), lower: make(map[string]string)}
	if err := k.load(); err != nil {
		panic(fmt.Sprintf("license: knowledge base: %v", err)) // embedded: a build that fails its own tests
	}
	return k
})

func (k *knowledge) load() error {
	var models []*Terms
	if err := readYAML("kb/models.yaml", &models); err != nil {
		return err
	}
	for _, t := range models {
		if _, twice := k.terms[t.ID]; twice {
			return fmt.Errorf("%q is listed twice", t.ID)
		}
		k.add(t)
	}
	list, err := kb.ReadFile("kb/spdx.tsv")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(list)) {
		if cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(cells) == 5 {
			k.add(listed(cells))
		}
	}
	return k.classes()
}

func (k *knowledge) add(t *Terms) {
	k.terms[t.ID] = t
	k.order = append(k.order, t)
	k.lower[strings.ToLower(t.ID)] = t.ID
}

// listed makes the entry of one line of the SPDX list: id, OSI, FSF (1, 0 or
// -), deprecated, name. Terms follow from the approval alone where no class
// says more: what OSI or FSF approve may be used, changed and passed on.
func listed(cells []string) *Terms {
	t := &Terms{ID: cells[0], Name: cells[4], OSIApproved: cells[1] == "1", Deprecated: cells[3] == "1"}
	if cells[2] != "-" {
		libre := cells[2] == "1"
		t.FSFLibre = &libre
	}
	switch {
	case strings.HasPrefix(t.ID, "CC-") || strings.HasPrefix(t.ID, "CC0"):
		creativeCommons(t)
	case t.OSIApproved || t.FSFLibre != nil && *t.FSFLibre:
		no := false
		t.Family = "open"
		t.CommercialUse, t.Modification, t.Redistribution, t.UseRestrictions = Allowed, Allowed, Conditional, &no
		t.Source = map[string]string{"commercial_use": "follows from its approval as open or free",
			"redistribution": "allowed, conditions not read"}
	}
	return t
}

// creativeCommons reads the terms off the parts of the id.
func creativeCommons(t *Terms) {
	yes, no := true, false
	t.Family = "creative-commons"
	t.CommercialUse, t.Modification, t.Redistribution = Allowed, Allowed, Allowed
	t.UseRestrictions, t.OutputRestriction, t.NamingRequirement, t.RegistrationRequired, t.AcceptanceRequired = &no,
		&no, &no, &no, &no
	t.Attribution = &yes
	parts := strings.Split(t.ID, "-")
	kept := Forbidden // what is made from it
	t.Source = map[string]string{"commercial_use": "licence grant", "modification": "licence grant",
		"redistribution": "licence grant", "attribution": "attribution condition"}
	if len(parts) > 2 && strings.HasPrefix(parts[len(parts)-1], "4") || strings.HasSuffix(t.ID, "4.0") {
		kept = Conditional // from 4.0 on it may be made, and is not shared
		t.Source = map[string]string{"commercial_use": "2.a.1", "modification": "2.a.1",
			"redistribution": "2.a.1 and 3", "attribution": "3.a"}
	}
	for _, part := range parts {
		switch part {
		case "NC":
			t.CommercialUse, t.Modification, t.Redistribution = Forbidden, conditionalUnless(t.Modification, Forbidden),
				Conditional
		case "ND":
			t.Modification, t.Redistribution = kept, Conditional
		case "SA":
			t.Redistribution = Conditional
		case "CC0", "PDDC", "PDM":
			t.Attribution = &no
			t.Source = map[string]string{"commercial_use": "2 (waiver)", "modification": "2 (waiver)",
				"redistribution": "2 (waiver)"}
		}
	}
}

func conditionalUnless(p, unless Permission) Permission {
	if p == unless {
		return p
	}
	return Conditional
}

// class is a group of licences of the SPDX list with the same terms.
type class struct {
	Terms   Terms                        `yaml:"terms"`
	IDs     []string                     `yaml:"ids"`
	Entries map[string]map[string]string `yaml:"entries"` // id -> own sections
}

func (k *knowledge) classes() error {
	var classes map[string]class
	if err := readYAML("kb/spdx.yaml", &classes); err != nil {
		return err
	}
	for _, c := range classes {
		for _, id := range c.IDs {
			k.apply(id, c.Terms, nil)
		}
		for id, own := range c.Entries {
			k.apply(id, c.Terms, own)
		}
	}
	return nil
}

// apply gives a licence of the SPDX list the terms of its class. An id that
// the list does not have (any more) is passed over.
func (k *knowledge) apply(id string, terms Terms, own map[string]string) {
	t, ok := k.terms[id]
	if !ok {
		return
	}
	source := make(map[string]string)
	for term, section := range terms.Source {
		source[term] = section
	}
	for term, section := range own {
		source[term] = section
	}
	terms.ID, terms.Name, terms.OSIApproved, terms.FSFLibre, terms.Deprecated, terms.Source = t.ID, t.Name,
		t.OSIApproved, t.FSFLibre, t.Deprecated, source
	*t = terms
}

func readYAML(name string, into any) error {
	data, err := kb.ReadFile(name)
	if err != nil {
		return err
	}
	if err := yaml.Load(data, into, yaml.WithKnownFields()); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// TermsOf returns the terms of a licence id. It reports false for an id that
// the knowledge base does not have.
func TermsOf(id string) (Terms, bool) {
	k := base()
	t, ok := k.terms[k.lower[strings.ToLower(id)]]
	if !ok {
		return Terms{}, false
	}
	return *t, true
}

// openData are the licences of data and content that count as open although
// neither OSI nor FSF rule on such licences, by the prefix of their ids.
var openData = []string{"CC-BY-1.0", "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-SA-", "CC0-1.0",
	"CC-PDDC", "CC-PDM-", "PDDL-1.0", "ODC-By-1.0", "ODbL-1.0", "CDLA-Permissive-", "CDLA-Sharing-",
	"C-UDA-1.0", "etalab-2.0", "OGL-UK-", "LicenseRef-openmdw-", "OpenMDW-", "OpenMDW", "LicenseRef-public-domain",
	"LicenseRef-bsd", "AML", "MIT-"}

// Open reports whether a licence counts as open: approved by OSI, free in the
// list of the FSF, or open for data and content (Creative Commons without NC
// and ND, Open Data Commons, CDLA, OpenMDW).
func Open(id string) bool {
	if IsExpression(id) {
		n, ok := Evaluate(id, func(part string) int {
			plain, _, _ := strings.Cut(part, " WITH ")
			return yesNo(Open(plain))
		})
		return ok && n == 1
	}
	t, ok := TermsOf(id)
	if !ok {
		return false
	}
	if t.OSIApproved || t.FSFLibre != nil && *t.FSFLibre {
		return true
	}
	if strings.Contains(t.ID, "GPL-1.0") {
		return true // of every version it is free software, though nobody lists the first
	}
	for _, prefix := range openData {
		if strings.HasPrefix(t.ID, prefix) {
			return t.CommercialUse == Allowed && t.Modification == Allowed && (t.UseRestrictions == nil ||
				!*t.UseRestrictions)
		}
	}
	return false
}
