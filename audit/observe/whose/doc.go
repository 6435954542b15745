// Package whose tells whom a page speaks of, clause by clause, and what a sentence
// does with what it says.
//
// What comes in are the names of a subject and a page; what comes out is the View of
// that page in which themes read it: without what it says of others, and without
// what is yet to come. Offsets stay, so that quotes can be cut from what was served.
package whose
