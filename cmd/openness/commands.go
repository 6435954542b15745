package main

import "github.com/spf13/cobra"

// A commandGroup is what help lists under one heading.
type commandGroup struct {
	title    string
	commands []func(*globalOptions) *cobra.Command
}

// commandGroups has every command's constructor, in the order in which help shows
// the groups.
var commandGroups = []commandGroup{
	{"Look at models", []func(*globalOptions) *cobra.Command{
		newAuditCommand, newWatchCommand, newCensusCommand, newCatalogueCommand, newReplayCommand,
	}},
	{"See what was found", []func(*globalOptions) *cobra.Command{
		newShowCommand, newRankCommand, newCompareCommand, newHistoryCommand, newEvidenceCommand, newReviewCommand,
		newStrategyCommand,
	}},
	{"Publish and hand on", []func(*globalOptions) *cobra.Command{
		newReportCommand, newFiguresCommand, newServeCommand, newExportCommand, newSQLCommand, newSealCommand,
		newVerifyCommand,
	}},
	{"Licences and compliance", []func(*globalOptions) *cobra.Command{
		newLicenseCommand, newObligationsCommand, newDeployCommand, newCheckCommand,
	}},
	{"Claims and other raters", []func(*globalOptions) *cobra.Command{
		newFactcheckCommand, newValidateCommand, newContradictionsCommand,
	}},
	{"Rules", []func(*globalOptions) *cobra.Command{newRubricCommand, newFactsCommand, newPhrasesCommand}},
	{"Machines and programs", []func(*globalOptions) *cobra.Command{
		newMergeCommand, newWorkCommand, newMCPCommand, newSchemaCommand, newManCommand,
	}},
}

// addCommands adds all commands, each in its group.
func addCommands(root *cobra.Command, g *globalOptions) {
	for _, group := range commandGroups {
		root.AddGroup(&cobra.Group{ID: group.title, Title: group.title + ":"})
		for _, newCommand := range group.commands {
			cmd := newCommand(g)
			cmd.GroupID = group.title
			root.AddCommand(cmd)
		}
	}
	last := commandGroups[len(commandGroups)-1].title
	root.SetHelpCommandGroupID(last)
	root.SetCompletionCommandGroupID(last)
}

// loadCompletion is how a shell that runs is given its completion.
var loadCompletion = map[string]string{
	"bash":       "  source <(openness completion bash)",
	"zsh":        "  source <(openness completion zsh)",
	"fish":       "  openness completion fish | source",
	"powershell": "  openness completion powershell | Out-String | Invoke-Expression",
}

// addStandard adds the commands that every program of its kind has, and makes them
// refuse a name that is none: their own way is to show all help and call it done.
func addStandard(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.Example = "  openness help rubric lint"
			cmd.Run = nil
			cmd.RunE = func(_ *cobra.Command, args []string) error {
				about, left, err := root.Find(args)
				if err == nil && about.HasSubCommands() {
					err = cobra.NoArgs(about, left)
				}
				if err != nil {
					return argumentFault(about, left, err)
				}
				about.InitDefaultHelpFlag()
				about.InitDefaultVersionFlag()
				return about.Help()
			}
		case "completion":
			cmd.Args = cobra.NoArgs
			cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
			cmd.Example = "  source <(openness completion bash)"
			for _, shell := range cmd.Commands() {
				shell.Example = loadCompletion[shell.Name()]
			}
		}
	}
}
