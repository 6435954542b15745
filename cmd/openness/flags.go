package main

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"openness/reports"
	"openness/rubric"
)

// A oneOf is a flag that takes one of a few values. Another is refused when the
// command line is read, before any work; completion offers the values.
type oneOf[S ~string] struct {
	value  *S
	what   string // what a message calls it
	values []S
}

func (o oneOf[S]) String() string {
	if o.value == nil {
		return "" // pflag asks a zero value for its default
	}
	return string(*o.value)
}

func (o oneOf[S]) Type() string { return "string" }

// Set takes s where it is one of the values, and names the nearest where not.
func (o oneOf[S]) Set(s string) error {
	if !slices.Contains(o.values, S(s)) {
		return unknownValue(o.what, s, o.choices())
	}
	*o.value = S(s)
	return nil
}

// choices are the values as text, for messages and completion.
func (o oneOf[S]) choices() []string {
	names := make([]string, len(o.values))
	for i, v := range o.values {
		names[i] = string(v)
	}
	return names
}

// unknownValue refuses a value that is none of a few, and names the nearest.
func unknownValue(what, value string, few []string) error {
	return usagef("unknown %s %q: use %s%s", what, value, reports.Listed(few, "or"), rubric.DidYouMean(value, few))
}

// chooseFormat gives a command its --format. The first of the values is the default.
func chooseFormat[S ~string](cmd *cobra.Command, p *S, values ...S) {
	addChoice(cmd.Flags(), oneOf[S]{p, "format", values}, "format", "`FORMAT`: ")
}

// choose adds a flag that takes one of the values, the first unless told.
func choose[S ~string](flags *pflag.FlagSet, p *S, name, usage string, values ...S) {
	addChoice(flags, oneOf[S]{p, "--" + name, values}, name, usage)
}

func addChoice[S ~string](flags *pflag.FlagSet, o oneOf[S], name, usage string) {
	*o.value = o.values[0]
	flags.Var(o, name, usage+reports.Listed(o.values, "or"))
}

// flagFault says what is wrong with a flag, and which one may have been meant.
func flagFault(cmd *cobra.Command, err error) error {
	if said := (&exitError{}); errors.As(err, &said) {
		return said // the flag itself has said it
	}
	if bad := (&pflag.InvalidValueError{}); errors.As(err, &bad) {
		return badValue(bad)
	}
	unknown := (&pflag.NotExistError{})
	if !errors.As(err, &unknown) || len(unknown.GetSpecifiedName()) < 2 {
		return &exitError{exitUsage, err}
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return usagef("%w%s", err, rubric.DidYouMean("--"+unknown.GetSpecifiedName(), names))
}

// badValue says which flag was given what it cannot be, without the words of the
// function that reads numbers.
func badValue(bad *pflag.InvalidValueError) error {
	name := "--" + bad.GetFlag().Name
	cause := bad.Unwrap()
	if number := (&strconv.NumError{}); errors.As(cause, &number) {
		kind := "a whole number"
		switch bad.GetFlag().Value.Type() {
		case "float64":
			kind = "a number such as 0.75"
		case "bool":
			kind = "true or false, or nothing"
		}
		return usagef("%s %q: it takes %s", name, bad.GetValue(), kind)
	}
	if bad.GetFlag().Value.Type() == "duration" {
		return usagef("%s %q: it takes a time with its unit, such as 90s, 5m or 2h", name, bad.GetValue())
	}
	return usagef("%s: %w", name, cause)
}

// argumentFault says what is wrong with a command's arguments, and which
// subcommand may have been meant.
func argumentFault(cmd *cobra.Command, args []string, err error) error {
	name := strings.TrimPrefix(cmd.CommandPath(), "openness ")
	if _, takes, ok := strings.Cut(cmd.Use, " "); ok {
		return usagef("%s takes %s, not %d %s (see %s --help)", name, takes,
			len(args), plural(len(args), "argument"), cmd.CommandPath())
	}
	if !cmd.HasSubCommands() {
		return usagef("%s takes no arguments, not %d (see %s --help)", name, len(args), cmd.CommandPath())
	}
	var names []string
	for _, sub := range cmd.Commands() {
		names = append(names, sub.Name())
	}
	if !cmd.HasParent() {
		names = append(names, "--version", "--help")
	}
	near := ""
	if len(args) > 0 {
		near = rubric.DidYouMean(args[0], names)
	}
	return usagef("%w%s (see %s --help)", err, near, cmd.CommandPath())
}

// refuseAsUsage makes wrong arguments of a command and its subcommands exit 2.
func refuseAsUsage(command *cobra.Command) {
	if check := command.Args; check != nil {
		command.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return argumentFault(cmd, args, err)
			}
			return nil
		}
	}
	for _, sub := range command.Commands() {
		refuseAsUsage(sub)
	}
}

// A once is a flag that takes one value. A second would silently take the place of
// the first: of two policies only one would be held against a model. An empty value
// is what a script gives whose variable is not set: to take it for the default would
// answer another question, such as of today in place of a day.
type once struct {
	pflag.Value
	name, given string
	set         bool
}

// Set refuses a second value, and an empty one.
func (o *once) Set(s string) error {
	if s == "" {
		return usagef("--%s is empty: give it a value (is a variable not set?), or leave it out", o.name)
	}
	if o.set {
		return usagef("--%s is given twice, as %q and as %q: it takes one", o.name, o.given, s)
	}
	o.set, o.given = true, s
	return o.Value.Set(s)
}

// refuseTwice makes flags that take one value refuse a second and an empty one, in a command and its
// subcommands. Switches, flags that take several, and those of every command, which
// an alias may set and a call set anew, stay as they are.
func refuseTwice(command *cobra.Command) {
	command.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if _, several := f.Value.(pflag.SliceValue); !several && f.NoOptDefVal == "" && f.Name != "help" {
			f.Value = &once{Value: f.Value, name: f.Name}
			if f.DefValue == "0s" {
				f.DefValue = "0" // help leaves out what it takes for nothing, and knows times by their own type
			}
		}
	})
	for _, sub := range command.Commands() {
		refuseTwice(sub)
	}
}
