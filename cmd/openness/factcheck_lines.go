package main

import (
	"maps"
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
	lineEnd     = pattern.MustCompile(
		`(?i)[-_. ](?:\d+(?:\.\d+)?[bm]|a\d+(?:\.\d+)?b|\d+x\d+b|\d+k|\d{4}|instruct|inst|chat|it|hf|base|preview)$`,
	)
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

// A line is a shorter name and the stored models that bear it.
type line struct {
	name    string
	bearers []audit.Subject
}

// linesOf gives the shorter names of stored models, without those that several share.
func linesOf(subjects []audit.Subject) map[string]line {
	lines := make(map[string]line)
	for _, subject := range subjects {
		for _, name := range shorterNames(path.Base(subject.ID)) {
			l := lines[fold(name)]
			if l.name = name; len(l.bearers) == 0 || l.bearers[len(l.bearers)-1].ID != subject.ID {
				l.bearers = append(l.bearers, subject)
			}
			lines[fold(name)] = l
		}
	}
	maps.DeleteFunc(lines, func(key string, l line) bool { return len(l.bearers) > 1 || len(key) < shortestLine })
	return lines
}

// inLines finds shorter names of stored models where no other name stands. One
// that a catalogue's model bears or that is a word of its own is left to others.
func (n *namer) inLines(s *sentence, found []mention) []mention {
	var more []mention
	for key, l := range n.lines {
		for _, at := range s.find(l.name) {
			if overlaps(found, at) || !s.capital(at[0]) && !strings.ContainsAny(key, "0123456789") {
				continue
			}
			if _, other := catalogue.Lookup(l.name); other || claims.Known(l.name) {
				continue
			}
			more = append(more, mention{at[0], at[1], l.bearers[0].ID, data.Key(l.bearers[0])})
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
