// Package claims takes sentences on a model's openness apart and holds what
// they claim against what is stored.
//
// A sentence is cut into words; a book of wordings (words/*.yaml, one file a
// language) tells what each stretch of words is: the name of a component, a
// property, a negation, a hedge, somebody who says so. From these, in reading
// order, come atomic claims: subject, predicate, value, polarity, tense and
// mood. Only what is asserted of the present or the past is judged.
//
// A word that the book does not hold is not understood, and is named. In a
// claim's own clause it keeps the sentence from being supported; in a clause of
// its own that says nothing of openness, of opinions or of limits it does not
// (background.go), and neither do general words for who, where and when
// (general.go). The package therefore errs towards "undetermined"; it promises
// no understanding of language, only that it will not call supported what it
// did not check.
package claims
