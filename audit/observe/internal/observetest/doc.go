// Package observetest makes the pages and subjects with which the rooms below
// audit/observe are tested.
package observetest
