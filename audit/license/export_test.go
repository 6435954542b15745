package license

// BuildForMeasuring builds an index that keeps every source as a reference,
// and names the source of each, so that a measurement can leave some out.
func BuildForMeasuring(all []Source) (*Index, []string, error) {
	b := newBuilder(true)
	for _, s := range all {
		b.add(s)
	}
	data, err := b.bytes()
	if err != nil {
		return nil, nil, err
	}
	ix, err := NewIndex(data)
	return ix, b.sources, err
}

// IdentifyCounting is Identify, and tells how many steps it took. A step is
// about one word, shingle or cell of a table that was looked at.
func IdentifyCounting(text []byte) (Result, int) {
	res, steps := builtin().counted(text, nil)
	return res, steps
}

// IdentifyWithout identifies text by the references that skip does not name.
func IdentifyWithout(ix *Index, text []byte, skip func(ref int) bool) Result {
	return ix.identify(text, skip)
}
