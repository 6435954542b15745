package observe

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestServers: whose server a command starts, whose service a line offers, and
// what a public page is for.
func TestServers(t *testing.T) {
	for body, want := range map[string]string{
		"Serve it:\n\n```\npython3 -m quokka.serve.openai_api_server --port 80\n```\n": "open",
		"Serve it:\n\n```\npython3 -m someengine.entrypoints.openai.api_server\n```\n": "absent",
		"Serve it:\n\n```\npython api.py\n```\n":                                       "open",

		"Quokka API platform: https://platform.acme.example/\n":                                                    "restricted",
		"Use the API services on <a href=\"https://docs.acme.example/guide\">the Acme API platform</a>.\n":         "restricted",
		"The official API is offered by [a cloud](https://cloud.example/models).\n":                                "restricted",
		"Quokka's server is compatible with the [API specifications](https://platform.other.example/reference).\n": "absent",
		"See what it learned from: https://huggingface.co/spaces/acme/quokka-corpus-explorer\n":                    "absent",
		"Our API is not yet available, see https://platform.acme.example/\n":                                       "absent",
		"Get a key for the judge's API at https://platform.judge.example/ and export it.\n":                        "absent",
		"We evaluate with the API of https://platform.judge.example/ and report its score.\n":                      "absent",
		"Costs per task follow each vendor's API pricing; Quokka costs least.\n":                                   "absent",
		"Our Python API documentation is available at https://quokka.example/manual\n":                             "absent",
		"Try it on its [page](https://huggingface.co/spaces/acme/quokka-demo).\n":                                  "not_fetched",
		"[Playground](https://play.acme.example/quokka) and more.\n":                                               "not_fetched",
		"[![Demo](https://badges.example/demo.svg)](https://app.acme.example/model)\n":                             "not_fetched",
		"<a href=\"https://play.acme.example\">\n<img alt=\"x\"></a> <a href=\"https://a.example\">Try it</a>\n":   "not_fetched",
		"[Free demo](https://acme.github.io/quokka) of what it made.\n":                                            "absent",
		"Accept the [licence](https://huggingface.co/spaces/acme/quokka-license) before use.\n":                    "absent",
		"See the [ranking](https://huggingface.co/spaces/acme/quokka-leaderboard).\n":                              "absent",
		"Another model: https://huggingface.co/spaces/rival/wombat\n":                                              "absent",
		"Quokka API: https://platform.acme.example/ or [Playground](https://play.acme.example/quokka)\n":           "restricted",
	} {
		d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\n\n"+body)
		if got := values(alone(access, newInput(model("acme/Quokka-8B", ""), []audit.Document{d})),
			"access.api"); got != want {
			t.Errorf("%q: api is %q, want %q", body, got, want)
		}
	}
}

// TestServerFiles: a file is a server by its name and place, not because it is
// called "api".
func TestServerFiles(t *testing.T) {
	front := pageOf(audit.DocReadme, audit.RoleCode, "acme/quokka", "# Quokka\n")
	for file, want := range map[string]string{
		"openai_api.py": "open", "serve/api_server.py": "open",
		"api.py": "absent", "quokka/api.py": "absent", "tests/openai_api.py": "absent", "a/b/c/openai_api.py": "absent",
	} {
		docs := []audit.Document{front, tree("acme/quokka", file)}
		if got := values(alone(access, newInput(model("acme/Quokka-8B", ""), docs)), "access.api"); got != want {
			t.Errorf("%s: api is %q, want %q", file, got, want)
		}
	}
}

// TestSilenceOfATrainer: the front page of the makers' trainer would not tell
// of one model's release, so that its silence closes nothing.
func TestSilenceOfATrainer(t *testing.T) {
	s := model("acme/Quokka-8B", "")
	trainer := pageOf(audit.DocReadme, audit.RoleCode, "acme/bigtrainer",
		"# A trainer\nTrains any model on many machines.\n")
	refused := lost(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", audit.Refused)
	for _, fact := range []string{"access.api", "access.package"} {
		if got := values(alone(access, newInput(s, []audit.Document{trainer, refused})), fact); got != "refused" {
			t.Errorf("%s is %q, want refused", fact, got)
		}
		if got := values(alone(access, newInput(s, []audit.Document{trainer})), fact); got != "" {
			t.Errorf("%s is %q, want nothing", fact, got)
		}
	}
}

// TestServedThroughHub: the hub's word on providers counts for the model itself.
func TestServedThroughHub(t *testing.T) {
	for answer, want := range map[string]string{
		`{"id":"acme/Quokka-8B","inference": "warm","sha":"x"}`:                 "restricted",
		`{"id":"acme/Quokka-8B","inference":"cold"}`:                            "absent",
		`{"id":"acme/Quokka-8B","cardData":{"inference":"warm"}}`:               "absent",
		`{"id":"acme/Quokka-8B","inf\u0065rence":"warm"}`:                       "absent",
		`{"id":"acme/Quokka-8B","cardData":{"inference":1},"inference":"warm"}`: "restricted",
	} {
		card := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Quokka-8B", "# Quokka\nA model.\n")
		hub := pageOf(audit.DocModelAPI, audit.RoleEnd, "acme/Quokka-8B", answer)
		got := alone(access, newInput(model("acme/Quokka-8B", ""), []audit.Document{card, hub}))
		if v := values(got, "access.api"); v != want {
			t.Errorf("%s: api is %q, want %q", answer, v, want)
		}
		for _, o := range got {
			if o.Finding == audit.Present && !strings.HasPrefix(o.Quote, `"inference"`) {
				t.Errorf("%s: quotes %q", answer, o.Quote)
			}
		}
		hub.Role = audit.RoleBase
		if v := values(alone(access, newInput(model("acme/Quokka-8B", "acme/Quokka"), []audit.Document{card, hub})),
			"access.api"); v != "absent" {
			t.Errorf("%s of the base: api is %q", answer, v)
		}
	}
}
