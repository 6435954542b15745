package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/crawl"
	"openness/audit/hub"
	"openness/data"
	"openness/data/catalogue"
	"openness/rubric"
)

// readTargets collects targets from arguments and --from.
func readTargets(opts *auditOptions, args []string) ([]crawl.Target, error) {
	var targets []crawl.Target
	for _, arg := range args {
		target, err := parseTarget(arg)
		if err == nil {
			err = noList(arg, target)
		}
		if err != nil {
			return nil, &exitError{exitUsage, err}
		}
		targets = append(targets, target)
	}
	if opts.from != "" {
		listed, err := readTargetList(opts)
		if err != nil {
			return nil, err
		}
		targets = append(targets, listed...)
	}
	if once := eachOnce(targets); len(once) < len(targets) {
		if !opts.quiet {
			opts.say("%d of %d targets are named before: each is looked at once", len(targets)-len(once), len(targets))
		}
		targets = once
	}
	all := len(targets)
	if targets = opts.shard.of(targets); opts.shard.parts > 0 && !opts.quiet {
		opts.say("part %s: %d of %d targets", opts.shard.String(), len(targets), all)
	}
	for _, t := range targets {
		if t.Note != "" && !opts.quiet {
			opts.say("%s", t.Note)
		}
	}
	switch {
	case all > 0 || opts.warc != "":
	case opts.from != "":
		return nil, usagef("--from %s names no model: write one on each line, or a table with a column target",
			opts.from)
	default:
		return nil, usagef("nothing to audit: name a model (openness audit allenai/OLMo-7B) or a list (--from FILE)")
	}
	return targets, nil
}

// eachOnce leaves out targets that are named again in just the same way.
func eachOnce(targets []crawl.Target) []crawl.Target {
	seen := make(map[string]bool, len(targets))
	var once []crawl.Target
	for _, t := range targets {
		key := fmt.Sprintf("%s\x00%v\x00%s\x00%s\x00%q\x00%q", t.Text, t.Kind, t.ID, t.Label, t.Bases, t.Repositories)
		if !seen[key] {
			seen[key], once = true, append(once, t)
		}
	}
	return once
}

func readTargetList(opts *auditOptions) ([]crawl.Target, error) {
	in := opts.env.stdin
	if opts.from != "-" {
		f, err := os.Open(opts.from)
		if err != nil {
			return nil, &exitError{exitUsage, fmt.Errorf("--from: %w", err)}
		}
		defer f.Close()
		in = f
	}
	targets, err := crawl.ReadTargets(in, opts.from)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	for i := range targets {
		if err := fromCatalogue(&targets[i]); err != nil {
			return nil, &exitError{exitUsage, err}
		}
	}
	return targets, nil
}

// parseTarget reads an argument and, where it is a name, looks it up.
func parseTarget(text string) (crawl.Target, error) {
	target, err := crawl.ParseTarget(text)
	if err != nil {
		return crawl.Target{}, err
	}
	return target, fromCatalogue(&target)
}

// noList refuses the name of a file, which was meant to be read as a list.
func noList(arg string, t crawl.Target) error {
	if t.Kind != crawl.Catalogue || len(t.Places) > 0 {
		return nil
	}
	if info, err := os.Stat(arg); err == nil && !info.IsDir() {
		return fmt.Errorf("%q is a file: to audit the models that it lists, give --from %s", arg, arg)
	}
	return nil
}

// fromCatalogue adds what the catalogue knows of a target: the places of a
// name, and of a hub's id the same model on the other hub. A name that it does
// not know may be a hub model without an organisation, such as gpt2.
func fromCatalogue(t *crawl.Target) error {
	switch t.Kind {
	case crawl.Catalogue:
		named(t)
	case crawl.ModelScope:
		twin(t)
	}
	if t.Kind == crawl.Hub {
		t.Twin, _ = catalogue.OnModelScope(t.ID)
		known(t)
	}
	for i, base := range t.Bases {
		if e, ok := catalogue.Lookup(base); ok && e.Hub != "" && !strings.Contains(base, "/") {
			t.Bases[i] = e.Hub
		}
	}
	return nil
}

// named gives a name the places of its entry, or what it may have meant. The name
// of a family means its newest model; that there are others is said.
func named(t *crawl.Target) {
	entry, others, family := catalogue.Newest(t.ID)
	if family && len(others) > 0 {
		which := ", the newest that the catalogue lists"
		if _, exact := catalogue.Lookup(t.ID); exact {
			which = ", which has this very name"
		}
		t.Note = fmt.Sprintf("%q names a family: looking at %s (%s)%s; it also has %s", t.ID, entry.Name, entry.Title,
			which, strings.Join(others, ", "))
	}
	ok := family
	if !family {
		entry, ok = catalogue.Lookup(t.ID)
	}
	if !ok {
		t.Hint = strings.TrimPrefix(meant(t.ID), ": ")
		return
	}
	t.ID = entry.Name
	if entry.Hub != "" { // one model, one subject, by whatever name it was asked for
		t.Kind, t.ID = crawl.Hub, entry.Hub
	}
	t.Places = append(t.Places, entry.Places()...)
	t.Name, t.Organisation, t.Released = entry.Title, entry.Vendor, entry.Released
}

// known gives a hub's id the places that the catalogue lists for its model: by
// whichever name it is asked for, the same is looked at. A list that names places
// of its own is taken at its word.
func known(t *crawl.Target) {
	if len(t.Places) > 0 || t.Label != "" || len(t.Bases) > 0 || len(t.Repositories) > 0 {
		return
	}
	if entry, ok := catalogue.OnHub(t.ID); ok {
		t.Places = append(t.Places, entry.Places()...)
		t.Name, t.Organisation, t.Released = entry.Title, entry.Vendor, entry.Released
	}
}

// twin makes a model of ModelScope the subject that it is on Hugging Face.
func twin(t *crawl.Target) {
	id, ok := catalogue.OnHuggingFace(t.ID)
	if !ok {
		return
	}
	scope := t.ID
	t.Kind, t.ID = crawl.Hub, id
	t.Places = append(t.Places,
		audit.Place{Kind: audit.HubModel, Role: audit.RoleEnd, ID: id, URL: hub.ModelPage(id), Given: true,
			Reason: fmt.Sprintf("The catalogue knows it as the same model as ModelScope's %q.", scope)},
		audit.Place{Kind: audit.ModelScopeModel, Role: audit.RoleEnd, ID: scope, URL: hub.ScopePage(scope), Given: true,
			Reason: fmt.Sprintf("The target names it: %q.", t.Text)})
}

// findStored looks a model up by what names it in the store or, failing that,
// by what audit understands the name as: an address, or a name of the catalogue
// in another spelling. One that is not stored may have been misspelt.
func findStored[T any](ctx context.Context, db *data.DB, name string, look func(context.Context, string) (T,
	error)) (T, error) {
	name = crawl.WithoutCredentials(name)
	found, err := look(ctx, name)
	if !errors.Is(err, data.ErrNotFound) {
		return found, err
	}
	hint := ""
	if target, failed := parseTarget(name); failed == nil {
		meaning := target.SubjectID()
		if meant, again := look(ctx, meaning); meaning != name && !errors.Is(again, data.ErrNotFound) {
			return meant, again
		}
		if target.Hint != "" {
			hint = " (" + target.Hint + ")"
		}
	}
	return found, fmt.Errorf("%w%s", err, cmp.Or(nearStored(ctx, db, name), hint))
}

// nearStored says which stored model a name may have meant, "" where none is near.
func nearStored(ctx context.Context, db *data.DB, name string) string {
	subjects, err := db.Subjects(ctx)
	if err != nil {
		return "" // the error at hand says more
	}
	var names []string
	for _, s := range subjects {
		names = append(names, s.ID, path.Base(s.ID))
	}
	return nearModel(name, names)
}

// nearModel says which of the models a name may have meant. A name with other numbers
// is no slip: it is another model of the family, or another family.
func nearModel(name string, known []string) string {
	numbers := digitsOf(name)
	near := slices.DeleteFunc(slices.Clone(known), func(k string) bool {
		return numbers != "" && digitsOf(k) != numbers
	})
	return rubric.DidYouMean(name, near)
}

// digitsOf are the digits of a model's name, without its maker's.
func digitsOf(name string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, path.Base(name))
}
