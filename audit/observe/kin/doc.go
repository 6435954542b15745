// Package kin tells from the pages of a model what it was made from: whether it was
// trained from the beginning or from another, which parts of its page repeat the base's,
// and whether the name that it bears is its makers' own.
//
// Themes ask it; it knows none of them.
package kin
