// Package sources holds what there is to read of one subject: its documents, each
// parsed once, and which of them speak for the model, for its base, or for neither.
//
// It is what all themes stand on, and it knows none of them. What a page says of
// others is already off it (package whose); what could not be looked at is told by
// a Look.
package sources
