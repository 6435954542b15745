package page

import "testing"

// TestBoldBelowBold: a bold line right below another is a heading within it, as
// those after it are, up to the next heading of another kind.
func TestBoldBelowBold(t *testing.T) {
	c := Parse([]byte("# Falco\n\n**Use**\n\n**Prompt**\n\nWrite.\n\n**Answer**\n\nWritten.\n\n## Data\n\n**Web**\n\nPages.\n\n**Books**\n\nBooks.\n"))
	want := []string{"", "Falco", "Falco / Use", "Falco / Use / Prompt", "Falco / Use / Answer", "Falco / Data",
		"Falco / Data / Web", "Falco / Data / Books"}
	for i := range c.Sections {
		if got := c.Heading(i); got != want[i] {
			t.Errorf("section %d is %q, want %q", i, got, want[i])
		}
	}
}
