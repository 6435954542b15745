// Package data says on what a model and its base were trained, at which stage, and
// whether that data can be had: from the pages that tell of the making, from papers,
// and from the pages of the data sets that they name.
package data
