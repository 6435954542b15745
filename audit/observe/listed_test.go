package observe

import (
	"os"
	"path/filepath"
	"testing"

	"openness/audit"
	"openness/audit/hub"
	"openness/audit/observe/licences"
	"openness/audit/observe/weights"
)

// entry reads one entry of a list.
func entry(t *testing.T, text string) audit.Listed {
	t.Helper()
	var l audit.Listed
	err := hub.ParseList([]byte("["+text+"]"), func(m *hub.Model) error {
		l = NewListReader().Read(m)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestListedWeights(t *testing.T) {
	for text, want := range map[string]audit.ListedWeights{
		`"siblings":[{"rfilename":"config.json"},{"rfilename":"model-00001-of-00002.safetensors"}]`:          audit.WeightsWhole,
		`"siblings":[{"rfilename":"gguf/quokka-Q4_K_M.gguf"}]`:                                               audit.WeightsWhole,
		`"siblings":[{"rfilename":"adapter_model.safetensors"}]`:                                             audit.WeightsAdapter,
		`"siblings":[{"rfilename":"adapter_model.safetensors"},{"rfilename":"model.safetensors"}]`:           audit.WeightsWhole,
		`"tags":["base_model:adapter:acme/x"],"siblings":[{"rfilename":"pytorch_lora_weights.safetensors"}]`: audit.WeightsAdapter,
		`"siblings":[{"rfilename":"pytorch_lora_weights.safetensors"}]`:                                      audit.WeightsEither,
		`"library_name":"peft","siblings":[{"rfilename":"model.safetensors"}]`:                               audit.WeightsEither,
		`"siblings":[{"rfilename":"README.md"},{"rfilename":"training_args.bin"},{"rfilename":"vocab.txt"}]`: audit.WeightsNone,
		`"siblings":[]`:                          audit.WeightsNone,
		`"siblings":[{"rfilename":"parts.zip"}]`: audit.WeightsUnclear,
		`"tags":["license:mit"]`:                 audit.WeightsUnlisted,
		`"disabled":true,"siblings":[{"rfilename":"model.safetensors"}]`: audit.WeightsUnlisted,
	} {
		if got := entry(t, `{"id":"acme/quokka-7b",`+text+`}`).Weights; got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	if got := entry(t, `{"id":"acme/quokka-lora","siblings":[{"rfilename":"model.safetensors"}]}`).Weights; got != audit.WeightsEither {
		t.Errorf("a name that says lora: %q", got)
	}
}

func TestListedLicence(t *testing.T) {
	for text, want := range map[string]struct {
		id    string
		class audit.ListedLicence
	}{
		`"tags":["license:apache-2.0"]`: {"Apache-2.0", audit.LicenceOpen},
		`"tags":["license:cc-by-nc-4.0"],"cardData":{"license":"cc-by-nc-4.0"}`: {"CC-BY-NC-4.0",
			audit.LicenceNoncommercial},
		`"tags":["license:llama3.1"]`: {"LicenseRef-llama-3.1-community",
			audit.LicenceRestricted},
		`"tags":["license:other"]`: {licences.Unknown,
			audit.LicenceUnclear},
		`"tags":["license:other"],"cardData":{"license_name":"llama3.1"}`: {"LicenseRef-llama-3.1-community",
			audit.LicenceRestricted},
		`"tags":["license:other"],"cardData":{"license_name":"quokka-house-rules"}`: {licences.Unknown,
			audit.LicenceUnclear},
		`"tags":["license:cc"]`: {licences.Unknown,
			audit.LicenceUnclear},
		`"tags":["license:mit","license:cc-by-nc-4.0"]`:              {"", audit.LicenceUnclear},
		`"tags":["license:mit"],"cardData":{"license":"apache-2.0"}`: {"", audit.LicenceUnclear},
		`"tags":["license:unknown"]`:                                 {"", audit.LicenceNone},
		`"tags":[]`:                                                  {"", audit.LicenceNone},
		`"downloads":1`:                                              {"", audit.LicenceUnlisted},
	} {
		if l := entry(t, `{"id":"acme/quokka",`+text+`}`); l.Licence != want.id || l.Class != want.class {
			t.Errorf("%s: %q %q, want %q %q", text, l.Licence, l.Class, want.id, want.class)
		}
	}
}

// TestListedAgreesWithAnswers: of recorded models, an entry gives for weights and
// gate what the theme of weights reads from the hub's answer.
func TestListedAgreesWithAnswers(t *testing.T) {
	files, _ := filepath.Glob(sharedCorpus + "/huggingface/api/models/*/*.json")
	if len(files) == 0 {
		t.Skip("the shared corpus is not here")
	}
	n := 0
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		l := entry(t, string(body))
		d := audit.Document{URL: "https://hub.example/" + l.Model, PlaceID: l.Model, Kind: audit.DocModelAPI,
			Role: audit.RoleEnd, Place: audit.HubModel,
			Outcome: audit.Fetched, Status: 200, Body: body, SHA256: audit.Hash(body)}
		want := map[string]string{}
		for _, o := range weights.ApiWeights(&d, weights.EndSlot) {
			if o.Finding == audit.Present {
				want[o.Fact] = o.Value
			}
		}
		for _, r := range ListedReadings(&l, nil) {
			name := ""
			if r.Fact >= 0 {
				name = audit.Facts()[r.Fact].Name
			}
			if r.Finding != audit.Present ||
				name != weights.EndSlot.Published && name != weights.EndSlot.Gate && name != weights.EndSlot.Delta {
				continue
			}
			if n++; want[name] != r.Value && !(name == weights.EndSlot.Delta && l.Relation == "adapter") {
				t.Errorf("%s: %s is %q, of the answer alone %q", file, name, r.Value, want[name])
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d values were compared", n)
	}
}
