package document

import (
	"fmt"
	"strings"
	"testing"
)

func TestMentions(t *testing.T) {
	text := "acme/Falco-7B acme/Falco-7B-Instruct datasets/acme/falco-7b (acme/falco-7b). xacme/Falco-7B acme/Falco-7B.1"
	var got []string
	for _, s := range Mentions([]byte(text), "acme/Falco-7B") {
		got = append(got, fmt.Sprint(s.Start))
	}
	if want := "0 61"; strings.Join(got, " ") != want {
		t.Errorf("mentions at %v, want %s", got, want)
	}
}
