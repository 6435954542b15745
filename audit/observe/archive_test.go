package observe

import (
	"testing"

	"openness/audit"
)

// arXivAnswer is hand-made after the API's manual (synthetic: no recording).
const arXivAnswer = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/2501.00001v1</id>
<title>Quokka: A Model</title><comment>Accepted at ICML 2025</comment></entry></feed>`

func TestArchivedPaper(t *testing.T) {
	subject := audit.Subject{ID: "acme/Quokka-7B", Name: "Quokka-7B", Organisation: "acme"}
	d := vendorDocument(arXivAnswer, audit.Fetched)
	d.Kind, d.Role = audit.DocPaper, audit.RolePaper
	got := map[string]string{}
	for _, o := range alone(papersTheme, newInput(subject, []audit.Document{d})) {
		if o.Finding == audit.Present {
			got[o.Fact] = o.Value + "|" + o.Quote
		}
	}
	for fact, want := range map[string]string{
		"paper.preprint":       "archived|Quokka: A Model",
		"paper.preprint.scope": "own|Quokka: A Model",
		"paper.reviewed":       "true|Accepted at ICML 2025",
	} {
		if got[fact] != want {
			t.Errorf("%s = %q, want %q", fact, got[fact], want)
		}
	}
}

// TestPaperInRecordUnread: of a vendor's model, whose own paper is known by its record alone, that paper is not read
// with another's.
func TestPaperInRecordUnread(t *testing.T) {
	subject := audit.Subject{ID: "acme/Quokka-7B", Name: "Quokka-7B", Organisation: "acme"}
	record := vendorDocument(arXivAnswer, audit.Fetched)
	record.Kind, record.Role = audit.DocPaper, audit.RolePaper
	text := func(role audit.Role, body string) audit.Document {
		d := pageOf(audit.DocProse, role, "2501.00001", body)
		d.Place, d.URL = audit.ArXivPaper, "https://example.org/2501.00001#text"
		return d
	}
	for _, c := range []struct {
		name   string
		text   audit.Document
		unread bool
	}{
		{"its own", text(audit.RolePaper, "# Quokka: A Model\nWe present Quokka.\n"), false},
		{"one of another model", text(audit.RolePaper, "# Owl\nWe present Owl.\n"), true},
		{"the base's", text(audit.RoleBase, "# Owl\nWe present Owl.\n"), true},
		{"one that it cites", text(audit.RoleRelated, "# Songs\nQuokka sings them.\n"), true},
	} {
		if got := newInput(subject, []audit.Document{record, c.text}).unreadPaper(); (got != nil) != c.unread {
			t.Errorf("%s: unread: %v, want %v", c.name, got != nil, c.unread)
		}
	}
}

// TestArchiveUnread: a portal or a failure in place of arXiv's answer is no paper.
func TestArchiveUnread(t *testing.T) {
	subject := audit.Subject{ID: "acme/Quokka-7B", Name: "Quokka-7B"}
	for _, d := range []audit.Document{vendorDocument("<html>Welcome to the Wi-Fi</html>", audit.Fetched),
		vendorDocument("", audit.Failed)} {
		d.Kind, d.Role = audit.DocPaper, audit.RolePaper
		for _, o := range alone(papersTheme, newInput(subject, []audit.Document{d})) {
			if o.Finding == audit.Present {
				t.Errorf("observed %s = %s from %q", o.Fact, o.Value, d.Body)
			}
		}
	}
}

// TestPaperOfNamesakeBase: a paper that was looked for as that of others' base is the base's although the tuned
// model bears the base's name; of the makers' own base it is the model's.
func TestPaperOfNamesakeBase(t *testing.T) {
	d := vendorDocument(arXivAnswer, audit.Fetched)
	d.Kind, d.Role = audit.DocPaper, audit.RoleBase
	for base, want := range map[string]string{"acme/Quokka-7B": "base", "nest/Quokka-7B": "own"} {
		in := newInput(model("nest/quokka-7b-songs-lora", base), []audit.Document{d})
		got := ""
		for _, o := range alone(papersTheme, in) {
			if o.Fact == "paper.preprint.scope" {
				got = o.Value
			}
		}
		if got != want {
			t.Errorf("made from %s: scope %q, want %q", base, got, want)
		}
	}
}
