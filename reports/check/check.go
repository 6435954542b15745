// Package check is the record of models held against a policy: what was required, what was
// found, who answers for what is not met.
package check

import (
	"fmt"
	"io"
	"strings"
	"time"

	"openness/audit"
	"openness/reports"
	"openness/rubric"
)

// Schema names the shape of a check record's JSON.
const Schema = "openness.check/1"

// An Outcome is how a model, or one of its requirements, came out of a check.
type Outcome string

// The outcomes.
const (
	OutcomeMet          Outcome = "met"
	OutcomeViolated     Outcome = "violated"
	OutcomeUndetermined Outcome = "undetermined"
	OutcomeWaived       Outcome = "waived"
	OutcomeUnknownModel Outcome = "unknown_model"
)

// A Record is what a policy made of models at one time: a record for the
// files, which names all that it depends on.
type Record struct {
	Schema    string           `json:"schema"`
	Policy    Policy           `json:"policy"`
	Tool      reports.ToolJSON `json:"tool"`
	CheckedAt string           `json:"checked_at"`
	MaxAge    string           `json:"max_age,omitempty"` // older evidence counted as not looked at
	Outcome   Outcome          `json:"outcome"`           // the worst of the models'
	Models    []CheckedModel   `json:"models"`
	Unused    []rubric.Waiver  `json:"unused_waivers"` // that fit no model and unmet requirement of this check
}

// A Policy identifies a policy.
type Policy struct {
	ID           string               `json:"id"`
	Version      string               `json:"version"`
	SHA256       string               `json:"sha256"`
	Name         string               `json:"name"`
	About        string               `json:"about,omitempty"`
	File         string               `json:"file,omitempty"` // as it was named; empty for a built-in policy
	Requirements []rubric.Requirement `json:"-"`
}

// A CheckedModel is one model of a check.
type CheckedModel struct {
	Model        string               `json:"model"` // its id, or what was asked for where it is not known
	Outcome      Outcome              `json:"outcome"`
	Note         string               `json:"note,omitempty"` // why a model is unknown
	Home         string               `json:"url,omitempty"`  // its public page
	Reviews      int                  `json:"reviews"`        // people's judgements stored for it
	From         string               `json:"evidence_from,omitempty"`
	To           string               `json:"evidence_to,omitempty"`
	Requirements []CheckedRequirement `json:"requirements"`
}

// A CheckedRequirement is one requirement of one model. Its first observation
// is the one to show.
type CheckedRequirement struct {
	ID           string              `json:"id"`
	Outcome      Outcome             `json:"outcome"`
	Message      string              `json:"message"`
	Require      string              `json:"require"`
	Observations []audit.Observation `json:"observations"`
	Waiver       *rubric.Waiver      `json:"waiver"`
	Expired      *rubric.Waiver      `json:"expired_waiver,omitempty"` // one that would have fitted, and does not count
}

// NewRecord begins a record.
func NewRecord(p *rubric.Policy, file, tool string, at time.Time) *Record {
	return &Record{Schema: Schema, Tool: reports.ToolJSON{Version: tool}, CheckedAt: reports.TimeText(at),
		Models: []CheckedModel{}, Unused: []rubric.Waiver{},
		Policy: Policy{ID: p.ID, Version: p.Version, SHA256: p.SHA256, Name: p.Name, About: p.About, File: file,
			Requirements: p.Requirements}}
}

// Model makes a model's part of a record from what the policy found.
// waiver gives those that fit a requirement, or nil; an expired one does not count.
func Model(m *reports.Model, p *rubric.Policy, findings []rubric.Finding, at time.Time,
	waiver func(requirement string) *rubric.Waiver) CheckedModel {
	c := CheckedModel{Model: m.Subject.ID, Home: m.Home(), Reviews: len(m.Reviews),
		Requirements: []CheckedRequirement{}}
	for i, f := range findings {
		q := CheckedRequirement{ID: f.Requirement, Outcome: Outcome(f.Standing), Message: f.Reason,
			Require:      p.Requirements[i].Require,
			Observations: tellingFirst(f, p.Requirements[i].Require)}
		if w := waiver(q.ID); w != nil && q.Outcome != OutcomeMet {
			if w.Expired(at) {
				q.Expired = w
			} else {
				q.Waiver, q.Outcome = w, OutcomeWaived
			}
		}
		if words := reports.StaleWords(q.Observations); words != "" {
			q.Message = strings.TrimSuffix(q.Message, ".") + ". " + words
		}
		c.see(q.Observations)
		c.Requirements = append(c.Requirements, q)
		c.Outcome = worseOutcome(c.Outcome, q.Outcome)
	}
	return c
}

// see widens the time from which the evidence is.
func (c *CheckedModel) see(observations []audit.Observation) {
	for i := range observations {
		at := reports.TimeText(observations[i].RetrievedAt)
		if at == "" {
			continue
		}
		if c.From == "" || at < c.From {
			c.From = at
		}
		c.To = max(c.To, at)
	}
}

// Add adds a model and its outcome.
func (r *Record) Add(m CheckedModel) {
	r.Models = append(r.Models, m)
	r.Outcome = worseOutcome(r.Outcome, m.Outcome)
}

// outcomeRank orders outcomes from the best to the worst.
var outcomeRank = map[Outcome]int{"": 0, OutcomeMet: 1, OutcomeWaived: 2, OutcomeUndetermined: 3,
	OutcomeUnknownModel: 4, OutcomeViolated: 5}

func worseOutcome(a, b Outcome) Outcome {
	if outcomeRank[b] > outcomeRank[a] {
		return b
	}
	return a
}

// tellingFirst puts the observation to show first: the quote for a fact that the
// requirement asks for, or for a value that the message names, or else the first quote.
func tellingFirst(f rubric.Finding, require string) []audit.Observation {
	list := append([]audit.Observation{}, f.Judgement.Observations...)
	at, best := -1, -1
	for i := range list {
		o := &list[i]
		if o.Finding != audit.Present || o.Quote == "" && o.SHA256 == "" {
			continue
		}
		tells := 0
		if strings.Contains(require, o.Fact) {
			tells += 2
		}
		if o.Value != "true" && o.Value != "" && strings.Contains(f.Reason, o.Value) {
			tells++
		}
		if tells > best {
			at, best = i, tells
		}
	}
	if at > 0 {
		first := list[at]
		copy(list[1:at+1], list[:at])
		list[0] = first
	}
	return list
}

// Counts says how many requirements came out how.
func (r *Record) Counts() (total int, by map[Outcome]int) {
	by = make(map[Outcome]int)
	for _, m := range r.Models {
		if m.Outcome == OutcomeUnknownModel {
			by[OutcomeUnknownModel]++
		}
		for _, q := range m.Requirements {
			by[q.Outcome]++
			total++
		}
	}
	return total, by
}

// Formats are the formats of WriteCheck; sarif and junit are written by
// the package exchange.
func Formats() []reports.Format {
	return []reports.Format{reports.Table, reports.JSON, reports.Markdown, reports.HTML, "sarif", "junit"}
}

// Write writes a record.
func Write(w io.Writer, r *Record, f reports.Format) error {
	switch f {
	case reports.Table:
		return writeCheckText(w, r)
	case reports.JSON:
		return reports.WriteJSON(w, r)
	case reports.Markdown:
		return writeCheckMarkdown(w, r)
	case reports.HTML:
		return writeCheckHTML(w, r)
	}
	return fmt.Errorf("unknown format %q", f)
}
