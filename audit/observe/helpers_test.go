package observe

import "openness/audit/observe/internal/observetest"

// What the tests of all rooms share, by the names that it has in each.

const (
	ground  = observetest.Ground
	mitText = observetest.MitText
	tuned   = observetest.Tuned
)

var (
	above             = observetest.Above
	answer            = observetest.Answer
	apacheText        = observetest.ApacheText
	barePage          = observetest.BarePage
	checkObservations = observetest.CheckObservations
	docsOf            = observetest.DocsOf
	eachCard          = observetest.EachCard
	eachRepository    = observetest.EachRepository
	findings          = observetest.Findings
	front             = observetest.Front
	inFolder          = observetest.InFolder
	legal             = observetest.Legal
	lost              = observetest.Lost
	model             = observetest.Model
	pageOf            = observetest.PageOf
	plainRunOnly      = observetest.PlainRunOnly
	quoteOf           = observetest.QuoteOf
	readCorpus        = observetest.ReadCorpus
	sharedCorpus      = observetest.SharedCorpus
	tree              = observetest.Tree
	values            = observetest.Values
)
