package main

import (
	"path"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
	"openness/data"
	"openness/data/catalogue"
	"openness/rubric/claims"
)

// People leave out of a model's name what makes the release and not the model:
// its size, what it was tuned to, the version of its file. "Quo3" is said of
// what is stored as "Quo3-8B-Instruct", and "Quo-7B" of "Quo-7B-v0.2".

// Ends of names. A size alone is never left out beside the tuning: "Quo-7B" is
// the base model of "Quo-7B-Instruct", which is another model.
var (
	fileVersion = pattern.MustCompile(`(?i)[-_ ]v\d+\.\d+$`)
	lineEnd     = pattern.MustCompile(`(?i)[-_. ](?:\d+(?:\.\d+)?[bm]|a\d+(?:\.\d+)?b|\d+x\d+b|\d+k|\d{4}|instruct|inst|chat|it|hf|base|preview)$`)
)

// shorterNames are the names that leave such ends out.
func shorterNames(name string) []string {
	var list []string
	if short := fileVersion.ReplaceAllString(name, ""); short != name && strings.ContainsAny(short, "0123456789") {
		list = append(list, short)
		name = short
	}
	line := name
	for {
		short := lineEnd.ReplaceAllString(line, "")
		if short == line {
			break
		}
		line = short
	}
	if line != name {
		list = append(list, line)
	}
	return list
}

// shortestLine is the length from which a shorter name is taken for one.
const shortestLine = 4

// lines finds shorter names of stored models where no other name stands. One
// that several models share, that a catalogue's model bears or that is a word
// of its own is left to others.
func lines(s *sentence, subjects []audit.Subject, found []mention) []mention {
	bearers := make(map[string][]audit.Subject)
	names := make(map[string]string)
	for _, subject := range subjects {
		for _, name := range shorterNames(path.Base(subject.ID)) {
			key := fold(name)
			if len(bearers[key]) == 0 || bearers[key][len(bearers[key])-1].ID != subject.ID {
				bearers[key] = append(bearers[key], subject)
			}
			names[key] = name
		}
	}
	var more []mention
	for key, list := range bearers {
		if len(list) > 1 || len(key) < shortestLine {
			continue
		}
		for _, at := range s.find(names[key]) {
			if overlaps(found, at) || !s.capital(at[0]) && !strings.ContainsAny(key, "0123456789") {
				continue
			}
			if _, other := catalogue.Lookup(names[key]); other || claims.Known(names[key]) {
				continue
			}
			more = append(more, mention{at[0], at[1], list[0].ID, data.Key(list[0])})
		}
	}
	return more
}

func overlaps(found []mention, at [2]int) bool {
	for _, m := range found {
		if m.start < at[1] && at[0] < m.end {
			return true
		}
	}
	return false
}
