// Package licences says under which licence each part of a model is released, from
// what its pages, its files and its hubs say.
//
// What comes in is a set of sources; what comes out are observations. It knows
// nothing of the other themes: what it needs of them it is told.
package licences
