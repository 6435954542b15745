package main

import (
	"errors"
	"strings"
	"testing"
)

// TestBoundedArticle: what would take minutes is refused before it is read, with what to do; a long
// article is not.
func TestBoundedArticle(t *testing.T) {
	for name, c := range map[string]struct {
		text, refused string
	}{
		"a long article":       {strings.Repeat("The weights of Wombat-7B are public. ", maxSentences), ""},
		"too many sentences":   {strings.Repeat("X is open source. ", 8_000), "8000 sentences"},
		"one sentence":         {strings.Repeat("the weights are public and ", 10_000), "269999 bytes"},
		"no end of a sentence": {strings.Repeat("h/ok is open source. ", 8_000), "bytes, and at most"},
	} {
		err := readable(c.text)
		var exit *exitError
		switch {
		case c.refused == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.refused != "" && (!errors.As(err, &exit) || exit.code != exitUsage || !strings.Contains(err.Error(), c.refused)):
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := (&factchecker{}).sentence(nil, nil, strings.Repeat("the weights are public and ", 1_000)); err == nil {
		t.Error("a claim of 27 kB was read")
	}
}
