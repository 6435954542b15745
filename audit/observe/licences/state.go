package licences

// A licenceState is what the theme of licences is told, and finds out on the way.
type licenceState struct {
	licences []licence // every reading of a licence
	heldTo   *licence  // the licence of a base that grants less than the model claims

	releasePage func(repository string) bool // whether a model is presented there rather than made
}
