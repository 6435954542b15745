// Package weights says whether the weights of a model and of what it was made from can
// be downloaded, what stands before the download, and which passage shows it best.
package weights
