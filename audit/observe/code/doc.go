// Package code says which code of a model is there: that of its training, of its
// tuning, of its data, of its evaluation and of running it, from the trees of its
// repositories and from what its pages say.
package code
