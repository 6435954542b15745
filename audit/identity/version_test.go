package identity

import (
	"strings"
	"testing"
)

func TestVersionMarks(t *testing.T) {
	for name, want := range map[string]string{
		"Falco-7B-Instruct": "", "Falco-2.5-7B": "2.5", "Falco2-13B-Chat": "2", "Falco-V3.1-Think-0724": "3.1",
		"Falco-4.0.1-32B": "4.0",
		"Falco-R1.5-950M": "r1.5", "Falco-8x22B-A4.2B-128k": "", "falco2.5-32b": "2.5",
	} {
		if got := strings.Join(VersionMarks(name), " "); got != want {
			t.Errorf("versionMarks(%q) = %q, want %q", name, got, want)
		}
	}
	for _, c := range []struct {
		text, mark string
		want       bool
	}{
		{"falco 2.5 is here", "2.5", true}, {"falco-2.5-7b", "2.5", true}, {"falco2", "2", true},
		{"falco v2.0", "2", true},
		{"falco 12.5", "2.5", false}, {"falco 2.51", "2.5", false}, {"a 2b model", "2", false},
		{"falco 2.1", "2", false}, {"falco 1.2", "2", false},
		{"falco-r1.5", "r1.5", true}, {"tar1.5", "r1.5", false}, {"2", "2", true}, {"", "2", false},
	} {
		if got := hasMark(c.text, c.mark); got != c.want {
			t.Errorf("hasMark(%q, %q) = %v, want %v", c.text, c.mark, got, c.want)
		}
	}
}
