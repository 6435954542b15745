package rubric

import (
	"fmt"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"openness/audit"
)

// A Waiver says that somebody answers for a requirement that a model does not
// meet, why, and until when.
type Waiver struct {
	Policy      string `json:"policy,omitempty"` // id of the policy; empty for any that has the requirement
	Model       string `json:"model"`
	Requirement string `json:"requirement"`
	Who         string `json:"who"`
	Why         string `json:"why"`
	Until       string `json:"until"` // the last day on which it counts, YYYY-MM-DD, in UTC
	Link        string `json:"link,omitempty"`
}

// Expired reports whether the waiver's last day is over.
func (w *Waiver) Expired(at time.Time) bool {
	until, err := time.Parse(time.DateOnly, w.Until)
	return err != nil || !at.UTC().Before(until.AddDate(0, 0, 1))
}

// maxWaivers bounds a file of waivers.
const maxWaivers = 10_000

// LoadWaivers reads a file of waivers: a mapping with the list waivers, each
// with model, requirement, who, why and until, and policy and link where
// wanted. A file with faults gives Faults, all of them.
func LoadWaivers(file string) ([]Waiver, error) {
	data, err := readFile(file)
	if err != nil {
		return nil, fmt.Errorf("waivers %q: %w", file, err)
	}
	return ParseWaivers(file, data)
}

// ParseWaivers reads waivers from the bytes of a YAML file; name is for messages.
func ParseWaivers(name string, data []byte) ([]Waiver, error) {
	r, root, err := open(name, data, audit.Facts(), untrusted)
	if err != nil {
		return nil, err
	}
	fields := r.fields(root, "a file of waivers", []string{"waivers"})
	var list []Waiver
	for _, node := range r.list(fields["waivers"], "waivers", maxWaivers) {
		list = append(list, r.waiver(node))
	}
	if len(r.faults) > 0 {
		return nil, r.faults.sorted()
	}
	return list, nil
}

func (r *reader) waiver(n *yaml.Node) Waiver {
	f := r.fields(n, "a waiver", []string{"model", "requirement", "who", "why", "until"}, "policy", "link")
	w := Waiver{Model: r.text(f["model"], "model"), Requirement: r.text(f["requirement"], "requirement"),
		Who: r.text(f["who"], "who"),
		Why: r.text(f["why"], "why"), Until: r.text(f["until"], "until"), Policy: r.optional(f["policy"], "policy"),
		Link: r.optional(f["link"], "link")}
	if _, err := time.Parse(time.DateOnly, w.Until); err != nil && w.Until != "" {
		r.fault(f["until"], "until is %q; it must be a day such as 2027-01-31", w.Until)
	}
	if strings.ContainsAny(w.Model, "*?") {
		r.fault(f["model"], "a waiver is for one model, named in full: %q", w.Model)
	}
	return w
}
