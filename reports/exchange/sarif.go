// Package exchange writes reports in the formats of other tools: SARIF and
// JUnit for what a policy found, CycloneDX and SPDX for what a model is made of.
package exchange

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"openness/audit"
	"openness/reports"
	"openness/reports/check"
	"openness/rubric"
)

// The parts of SARIF 2.1.0 that are used, in the names of its schema.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		Artifacts   []sarifArtifact   `json:"artifacts"`
		Results     []sarifResult     `json:"results"`
		ColumnKind  string            `json:"columnKind"`
		Properties  map[string]any    `json:"properties"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string         `json:"id"`
		Name             string         `json:"name"`
		ShortDescription sarifText      `json:"shortDescription"`
		FullDescription  sarifText      `json:"fullDescription"`
		Configuration    sarifLevel     `json:"defaultConfiguration"`
		Properties       map[string]any `json:"properties"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		ExecutionSuccessful bool                `json:"executionSuccessful"`
		EndTimeUTC          string              `json:"endTimeUtc,omitempty"`
		Notifications       []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifArtifact struct {
		Location   sarifAddress      `json:"location"`
		Hashes     map[string]string `json:"hashes,omitempty"`
		Properties map[string]any    `json:"properties,omitempty"`
	}
	sarifAddress struct {
		URI   string `json:"uri,omitempty"`
		Index *int   `json:"index,omitempty"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Kind         string             `json:"kind"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Related      []sarifLocation    `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
	}
	sarifLocation struct {
		ID       int            `json:"id,omitempty"`
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
		Message  *sarifText     `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifAddress `json:"artifactLocation"`
		Region   *sarifRegion `json:"region,omitempty"`
	}
	sarifRegion struct {
		ByteOffset *int       `json:"byteOffset,omitempty"`
		ByteLength *int       `json:"byteLength,omitempty"`
		StartLine  int        `json:"startLine,omitempty"`
		Snippet    *sarifText `json:"snippet,omitempty"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
		Kind string `json:"kind"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Status        string `json:"status"`
		Justification string `json:"justification"`
	}
)

// sarifSchema is where the schema of SARIF 2.1.0 is published.
const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// SARIF writes a check record as SARIF 2.1.0: a rule for each requirement and a
// result for each that is not met, located at the words that decide it. A
// waiver is a suppression with its reason.
func SARIF(w io.Writer, r *check.Record) error {
	s := sarif{record: r, artifacts: make(map[string]int)}
	run := sarifRun{Tool: sarifTool{sarifDriver{Name: "openness", Version: r.Tool.Version, Rules: []sarifRule{}}},
		Artifacts: []sarifArtifact{},
		Results:   []sarifResult{}, ColumnKind: "unicodeCodePoints",
		Properties: map[string]any{"policy": r.Policy.ID, "policyVersion": r.Policy.Version,
			"policySha256": r.Policy.SHA256, "outcome": r.Outcome}}
	invocation := sarifInvocation{ExecutionSuccessful: true, EndTimeUTC: r.CheckedAt}
	for _, q := range r.Policy.Requirements {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{ID: r.Policy.ID + "/" + q.ID, Name: q.ID,
			ShortDescription: sarifText{q.Message},
			FullDescription:  sarifText{cmp.Or(q.Why, q.Message)}, Configuration: sarifLevel{"error"},
			Properties: map[string]any{"require": q.Require}})
	}
	for _, m := range r.Models {
		if m.Outcome == check.OutcomeUnknownModel {
			invocation.Notifications = append(invocation.Notifications,
				sarifNotification{"error", sarifText{m.Model + " is not known: " + m.Note}})
		}
		for i := range m.Requirements {
			if m.Requirements[i].Outcome != check.OutcomeMet {
				run.Results = append(run.Results, s.result(&m, i))
			}
		}
	}
	run.Artifacts = append(run.Artifacts, s.list...)
	run.Invocations = []sarifInvocation{invocation}
	return reports.WriteJSON(w, sarifLog{sarifSchema, "2.1.0", []sarifRun{run}})
}

// sarif numbers the documents that results point to.
type sarif struct {
	record    *check.Record
	artifacts map[string]int
	list      []sarifArtifact
}

func (s *sarif) result(m *check.CheckedModel, i int) sarifResult {
	q := &m.Requirements[i]
	result := sarifResult{RuleID: s.record.Policy.ID + "/" + q.ID, RuleIndex: i, Kind: "fail", Level: "error",
		Message: sarifText{fmt.Sprintf("%s: %s", m.Model, q.Message)},
		Fingerprints: map[string]string{"opennessCheck/v1": audit.Hash([]byte(s.record.Policy.ID + "\n" + q.ID + "\n" +
			m.Model))}}
	if q.Outcome == check.OutcomeUndetermined {
		result.Kind, result.Level = "open", "none" // the standard asks for this level where the kind is not fail
	}
	if q.Waiver != nil {
		result.Suppressions = []sarifSuppression{{"external", "accepted", "Waived " + waiverText(q.Waiver)}}
	}
	logical := []sarifLogical{{m.Model + "/" + q.ID, "resource"}}
	for _, o := range q.Observations {
		if l := s.location(&o); l != nil {
			l.Logical = logical
			result.Locations = append(result.Locations, *l)
		}
	}
	if len(result.Locations) == 0 {
		l := sarifLocation{Logical: logical}
		if web(m.Home) {
			l.Physical = &sarifPhysical{Artifact: sarifAddress{URI: m.Home}}
		}
		result.Locations = append(result.Locations, l)
	}
	if file := s.record.Policy.File; file != "" { // where the demand stands
		result.Related = []sarifLocation{{ID: 1, Message: &sarifText{"the requirement"}, Physical: &sarifPhysical{
			Artifact: sarifAddress{URI: fileURI(file)},
			Region:   &sarifRegion{StartLine: max(s.record.Policy.Requirements[i].Line, 1)}}}}
	}
	return result
}

// waiverText says who waived a requirement, until when and why.
func waiverText(w *rubric.Waiver) string {
	return fmt.Sprintf("by %s until %s: %s", w.Who, w.Until, w.Why)
}

// location is where an observation was read, nil where it has no address.
func (s *sarif) location(o *audit.Observation) *sarifLocation {
	if !web(o.URL) {
		return nil
	}
	key := o.URL + "\n" + o.SHA256
	at, seen := s.artifacts[key]
	if !seen {
		at = len(s.list)
		s.artifacts[key] = at
		a := sarifArtifact{Location: sarifAddress{URI: uri(o.URL)},
			Properties: map[string]any{"retrievedAt": reports.TimeText(o.RetrievedAt)}}
		if o.SHA256 != "" {
			a.Hashes = map[string]string{"sha-256": o.SHA256}
		}
		if o.Revision != "" {
			a.Properties["revision"] = o.Revision
		}
		s.list = append(s.list, a)
	}
	l := &sarifLocation{Physical: &sarifPhysical{Artifact: sarifAddress{URI: uri(o.URL), Index: &at}},
		Message: &sarifText{strings.TrimSpace(factText(o) + " " + o.Note)}}
	if o.Finding == audit.Present && o.End > o.Start {
		from, length := o.Start, o.End-o.Start
		l.Physical.Region = &sarifRegion{ByteOffset: &from, ByteLength: &length}
		if o.Quote != "" {
			l.Physical.Region.Snippet = &sarifText{o.Quote}
		}
	}
	return l
}
