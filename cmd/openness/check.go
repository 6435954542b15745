package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"openness/audit/obligations"
	"openness/data"
	"openness/reports"
	"openness/reports/check"
	"openness/reports/exchange"
	"openness/rubric"
)

type checkOptions struct {
	*globalOptions
	policy  string
	waivers string
	maxAge  age
	format  reports.Format
}

func newCheckCommand(g *globalOptions) *cobra.Command {
	opts := &checkOptions{globalOptions: g}
	cmd := &cobra.Command{
		Use:   "check --policy FILE|ID MODEL...",
		Short: "Hold audited models against a policy: a gate for CI and a record for the files",
		Long: `Check judges stored observations against the requirements of a policy, without
any network. Built-in policies: ` + strings.Join(rubric.PolicyIDs(), ", ") + `
(openness rubric policy ID shows one). A policy of one's own is YAML: id, version,
name and requirements, each with an id, a predicate over the table of facts
(require), a message and, if wanted, why, such as

  id: shipping
  version: "1"
  name: What we may ship
  requirements:
    - id: commercial-use
      require: license.weights.commercial_use == "yes"
      message: "The licence must allow commercial use: {license.weights.id}."

A requirement is met only where what was read shows it; where statements differ,
or a source that could tell was not looked at, it is undetermined. A waiver says
who answers for what is not met, why, and until when:

  waivers:
    - {model: org/name, requirement: commercial-use, who: A. Person, why: "...", until: 2027-01-31}

Exit status: 0 every requirement is met or waived; 3 some could not be
determined, or a model is not known (the others are done); 4 some are violated.
A requirement that no evidence could ever settle is bad usage: 2.`,
		Example: `  openness check --policy commercial-eu allenai/OLMo-7B
  openness check --policy shipping.yaml --waivers waivers.yaml --max-age 30d --format sarif allenai/OLMo-7B > check.sarif`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCheck(cmd.Context(), opts, args, cmd.OutOrStdout())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.policy, "policy", "", "policy `FILE|ID` (needed)")
	flags.StringVar(&opts.waivers, "waivers", "",
		"`FILE` of waivers: who answers for what is not met, why, and until when")
	flags.Var(&opts.maxAge, "max-age", "take what was last looked at longer ago than this (30d, 12h) as not looked at")
	chooseFormat(cmd, &opts.format, check.Formats()...)
	return cmd
}

func runCheck(ctx context.Context, opts *checkOptions, models []string, w io.Writer) error {
	c, err := newChecking(opts)
	if err != nil {
		return err
	}
	db, err := openStored(ctx, opts.globalOptions)
	if err != nil {
		return err
	}
	defer db.Close()
	if c.recent, err = newPatience(ctx, db, opts.maxAge, c.at); err != nil {
		return err
	}
	for _, model := range models {
		if err := c.model(ctx, db, model); err != nil {
			return err
		}
	}
	if err := c.neverEvaluated(); err != nil {
		return err
	}
	c.finish(opts)
	if err := writeChecked(w, c.record, opts.format); err != nil {
		return err
	}
	return checkedExit(c.record)
}

// A checking is a check in the making.
type checking struct {
	policy  *rubric.Policy
	waivers []rubric.Waiver
	used    []bool
	recent  patience
	at      time.Time
	record  *check.Record
	failed  map[string]int // requirements that could not be evaluated, and for how many models
	judged  int            // models
}

// meantRequirement says which requirement of the policy a waiver may have meant
// that names none of them.
func (c *checking) meantRequirement(id string) string {
	var ids []string
	for _, r := range c.policy.Requirements {
		ids = append(ids, r.ID)
	}
	if slices.Contains(ids, id) {
		return ""
	}
	return rubric.DidYouMean(id, ids)
}

func newChecking(opts *checkOptions) (*checking, error) {
	if opts.policy == "" {
		return nil, usagef("check needs --policy FILE or the id of a built-in policy")
	}
	c := &checking{at: opts.env.now().UTC(), failed: make(map[string]int)}
	var err error
	if c.policy, err = rubric.LoadPolicy(opts.policy); err != nil {
		if slices.Contains(rubric.IDs(), opts.policy) || rubricIn(opts.policy) {
			return nil, usagef("%q is a rubric, not a policy: rank --rubric judges by it (openness rubric policy "+
				"lists policies)", opts.policy)
		}
		return nil, &exitError{exitUsage, err}
	}
	if err := ownPolicyName(opts.policy, c.policy); err != nil {
		return nil, err
	}
	if opts.waivers != "" {
		if c.waivers, err = rubric.LoadWaivers(opts.waivers); err != nil {
			return nil, &exitError{exitUsage, err}
		}
		c.used = make([]bool, len(c.waivers))
	}
	file := opts.policy
	if opts.policy == c.policy.ID {
		file = "" // built in
	}
	c.record = check.NewRecord(c.policy, file, version, c.at)
	c.record.MaxAge = opts.maxAge.String()
	return c, nil
}

// model checks one model. One that is not stored is part of the record too.
func (c *checking) model(ctx context.Context, db *data.DB, name string) error {
	record, err := findStored(ctx, db, name, db.Record)
	if notOne(err) {
		c.record.Add(check.CheckedModel{Model: name, Outcome: check.OutcomeUnknownModel, Note: err.Error(),
			Requirements: []check.CheckedRequirement{}})
		return nil
	}
	if err != nil {
		return err
	}
	m := (&library{}).modelOf(record)
	if m.Reviews, err = db.Reviews(ctx, data.Key(record.Subject)); err != nil {
		return err
	}
	findings := c.policy.Check(c.recent.limit(data.Key(record.Subject), record.Observations))
	c.judged++
	for _, f := range findings {
		if f.Judgement.Cause == rubric.CauseRuleFailed {
			c.failed[f.Requirement]++
		}
	}
	names := []string{name, record.Subject.ID, record.Subject.Label, record.Subject.Target, data.Key(record.Subject)}
	checked := check.Model(&m, c.policy, findings, c.at, func(requirement string) *rubric.Waiver {
		return c.waiver(names, requirement)
	})
	for _, q := range checked.Requirements {
		for i, o := range q.Observations {
			if !obligations.SaysTerm(o) {
				continue
			}
			if body, err := db.Body(ctx, o.SHA256); err == nil { // the built-in snapshot has hashes only
				q.Observations[i] = obligations.Exact(o, body)
			}
		}
	}
	check.Explain(&checked)
	c.record.Add(checked)
	return nil
}

// waiver finds the waiver of a model's requirement: one that still counts
// before one that has expired.
func (c *checking) waiver(names []string, requirement string) *rubric.Waiver {
	at := -1
	for i := range c.waivers {
		w := &c.waivers[i]
		fits := w.Requirement == requirement && (w.Policy == "" || w.Policy == c.policy.ID) &&
			slices.ContainsFunc(names, func(n string) bool { return n != "" && strings.EqualFold(n, w.Model) })
		if fits && (at < 0 || c.waivers[at].Expired(c.at) && !w.Expired(c.at)) {
			at = i
		}
	}
	if at < 0 {
		return nil
	}
	return &c.waivers[at]
}

// neverEvaluated is the fault of a policy with a requirement that could be
// evaluated for no model: a gate that waits for it would wait for ever.
func (c *checking) neverEvaluated() error {
	for _, q := range c.policy.Requirements {
		if n := c.failed[q.ID]; n > 0 && n == c.judged {
			return usagef("policy %s: requirement %q can never be evaluated: its predicate failed for each of %d models (%s)",
				c.policy.ID, q.ID, n, q.Require)
		}
	}
	return nil
}

// finish notes the waivers that fit nothing and says so.
func (c *checking) finish(opts *checkOptions) {
	for _, m := range c.record.Models {
		for _, q := range m.Requirements {
			for i := range c.waivers {
				c.used[i] = c.used[i] || &c.waivers[i] == q.Waiver || &c.waivers[i] == q.Expired
			}
			if q.Expired != nil && !opts.quiet {
				opts.say("the waiver of %s for %s expired on %s and does not count", q.ID, m.Model, q.Expired.Until)
			}
		}
	}
	for i, w := range c.waivers {
		if c.used[i] {
			continue
		}
		c.record.Unused = append(c.record.Unused, w)
		if !opts.quiet {
			opts.say("the waiver of %s for %s fits no unmet requirement of this check%s", w.Requirement, w.Model,
				c.meantRequirement(w.Requirement))
		}
	}
}

func writeChecked(w io.Writer, r *check.Record, format reports.Format) error {
	switch format {
	case "sarif":
		return exchange.SARIF(w, r)
	case "junit":
		return exchange.JUnit(w, r)
	}
	return check.Write(w, r, format)
}

// checkedExit gives the worst outcome its exit code.
func checkedExit(r *check.Record) error {
	total, by := r.Counts()
	switch {
	case by[check.OutcomeViolated] > 0:
		return &exitError{exitDisallowed, fmt.Errorf("%d of %d requirements are violated", by[check.OutcomeViolated],
			total)}
	case by[check.OutcomeUnknownModel] > 0:
		var names []string
		for _, m := range r.Models {
			if m.Outcome == check.OutcomeUnknownModel {
				names = append(names, m.Model+" ("+m.Note+")")
			}
		}
		return &exitError{exitUnreached, fmt.Errorf("not known: %s", strings.Join(names, "; "))}
	case by[check.OutcomeUndetermined] > 0:
		return &exitError{exitUnreached,
			fmt.Errorf("%d of %d requirements could not be determined: audit again when the sources answer",
				by[check.OutcomeUndetermined], total)}
	}
	return nil
}
