package exchange

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"openness/audit"
	"openness/reports"
	"openness/reports/check"
)

// The elements of JUnit's XML as continuous integration reads them: a suite for
// each model, a case for each requirement.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Skipped  int          `xml:"skipped,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name       string          `xml:"name,attr"`
		Tests      int             `xml:"tests,attr"`
		Failures   int             `xml:"failures,attr"`
		Errors     int             `xml:"errors,attr"`
		Skipped    int             `xml:"skipped,attr"`
		Timestamp  string          `xml:"timestamp,attr"`
		Time       string          `xml:"time,attr"`
		Properties []junitProperty `xml:"properties>property"`
		Cases      []junitCase     `xml:"testcase"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	junitCase struct {
		Name    string      `xml:"name,attr"`
		Class   string      `xml:"classname,attr"`
		Time    string      `xml:"time,attr"`
		Failure *junitFault `xml:"failure"`
		Error   *junitFault `xml:"error"`
		Skipped *junitSkip  `xml:"skipped"`
	}
	junitFault struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
	junitSkip struct {
		Message string `xml:"message,attr"`
	}
)

// JUnit writes a check record as JUnit's XML, without what XML cannot hold: what is violated is a failure,
// what is undetermined or unknown an error, what is waived is skipped.
func JUnit(w io.Writer, r *check.Record) error {
	all := junitSuites{Name: r.Policy.ID}
	for _, m := range r.Models {
		suite := junitSuite{Name: reports.Visible(m.Model), Timestamp: strings.TrimSuffix(r.CheckedAt, "Z"), Time: "0",
			Properties: []junitProperty{
				{"policy", r.Policy.ID}, {"policy.version", reports.Visible(r.Policy.Version)},
				{"policy.sha256", r.Policy.SHA256}, {"tool", r.Tool.Version},
				{"evidence.from", m.From}, {"evidence.to", m.To}}}
		if m.Outcome == check.OutcomeUnknownModel {
			suite.add(junitCase{Name: "known", Error: &junitFault{Message: reports.Visible(m.Note),
				Type: string(m.Outcome)}}, r.Policy.ID)
		}
		for i := range m.Requirements {
			suite.add(caseOf(&m.Requirements[i]), r.Policy.ID)
		}
		all.Tests, all.Failures, all.Errors, all.Skipped = all.Tests+suite.Tests, all.Failures+suite.Failures,
			all.Errors+suite.Errors, all.Skipped+suite.Skipped
		all.Suites = append(all.Suites, suite)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (s *junitSuite) add(c junitCase, policy string) {
	c.Class, c.Time = policy+"."+s.Name, "0"
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

func caseOf(q *check.CheckedRequirement) junitCase {
	c := junitCase{Name: q.ID}
	fault := &junitFault{Message: reports.Visible(q.Message), Type: string(q.Outcome), Text: evidenceText(q)}
	switch q.Outcome {
	case check.OutcomeViolated:
		c.Failure = fault
	case check.OutcomeUndetermined:
		c.Error = fault
	case check.OutcomeWaived:
		c.Skipped = &junitSkip{reports.Visible("waived " + waiverText(q.Waiver))}
	}
	return c
}

// factText is what an observation says of its fact; one that found no value has none.
func factText(o *audit.Observation) string {
	if o.Finding != audit.Present {
		return fmt.Sprintf("%s (%s)", o.Fact, o.Finding)
	}
	return fmt.Sprintf("%s = %s (%s)", o.Fact, o.Value, o.Finding)
}

// evidenceText is what a requirement's outcome rests on, a line each.
func evidenceText(q *check.CheckedRequirement) string {
	var b strings.Builder
	for _, o := range q.Observations {
		b.WriteString(reports.Visible(factText(&o)))
		if o.Finding == audit.Present && o.Quote != "" {
			fmt.Fprintf(&b, ": %q", reports.Shorten(reports.OneLine(o.Quote), longestQuote))
		}
		fmt.Fprintf(&b, " %s\n", reports.Visible(o.URL))
	}
	return b.String()
}
