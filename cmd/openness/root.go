package main

import (
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// An environment is what a command touches of the world outside its flags, so
// that tests can give it another.
type environment struct {
	stdin          io.Reader
	stdout, stderr io.Writer // what is written to stderr is shown there and not acted on
	screen         io.Writer // stderr as it is, for progress bars
	getenv         func(string) string
	now            func() time.Time
}

// globalOptions are the flags that every command has.
type globalOptions struct {
	env     *environment
	db      string
	dbNamed bool // by flag or variable, rather than the default
	quiet   bool
	verbose bool
	color   string
	// root makes the command line anew, for a command that runs others.
	root func(*environment) *cobra.Command
}

// colored reports whether results on stdout may carry colour.
func (g *globalOptions) colored() bool {
	switch g.color {
	case "always":
		return true
	case "never":
		return false
	}
	f := fileOf(g.env.stdout)
	return f != nil && g.env.getenv("NO_COLOR") == "" && term.IsTerminal(int(f.Fd()))
}

// width is the width of the terminal on stdout, or 80 where nothing tells.
func (g *globalOptions) width() int {
	if f := fileOf(g.env.stdout); f != nil {
		if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
			return w
		}
	}
	// A pipe has no width; a shell's own variable says what follows it can show.
	const least, most = 40, 1000
	if w, err := strconv.Atoi(g.env.getenv("COLUMNS")); err == nil && w >= least && w <= most {
		return w
	}
	return 80
}

func newRootCommand(env *environment) *cobra.Command {
	opts := &globalOptions{env: env, root: newRootCommand}
	root := &cobra.Command{
		Use:   "openness",
		Short: "Audit how open an AI model really is, with evidence",
		Example: `  openness audit allenai/OLMo-7B
  openness show allenai/OLMo-7B
  openness rank`,
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return cmd.Help()
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			opts.dbNamed = cmd.Flags().Changed("db") || env.getenv("OPENNESS_DB") != ""
			if opts.db == "" {
				return usagef("--db is empty: name a file, or leave it out for openness.db")
			}
			return nil
		},
	}
	root.SetOut(env.stdout)
	root.SetErr(env.stderr)
	root.SetIn(env.stdin)
	root.SetVersionTemplate(versionText())
	root.SetFlagErrorFunc(flagFault)
	defaultDB := env.getenv("OPENNESS_DB")
	if defaultDB == "" {
		defaultDB = "openness.db"
	}
	flags := root.PersistentFlags()
	flags.StringVar(&opts.db, "db", defaultDB, "SQLite `FILE` (also OPENNESS_DB)")
	flags.BoolVar(&opts.quiet, "quiet", false, "say less on stderr")
	flags.BoolVar(&opts.verbose, "verbose", false, "say more on stderr")
	choose(flags, &opts.color, "color", "colour: ", "auto", "always", "never")
	addCommands(root, opts)
	addStandard(root)
	refuseAsUsage(root)
	offerCompletions(root, opts)
	refuseTwice(root)
	return root
}
