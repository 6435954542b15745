package licences

import "openness/audit/observe/internal/observetest"

// What the tests of all rooms share, by the names that it has in each.

const (
	ground  = observetest.Ground
	mitText = observetest.MitText
	tuned   = observetest.Tuned
)

var (
	answer            = observetest.Answer
	apacheText        = observetest.ApacheText
	checkObservations = observetest.CheckObservations
	eachCard          = observetest.EachCard
	eachRepository    = observetest.EachRepository
	findings          = observetest.Findings
	front             = observetest.Front
	legal             = observetest.Legal
	lost              = observetest.Lost
	model             = observetest.Model
	pageOf            = observetest.PageOf
	plainRunOnly      = observetest.PlainRunOnly
	sharedCorpus      = observetest.SharedCorpus
	values            = observetest.Values
)
