package license_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"openness/audit/license"
)

// TestAdd: an index is rebuilt from itself to the byte, and a text that is added to it is named
// from then on, as the others are.
func TestAdd(t *testing.T) {
	built, err := os.ReadFile("index.bin")
	if err != nil {
		t.Fatal(err)
	}
	if same, err := license.Add(built, nil); err != nil || !bytes.Equal(same, built) {
		t.Fatalf("the index is not the same without an addition: %d bytes of %d, %v", len(same), len(built), err)
	}
	text := "Brambletide Community Licence\n\n" + strings.Repeat(agreement, 1) +
		"Whoever names a garden after the Model sends a postcard of it to the Licensor within one year.\n"
	const id = "LicenseRef-brambletide-1.0"
	grown, err := license.Add(built, []license.Source{{ID: id, Name: "brambletide", Text: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	ix, err := license.NewIndex(grown)
	if err != nil {
		t.Fatal(err)
	}
	if got := ix.Identify([]byte("# Notice\n\n" + text)); got.License != id || got.Modified {
		t.Errorf("the added text: %s", verdict(got))
	}
	if got := ix.Identify([]byte(mit)); got.License != "MIT" || got.Modified {
		t.Errorf("a text that was there: %s", verdict(got))
	}
	before, err := license.IDs(built)
	if err != nil {
		t.Fatal(err)
	}
	after, err := license.IDs(grown)
	if err != nil || len(after) != len(before)+1 || after[len(after)-1] != id {
		t.Errorf("%d licences, expected %d and %s: %v", len(after), len(before), id, err)
	}
}
