package license

import (
	"fmt"
	"strings"
	"sync"
)

// A Duty is one thing that a licence asks of those who pass a work on.
type Duty struct {
	// Section of the licence that asks it; empty where it was not noted down.
	Section string `yaml:"section"`
	// Words that fulfil it, where the duty is one of words: a name, a phrase
	// to show, ids of licences that are accepted instead.
	Words []string `yaml:"words"`
	// Anywhere: the word may stand anywhere in the name, not at its start only.
	Anywhere bool `yaml:"anywhere"`
}

// Duties are what a licence asks of those who pass on a model, or one that was
// made from it. A nil field means that the text asks no such thing, or that it
// was not noted down.
type Duties struct {
	IDs         []string `yaml:"ids"`
	Copy        *Duty    `yaml:"copy"`
	Notice      *Duty    `yaml:"notice"`
	PassOn      *Duty    `yaml:"pass_on"`
	SameLicense *Duty    `yaml:"same_license"`
	Name        *Duty    `yaml:"name"`
	Display     *Duty    `yaml:"display"`
	Changes     *Duty    `yaml:"changes"`   // what was changed is stated
	Source      *Duty    `yaml:"source"`    // source code goes along, or is offered
	Report      *Duty    `yaml:"report"`    // the licensor is told of something, or use is registered
	Unchanged   *Duty    `yaml:"unchanged"` // what is changed stays in the house
	Trained     *Duty    `yaml:"trained"`   // a model that outputs train to perform like it counts as made from it
	// Partial: passing on is under other conditions too, which were not noted down.
	Partial bool `yaml:"partial"`
}

var dutyTable = sync.OnceValue(func() map[string]Duties {
	var list []Duties
	if err := readYAML("kb/duties.yaml", &list); err != nil {
		panic(fmt.Sprintf("license: duties: %v", err)) // embedded: a build that fails its own tests
	}
	table := make(map[string]Duties)
	for _, d := range list {
		for _, id := range d.IDs {
			if _, twice := table[id]; twice {
				panic("license: duties of " + id + " are listed twice")
			}
			table[id] = d
		}
	}
	return table
})

// DutiesOf returns the duties of a licence. It reports false for one whose
// duties were not noted down.
func DutiesOf(id string) (Duties, bool) {
	d, ok := dutyTable()[id]
	return d, ok
}

// KeepsChanges reports whether what is made from a work under a licence may not be passed on:
// it may not be made at all, or stays with who made it.
func KeepsChanges(id string) bool {
	passes := func(part string) int {
		t, known := Read(part)
		original, _ := Original(part)
		d, _ := DutiesOf(original)
		return yesNo(!known || t.Modification != Forbidden && d.Unchanged == nil)
	}
	if !IsExpression(id) {
		return passes(id) == 0
	}
	n, ok := Evaluate(id, passes)
	return ok && n == 0
}

// An Excess is one thing that a licence grants and the licence of the work
// that it was made from does not.
type Excess struct {
	Term    string // JSON name of the term
	Clause  string // what the base's licence says
	Section string // of the base's licence, empty where it is not known
}

// String names what the licence of a copy grants beyond its base.
func (e Excess) String() string {
	if e.Section == "" {
		return e.Clause
	}
	return e.Clause + " (section " + e.Section + ")"
}

// Exceeds lists what a licence grants beyond the licence of the work that it
// was made from. It is empty where one of the two is not known, is an
// expression, or where both are of one family: versions replace each other.
//
// A licence that does not speak of a limit is not held to lift it, unless it
// is one that allows commercial use without condition.
func Exceeds(base, derived string) []Excess {
	b, known := Read(base)
	d, also := Read(derived)
	if !known || !also || strings.Contains(base+derived, " ") ||
		FamilyOf(base) != "" && FamilyOf(base) == FamilyOf(derived) {
		return nil
	}
	var all []Excess
	add := func(exceeds bool, term, clause string) {
		if exceeds {
			all = append(all, Excess{term, clause, b.Source[term]})
		}
	}
	free := d.CommercialUse == Allowed && (d.UseRestrictions == nil || !*d.UseRestrictions)
	add(b.CommercialUse == Forbidden && (d.CommercialUse == Allowed ||
		d.CommercialUse == Conditional), "commercial_use", "excludes commercial use")
	add(b.CommercialUse == Conditional && b.UserThreshold == nil && d.CommercialUse == Allowed, "commercial_use",
		"puts conditions on commercial use")
	if b.UserThreshold != nil {
		add(free && d.UserThreshold == nil, "user_threshold",
			fmt.Sprintf("asks licensees from %d %s for a licence of their own", *b.UserThreshold, b.ThresholdUnit))
	}
	if b.GeographicLimit != nil {
		add(free && d.GeographicLimit == nil, "geographic_limit", "is limited to a territory")
	}
	add(KeepsChanges(base), "modification", "does not allow adapted versions to be shared")
	add(isTrue(b.OutputRestriction) && isFalse(d.OutputRestriction), "output_restriction",
		"limits what outputs may be used for")
	return all
}

// Lifts reports whether a licence drops use restrictions that the licence of
// the work it was made from has, with the section that has them.
func Lifts(base, derived string) (Excess, bool) {
	b, known := Read(base)
	d, also := Read(derived)
	if !known || !also || !isTrue(b.UseRestrictions) || !isFalse(d.UseRestrictions) ||
		strings.Contains(base+derived, " ") {
		return Excess{}, false
	}
	return Excess{"use_restrictions", "forbids fields of use", b.Source["use_restrictions"]}, true
}

// Accepts reports whether what is made from a work under the base's licence
// may be under another: always, unless the licence asks for itself.
func Accepts(base, derived string) bool {
	duties, ok := DutiesOf(base)
	if !ok || duties.SameLicense == nil {
		return true
	}
	same := func(id string) string {
		id = strings.TrimSuffix(strings.TrimSuffix(id, "-only"), "-or-later")
		return strings.Join(stem(id), "-") // a later version will do
	}
	if same(base) == same(derived) {
		return true
	}
	for _, id := range duties.SameLicense.Words {
		if id == derived {
			return true
		}
	}
	return false
}

func isTrue(b *bool) bool  { return b != nil && *b }
func isFalse(b *bool) bool { return b != nil && !*b }
