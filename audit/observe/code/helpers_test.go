package code

import "openness/audit/observe/internal/observetest"

// What the tests of all rooms share, by the names that it has in each.

var (
	docsOf   = observetest.DocsOf
	inFolder = observetest.InFolder
	model    = observetest.Model
	pageOf   = observetest.PageOf
	tree     = observetest.Tree
)
