package sources

import "openness/audit/observe/internal/observetest"

// What the tests of all rooms share, by the names that it has in each.

var (
	model  = observetest.Model
	pageOf = observetest.PageOf
)
