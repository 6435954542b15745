// Package papers says which papers are on the model and which on what it was made
// from, whether they were reviewed, and where: from citations and links on its pages,
// from the archive and from the records of venues.
package papers
