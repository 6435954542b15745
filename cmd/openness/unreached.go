package main

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/pattern"
)

// unreached gathers the sources that could not be looked at, so that a run says
// each cause once, however many sources and models it hit.
type unreached struct {
	lost, stale int
	groups      []*causeGroup
	byKey       map[string]*causeGroup
	all         []string // a line for each, for --verbose
}

// A causeGroup is the sources of one host that failed in one way.
type causeGroup struct {
	host, said string
	stale      bool
	sources    int
	models     map[string]bool
	target     string // of the first
	url        string
}

// changing matches what differs between messages of one cause: addresses,
// quoted names, numbers longer than a status, times to wait.
var changing = pattern.MustCompile(`https?://\S+|"[^"]*"|\b\d{4,}\b|\b\d+(m|s|ms|h)+\b`)

func (u *unreached) add(target string, d *audit.Document) {
	stale := d.Reported() == audit.Stale
	did := "could not look at"
	if stale {
		u.stale++
		did = "stale since " + d.StaleSince.UTC().Format("2006-01-02") + ", what was read before stands in for"
	} else {
		u.lost++
	}
	u.all = append(u.all, fmt.Sprintf("%s: %s %s: %s", target, did, d.URL, d.Said()))
	host := d.URL
	if at, err := url.Parse(d.URL); err == nil && at.Host != "" {
		host = at.Host
	}
	if strings.Contains(d.Said(), "through the proxy") {
		host = "several hosts" // one cause, whichever host was asked for
	}
	key := strings.Join([]string{host, fmt.Sprint(stale), changing.ReplaceAllString(afterProxy(d.Said()), "…")}, "\x00")
	g := u.byKey[key]
	if g == nil {
		g = &causeGroup{host: host, said: d.Said(), stale: stale, models: make(map[string]bool), target: target,
			url: d.URL}
		if u.byKey == nil {
			u.byKey = make(map[string]*causeGroup)
		}
		u.byKey[key] = g
		u.groups = append(u.groups, g)
	}
	g.sources++
	g.models[target] = true
}

// afterProxy leaves out which host a proxy was asked for.
func afterProxy(said string) string {
	if before, _, ok := strings.Cut(said, " cannot be reached:"); ok {
		if i := strings.LastIndex(before, " "); i >= 0 && strings.Contains(before, "through the proxy") {
			return before[:i] + said[len(before):]
		}
	}
	return said
}

// mostCauses bounds how many causes are told without --verbose.
const mostCauses = 10

// tell says the causes on stderr, those that hit most sources first.
func (u *unreached) tell(g *globalOptions) {
	switch {
	case g.quiet:
		return
	case g.verbose:
		for _, line := range u.all {
			g.say("%s", line)
		}
		return
	}
	slices.SortStableFunc(u.groups, func(a, b *causeGroup) int {
		return cmp.Or(cmp.Compare(b.sources, a.sources), cmp.Compare(a.host, b.host))
	})
	for i, group := range u.groups {
		if i == mostCauses {
			rest := 0
			for _, other := range u.groups[i:] {
				rest += other.sources
			}
			g.say("could not look at %d more sources, for %d other causes: --verbose names all", rest, len(u.groups)-i)
			return
		}
		g.say("%s", group.line())
	}
}

// line says a cause once, with what to do about it.
func (c *causeGroup) line() string {
	what, which := "could not look at", fmt.Sprintf("%d sources on %s for %d %s (such as %s)", c.sources, c.host,
		len(c.models), plural(len(c.models), "model"), c.url)
	if c.sources == 1 {
		which = c.url
		what = c.target + ": " + what
	}
	if c.stale {
		what = strings.Replace(what, "could not look at", "what was read before stands in for", 1)
	}
	line := fmt.Sprintf("%s %s: %s", what, which, c.said)
	if advice := c.advice(); advice != "" {
		line += "; " + advice
	}
	return line
}

// advice says what to do, where the message itself does not.
func (c *causeGroup) advice() string {
	for _, said := range []string{"again", "token", "check ", "--", "a person can", "gate"} {
		if strings.Contains(c.said, said) {
			return ""
		}
	}
	if strings.Contains(c.said, "cannot be reached") || strings.Contains(c.said, "resolved") {
		return "check the network, a proxy (HTTPS_PROXY) or the base URL, and run again"
	}
	return "run again later"
}
