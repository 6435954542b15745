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
