package observe

import (
	"testing"

	"openness/audit"
)

// TestGoldScores: what counts as right, too much, too little and missed.
func TestGoldScores(t *testing.T) {
	at := func(n int) audit.Span { return audit.Span{Start: 100 * n, End: 100*n + 50} }
	label := func(value string) *goldLabel {
		return &goldLabel{values: map[string]string{"hardware": value}}
	}
	page := &goldReading{body: make([]byte, 1000), claims: []goldClaim{
		{theme: "hardware", value: "detailed", span: at(1)},
		{theme: "hardware", value: "mentioned", span: at(2)},
		{theme: "paper", value: "own", span: at(3)},
		{theme: "hardware", value: "mentioned", span: at(4), unnamed: true},
	}}
	bare := &goldReading{body: make([]byte, 1000), claims: []goldClaim{
		{theme: "hardware", value: "mentioned", span: at(1)},
	}}
	pages := map[string]*goldReading{"page": page, "bare": bare}
	for _, c := range []struct {
		name         string
		file         string
		place        int
		first, other *goldLabel
		want         goldScore
		kind         string
	}{
		{"right", "page", 1, label("detailed"), nil, goldScore{1, 1, 1, 1, 1}, ""},
		{"too much", "page", 1, label("mentioned"), nil, goldScore{1, 0, 1, 1, 1}, "too much"},
		{"of nothing", "page", 1, label(""), nil, goldScore{1, 0, 0, 0, 0}, "nothing is proved"},
		{"less is right", "page", 2, label("detailed"), nil, goldScore{1, 1, 1, 1, 0}, ""},
		{"read elsewhere", "page", 5, label("detailed"), nil, goldScore{0, 0, 1, 1, 0}, ""},
		{"too little", "bare", 5, label("detailed"), nil, goldScore{0, 0, 1, 0, 0}, "too little"},
		{"rightly silent", "page", 3, label(""), nil, goldScore{}, ""},
		{"readers differ", "page", 1, label(""), label("detailed"), goldScore{}, ""},
		{"a condition", "page", 4, &goldLabel{whose: "own", mode: "conditional"}, nil, goldScore{}, ""},
		{"a condition of the base", "page", 4, &goldLabel{whose: "base", mode: "conditional"}, nil,
			goldScore{1, 0, 0, 0, 0}, "nothing is proved"},
		{"readers agree", "page", 1, label("detailed"), label("detailed"), goldScore{1, 1, 1, 1, 1}, ""},
	} {
		item := goldItem{file: c.file, span: at(c.place), first: c.first, other: c.other}
		got, wrong := scoreTheme("hardware", []goldItem{item}, pages)
		kind := ""
		if len(wrong) > 0 {
			kind = wrong[0].kind
		}
		if got != c.want || kind != c.kind {
			t.Errorf("%s: %+v, %q; want %+v, %q", c.name, got, kind, c.want, c.kind)
		}
	}
}

// TestGoldBlanks: a passage is taken off when more than half of its letters are.
func TestGoldBlanks(t *testing.T) {
	body := []byte("Acme made Okapi. Ours is Gnu.")
	r := &goldReading{body: body, foreign: []audit.Span{{Start: 0, End: 16}}}
	for span, want := range map[audit.Span]bool{
		{Start: 0, End: 16}:  true,
		{Start: 17, End: 29}: false,
		{Start: 11, End: 29}: false,
	} {
		if r.blanks(span) != want {
			t.Errorf("%q with %v taken off: %q is another's: %v", body, r.foreign, body[span.Start:span.End], !want)
		}
	}
	if got := string(body); got != "Acme made Okapi. Ours is Gnu." {
		t.Errorf("the page was changed: %q", got)
	}
}
