package observe

import (
	"testing"

	"openness/audit"
)

// TestBaseNamedInProse: a base that a sentence names without an address was not read,
// so nothing is known of its weights and its data.
func TestBaseNamedInProse(t *testing.T) {
	const repository = "acme/condor"
	for _, c := range []struct {
		name, text string
		unread     bool
	}{
		{"a name of a known family", "The Condor model is fine-tuned from a 7B LLaMA model on 52K instructions.", true},
		{"the makers' own words", "Condor was initialized from Meta's pre-trained LLaMA weights.", true},
		{"an architecture", "The Condor model is based on the LLaMA architecture and trained from scratch.", false},
		{"research", "Condor is a family of open models, based on Gemini research and technology.", false},
		{"outputs", "The Condor model is trained on GPT-4 outputs.", false},
		{"a part", "Condor has a text encoder based on T5 that was frozen.", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs := []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, repository, "# Condor\n\n"+c.text+"\n")}
			docs[0].Place, docs[0].Path = audit.GitHubRepo, "README.md"
			unread := make(map[string]bool)
			for _, o := range All(audit.Subject{ID: "github:" + repository, Name: "condor"}, docs) {
				if o.Finding == audit.NotFetched {
					unread[o.Fact] = true
				}
			}
			for _, fact := range []string{"weights.base.published", "data.pretraining.disclosure"} {
				if unread[fact] != c.unread {
					t.Errorf("%s: not looked at is %v, want %v", fact, unread[fact], c.unread)
				}
			}
		})
	}
}
