package weights

import "openness/audit/observe/internal/observetest"

// What the tests of all rooms share, by the names that it has in each.

var (
	barePage = observetest.BarePage
	model    = observetest.Model
	pageOf   = observetest.PageOf
	quoteOf  = observetest.QuoteOf
)
