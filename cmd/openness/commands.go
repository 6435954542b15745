package main

import "github.com/spf13/cobra"

// commands lists every command's constructor, in the order help shows them.
var commands = []func(*globalOptions) *cobra.Command{
	newAuditCommand,
	newShowCommand,
	newReportCommand,
	newFiguresCommand,
	newServeCommand,
	newCompareCommand,
	newHistoryCommand,
	newWatchCommand,
	newCensusCommand,
	newEvidenceCommand,
	newReviewCommand,
	newExportCommand,
	newSQLCommand,
	newLicenseCommand,
	newCatalogueCommand,
	newReplayCommand,
	newRankCommand,
	newStrategyCommand,
	newRubricCommand,
	newPhrasesCommand,
	newValidateCommand,
	newContradictionsCommand,
	newCheckCommand,
	newSealCommand,
	newVerifyCommand,
	newObligationsCommand,
	newDeployCommand,
	newFactsCommand,
	newSchemaCommand,
	newFactcheckCommand,
	newManCommand,
}
