package audit

import "time"

// A Listed is what a hub's list tells of one model: a compact row of values as
// the list gave them. What a list leaves out is unknown, never empty or false.
type Listed struct {
	Model      string // "org/name", or a bare "name" of the early days
	SHA        string // of the revision that the list describes
	Gate       string // none, automatic, manual; empty where the list does not tell
	Weights    ListedWeights
	Card       ListedCard
	Licence    string // of the tag: an SPDX id or LicenseRef-; empty without a tag
	Class      ListedLicence
	Tags       []string // the licence tags as they are written, where Licence does not say the same
	Bases      []string // models that it was made from, as tags name them
	Relation   string   // finetune, adapter, quantized, merge, where a tag says so
	Datasets   []string
	Papers     []string // arXiv ids that the hub found on the card
	Library    string
	Pipeline   string
	Downloads  int64 // of the last month; -1 where the list does not tell
	Likes      int64 // -1 as above
	Parameters int64 // -1 as above
	Created    time.Time
	Modified   time.Time
}

// ListedWeights says what the list of a model's files tells of weights.
type ListedWeights string

// What the files tell.
const (
	WeightsUnlisted ListedWeights = ""        // the list of files was left out
	WeightsWhole    ListedWeights = "whole"   // whole weights are among the files
	WeightsAdapter  ListedWeights = "adapter" // only a difference to other weights is
	WeightsEither   ListedWeights = "either"  // weights are there, whole or a difference
	WeightsNone     ListedWeights = "none"    // no file can hold weights
	WeightsUnclear  ListedWeights = "unclear" // some file of another kind may hold them
)

// ListedCard says whether a card is among the files. What it says was not read.
type ListedCard string

// Whether a card is there.
const (
	CardUnlisted ListedCard = ""
	CardThere    ListedCard = "there"
	CardMissing  ListedCard = "missing"
)

// ListedLicence is what the licence tag says, before any text was read.
type ListedLicence string

// What a licence tag can say.
const (
	LicenceUnlisted      ListedLicence = ""              // the list left tags out
	LicenceOpen          ListedLicence = "open"          // approved by OSI or FSF, or public domain
	LicenceNoncommercial ListedLicence = "noncommercial" // its only limit is commercial use
	LicenceRestricted    ListedLicence = "restricted"    // other limits of use
	LicenceUnclear       ListedLicence = "unclear"       // "other", or several that differ
	LicenceNone          ListedLicence = "none"          // no tag
)

// Organisation is the account that a model is under; empty for a bare name.
func (l *Listed) Organisation() string {
	for i := range len(l.Model) {
		if l.Model[i] == '/' {
			return l.Model[:i]
		}
	}
	return ""
}
