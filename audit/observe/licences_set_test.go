package observe

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/observe/licences"
)

// A setItem is a statement of a set that lies elsewhere: words on a page of the model
// Tarn-7B by Lumen Labs, where they stand, and whether they limit what may be done with it.
type setItem struct {
	ID, Lang, Place, Kind, Text string
	Limit                       bool
}

const setModel = "lumen-labs/Tarn-7B"

// setCards are pages into which a statement is put, at the mark: below the title, below a
// heading that says nothing, and behind the licence.
var setCards = []string{`# Tarn-7B

Tarn-7B is a language model by Lumen Labs with seven billion parameters.

@

## How to use

Load it with the usual library and ask it something.
`, `# Tarn-7B

Tarn-7B writes, sums up and answers.

## Overview

It has 32 layers and reads 8192 tokens at once. It was trained for three weeks.

## Details

The tokenizer has 64,000 entries.

@

## Results

| Task | Score |
|---|---|
| Sums | 61.2 |
| Facts | 48.7 |
`, `# Tarn-7B

This is the home of Tarn-7B.

## Quickstart

It runs on one card.

## License

Tarn-7B is released under the Apache License 2.0.

@
`}

// docs are the pages of the model with the statement where its place says.
func (s setItem) docs(card string) []audit.Document {
	lines, body := "license: apache-2.0", s.Text
	gate, notice := "false", ""
	switch {
	case strings.Contains(s.Place, "front matter"):
		body = ""
		if lines = s.Text; !strings.Contains(s.Text, "license:") {
			lines = "license: apache-2.0\n# " + strings.TrimLeft(s.Text, "# ")
		}
	case strings.Contains(s.Place, "gate"):
		body, gate = "", `"manual"`
		lines += "\nextra_gated_prompt: " + string(quotedJSON(s.Text))
	case strings.HasPrefix(s.Place, "NOTICE"):
		body, notice = "", s.Text
	case strings.HasPrefix(body, "|") && !strings.Contains(body, "|-"):
		cells := strings.Count(body, "|") - 1
		body = "| Item " + strings.Repeat("| Details ", max(cells-1, 0)) + "|\n" +
			strings.Repeat("|---", cells) + "|\n" + body
	case s.Place == "changelog" && !strings.HasPrefix(body, "#"):
		body = "## Changelog\n\n" + body
	case strings.HasPrefix(s.Place, "FAQ") && !strings.HasPrefix(body, "#"):
		body = "## FAQ\n\n" + body
	}
	page := barePage(audit.DocModelCard, audit.RoleEnd, setModel,
		"---\n"+lines+"\n---\n"+strings.Replace(card, "@", body, 1))
	files := []string{"README.md", "model.safetensors"}
	more := []audit.Document{page}
	if notice != "" {
		files = append(files, "NOTICE")
		more = append(more, legal(audit.HubModel, audit.RoleEnd, setModel, "NOTICE", notice+"\n"))
	}
	api := answer(setModel, "", files)
	api.Body = bytes.Replace(api.Body, []byte(`"gated":false`), []byte(`"gated":`+gate), 1)
	return append(more, api)
}

func quotedJSON(text string) []byte {
	quoted, _ := json.Marshal(text) // which every string can be
	return quoted
}

// permitted reports whether the observers call the weights open, or commercial use allowed
// though no licence was read that limits them in other ways.
func (s setItem) permitted(card string) bool {
	permitted, _ := s.verdict(card)
	return permitted
}

// verdict is also why use is not permitted, where that is said.
func (s setItem) verdict(card string) (permitted bool, why string) {
	found := All(model(setModel, ""), s.docs(card))
	openness := values(found, "license.weights.openness")
	for _, o := range found {
		if o.Fact == "license.weights.openness" && openness != licences.Open {
			why = o.Note + " " + o.Quote
		}
	}
	return openness == licences.Open || openness != licences.Restricted &&
		values(found, "license.weights.commercial_use") == "yes", why
}

// TestLimitSet puts each statement of the set that OPENNESS_LIMITS names into whole cards
// and counts limits that are permitted, and harmless statements that are stopped, in any
// of them. With OPENNESS_LIMITS_TOTALS set it prints totals alone, so that a set can be
// measured and still be unread.
func TestLimitSet(t *testing.T) {
	name := os.Getenv("OPENNESS_LIMITS")
	if name == "" {
		t.Skip("OPENNESS_LIMITS names no set")
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	totals := os.Getenv("OPENNESS_LIMITS_TOTALS") != ""
	counts := map[bool]int{}
	wrong, byCard := map[bool]int{}, map[bool][]int{true: make([]int, len(setCards)), false: make([]int, len(setCards))}
	kinds := map[bool]map[string][2]int{true: {}, false: {}}
	for line := range bytes.Lines(text) {
		var s setItem
		if err := json.Unmarshal(line, &s); err != nil {
			t.Fatal("a line of the set is no statement") // and is not shown: the set may be unread
		}
		counts[s.Limit]++
		missed, why := 0, ""
		for i, card := range setCards {
			if permitted, said := s.verdict(card); permitted == s.Limit {
				missed, why = missed|1<<i, said
				byCard[s.Limit][i]++
			}
		}
		n := min(missed, 1)
		wrong[s.Limit] += n
		for _, of := range []string{s.Lang, s.Kind} {
			k := kinds[s.Limit][of]
			kinds[s.Limit][of] = [2]int{k[0] + n, k[1] + 1}
		}
		if !totals && n > 0 {
			t.Logf("%s limit=%v cards %03b (%s, %s): %q: %s", s.ID, s.Limit, missed, s.Place, s.Kind, s.Text, why)
		}
	}
	t.Logf("limits permitted: %d of %d (by card %v) %v", wrong[true], counts[true], byCard[true], kinds[true])
	t.Logf("harmless stopped: %d of %d (by card %v) %v", wrong[false], counts[false], byCard[false], kinds[false])
}

// Of the probes, some limits are still permitted and some harmless statements stopped.
const (
	probesPermitted = 37
	probesStopped   = 12
)

// TestProbes counts the faults on three sets of statements by one who knew the rules and
// wrote each set before reading what the rules made of it (testdata/limits-probes.jsonl).
func TestProbes(t *testing.T) {
	text, err := os.ReadFile("testdata/limits-probes.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	permitted, stopped := 0, 0
	for line := range bytes.Lines(text) {
		var s setItem
		if err := json.Unmarshal(line, &s); err != nil {
			t.Fatal(err)
		}
		switch allowed := s.permitted(setCards[0]); {
		case s.Limit && allowed:
			permitted++
			t.Logf("permitted: %s: %q", s.ID, s.Text)
		case !s.Limit && !allowed:
			stopped++
			t.Logf("stopped: %s: %q", s.ID, s.Text)
		}
	}
	t.Logf("%d limits permitted, %d harmless stopped", permitted, stopped)
	if permitted > probesPermitted || stopped > probesStopped {
		t.Errorf("%d limits permitted, expected at most %d", permitted, probesPermitted)
		t.Errorf("%d harmless stopped, expected at most %d", stopped, probesStopped)
	}
}
