package observe

import (
	"testing"

	"openness/audit"
)

// TestServers: whose server a command starts, and what a public page is for.
func TestServers(t *testing.T) {
	for body, want := range map[string]string{
		"Serve it:\n\n```\npython3 -m quokka.serve.openai_api_server --port 80\n```\n":          "open",
		"Serve it:\n\n```\npython3 -m someengine.entrypoints.openai.api_server\n```\n":          "absent",
		"Try it on its [page](https://huggingface.co/spaces/acme/quokka-demo).\n":               "open",
		"Accept the [licence](https://huggingface.co/spaces/acme/quokka-license) before use.\n": "absent",
		"See the [ranking](https://huggingface.co/spaces/acme/quokka-leaderboard).\n":           "absent",
	} {
		d := page(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\n"+body)
		if got := values(access(newInput(model("acme/Quokka-8B", ""), []audit.Document{d})), "access.api"); got != want {
			t.Errorf("%q: api is %q, want %q", body, got, want)
		}
	}
}
