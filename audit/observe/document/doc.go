// Package document tells what a fetched document is and what stands in it: whether
// it could be read, its links, the calls that load a model, the fields of an answer
// in JSON. It knows no subject, so it cannot say whom anything is about.
package document
