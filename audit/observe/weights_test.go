package observe

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"openness/audit"
	"openness/audit/identity"
	"openness/audit/page"
)

// A factCase is documents and what they must show.
type factCase struct {
	name string
	s    audit.Subject
	docs []audit.Document
	want map[string]string
}

// seenBefore is a document of what answered once and is gone.
func seenBefore(d audit.Document) audit.Document {
	d.LastSeen = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	return d
}

func runCases(t *testing.T, theme func(*input) []audit.Observation, cases []factCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := alone(theme, newInput(c.s, c.docs))
			for fact, want := range c.want {
				if v := values(got, fact); v != want {
					t.Errorf("%s = %q, want %q", fact, v, want)
				}
			}
			checkObservations(t, got)
		})
	}
}

func TestWeights(t *testing.T) {
	const end, base = "acme/Falco-7B-Instruct", "acme/Falco-7B"
	api := func(gated, files string) string {
		return fmt.Sprintf(`{"id":%q,"gated":%s,"createdAt":"2024-05-01T10:00:00.000Z","siblings":[%s]}`, end, gated,
			files)
	}
	weightFile := `{"rfilename":"README.md"},{"rfilename":"model-00001-of-00002.safetensors"}`
	partial := pageOf(audit.DocModelAPI, audit.RoleEnd, end, `{"id":"acme/Falco-7B-Instruct","tags":[]}`)
	partial.Partial = true
	runCases(t, weightsTheme, []factCase{
		{"the hub lists weights and no gate", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end, api("false", weightFile))},
			map[string]string{"weights.end.published": "true", "weights.end.gate": "none",
				"model.release_date": "2024-05-01"}},
		{"what other makers ask for before their own download", model("rival/Falco-7B-Instruct", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Falco-7B-Instruct",
				"# Falco\nm = AutoModel.from_pretrained(\"rival/Falco-7B-Instruct\")\n"),
				pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
					"# Falco\nVisit our site to download. Once your request is approved, you will receive a signed URL.\n")},
			map[string]string{"weights.end.published": "true", "weights.end.gate": "none"}},
		{"a bare word that weights are there, where the hub did not answer", model(end, ""),
			[]audit.Document{lost(audit.DocModelAPI, audit.RoleEnd, end, audit.Failed),
				pageOf(audit.DocModelCard, audit.RoleEnd, end, "# Falco\nWe release the weights of Falco.\n")},
			map[string]string{"weights.end.published": "true", "weights.end.gate": "not_fetched"}},
		{"such a word with an apostrophe and in quotation marks", model(end, ""),
			[]audit.Document{lost(audit.DocModelAPI, audit.RoleEnd, end, audit.Failed),
				pageOf(audit.DocModelCard, audit.RoleEnd, end, "# Falco\nWe've released \"Falco's weights\".\n")},
			map[string]string{"weights.end.published": "true", "weights.end.gate": "not_fetched"}},
		{"a model that the hub has disabled", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end, api(`false,"disabled":true`, weightFile))},
			map[string]string{"weights.end.published": "absent"}},
		{"a model that only its owners see", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end, api(`false,"private":true`, weightFile)),
				pageOf(audit.DocModelCard, audit.RoleEnd, end, "m = AutoModel.from_pretrained(\"acme/Falco-7B-Instruct\")\n")},
			map[string]string{"weights.end.published": "absent"}},
		{"a list of files that is no list", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end,
				`{"id":"acme/Falco-7B-Instruct","gated":false,"siblings":{"rfilename":"README.md"}}`)},
			map[string]string{"weights.end.published": "unreadable"}},
		{"a gate that opens by itself", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end, api(`"auto"`, weightFile))},
			map[string]string{"weights.end.gate": "automatic"}},
		{"a gate that a person opens", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end, api(`"manual"`, weightFile))},
			map[string]string{"weights.end.published": "true", "weights.end.gate": "manual"}},
		{"files without weights", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end,
				api("false", `{"rfilename":"README.md"},{"rfilename":"training_args.bin"}`))},
			map[string]string{"weights.end.published": "absent"}},
		{"files of a kind that is not known, and a card that loads them", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end,
				api("false", `{"rfilename":"README.md"},{"rfilename":"falco.song"}`)),
				pageOf(audit.DocModelCard, audit.RoleEnd, end,
					"m = AutoModel.from_pretrained(\"acme/Falco-7B-Instruct\")\n")},
			map[string]string{"weights.end.published": "true", "weights.end.gate": "none"}},
		{"files of a kind that is not known", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end,
				api("false", `{"rfilename":"README.md"},{"rfilename":"falco.song"}`))},
			map[string]string{"weights.end.published": "unreadable"}},
		{"files without weights, and pages that load and link them", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end, api("false", `{"rfilename":"README.md"}`)),
				pageOf(audit.DocModelCard, audit.RoleEnd, end,
					"---\nlibrary_name: transformers\nextra_gated_prompt: agree\n---\nm = AutoModel.from_pretrained(\"acme/Falco-7B-Instruct\")\n"),
				pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
					"Our model weights are released: https://huggingface.co/acme/Falco-7B-Instruct\n\nRequest access to download the weights.\n")},
			map[string]string{"weights.end.published": "absent", "weights.base.published": "absent"}},
		{"a model that the hub no longer knows", model(end, base),
			[]audit.Document{seenBefore(lost(audit.DocModelAPI, audit.RoleEnd, end, audit.Absent)),
				seenBefore(lost(audit.DocModelAPI, audit.RoleBase, base, audit.Absent)),
				pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
					"| https://huggingface.co/acme/Falco-7B-Instruct | https://huggingface.co/acme/Falco-7B |\nWe release the model weights of Falco-7B.\n")},
			map[string]string{"weights.end.published": "absent", "weights.base.published": "absent"}},
		{"a model that the hub does not know and nobody has seen", model(end, base),
			[]audit.Document{lost(audit.DocModelAPI, audit.RoleEnd, end, audit.Absent),
				lost(audit.DocModelAPI, audit.RoleBase, base, audit.Absent),
				pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
					"| https://huggingface.co/acme/Falco-7B-Instruct | https://huggingface.co/acme/Falco-7B |\nWe release the model weights of Falco-7B.\n")},
			map[string]string{"weights.end.published": "not_fetched", "weights.base.published": "not_fetched"}},
		{"weights that lie elsewhere than on the hub", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end, api("false", `{"rfilename":"README.md"}`)),
				pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
					"The Falco weights are at https://files.example.org/falco.tar.gz\n")},
			map[string]string{"weights.end.published": "true", "weights.end.gate": "none"}},
		{"an adapter only", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end,
				api("false", `{"rfilename":"adapter_model.safetensors"}`))},
			map[string]string{"weights.end.published": "true", "weights.end.delta": "true"}},
		{"an answer that leaves the files out is not an empty list", model(end, ""),
			[]audit.Document{partial},
			map[string]string{"weights.end.published": "not_fetched", "weights.end.gate": "not_fetched"}},
		{"an answer that leaves the files out, and a card that loads them", model(end, ""),
			[]audit.Document{partial, pageOf(audit.DocModelCard, audit.RoleEnd, end,
				"# Falco\n```python\nm = AutoModel.from_pretrained(\"acme/Falco-7B-Instruct\")\n```\n")},
			map[string]string{"weights.end.published": "true", "weights.end.gate": "none"}},
		{"a card that holds the text of a form, and a hub that leaves the gate out", model(end, ""),
			[]audit.Document{partial, pageOf(audit.DocModelCard, audit.RoleEnd, end,
				"---\nlicense: other\nextra_gated_fields:\n  Name: text\n---\n# Falco\nm = AutoModel.from_pretrained(\"acme/Falco-7B-Instruct\")\n")},
			map[string]string{"weights.end.published": "true", "weights.end.gate": "not_fetched"}},
		{"a card that holds the text of a form, and a hub that has no gate", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end, api("false", weightFile)),
				pageOf(audit.DocModelCard, audit.RoleEnd, end,
					"---\nlicense: other\nextra_gated_prompt: agree\n---\n# Falco\n")},
			map[string]string{"weights.end.published": "true", "weights.end.gate": "none"}},
		{"a data set of that name", model("acme/falco", ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"# Falco\nWe provide a speech dataset on Hugging Face: [`acme/falco`](https://huggingface.co/datasets/acme/falco).\n")},
			map[string]string{"weights.end.published": ""}},
		{"advice that ends before a link to a list of models", model("acme/falco", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/falco",
				"# Falco\nYou can use the raw model for songs. See the [hub](https://huggingface.co/models?search=acme) for others.\n\nThe model was contributed by [jay](https://huggingface.co/jay).\n")},
			map[string]string{"weights.end.published": ""}},
		{"delta weights", model("acme/falco-delta", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/falco-delta",
				"---\nlibrary_name: transformers\n---\nThese are delta weights: apply the delta to the original first.\n")},
			map[string]string{"weights.end.published": "true", "weights.end.delta": "true"}},
		{"a diff of the weights", model("acme/falco", ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"# Falco\nWe release the diff of weights, with which the Falco weights are recovered.\n")},
			map[string]string{"weights.end.published": "true", "weights.end.delta": "true"}},
		{"delta weights of another model", model("acme/falco-2-7b", ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"# Falco\nDelta weights over the original Wombat model are released.\n")},
			map[string]string{"weights.end.published": "", "weights.end.delta": "absent"}},
		{"what the original's makers give out is no copy", model("nest/falco-7b-gguf", "acme/falco-7b"),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"# Falco\nWe release the model weights of Falco-7B for all.\n")},
			map[string]string{"weights.end.published": ""}},
		{"a tag for the task shows no weights", model("acme/falco", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/falco",
				"---\npipeline_tag: text-generation\n---\nA bird.\n")},
			map[string]string{"weights.end.published": ""}},
		{"a card's word on tuning goes before a trainer's", model("acme/falco", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/falco",
				"# Falco\nmodel = AutoModel.from_pretrained(\"acme/falco\")\nPre-trained on words.\n"),
				pageOf(audit.DocReadme, audit.RoleEnd, "acme/falco",
					"# Falco\nOur trainer does SFT, DPO and RLHF: post-training and reinforcement learning.\n")},
			map[string]string{"weights.base.published": "true"}},
		{"a hub that refuses is not an absence", model(end, ""),
			[]audit.Document{lost(audit.DocModelAPI, audit.RoleEnd, end, audit.Refused)},
			map[string]string{"weights.end.published": "refused", "weights.end.gate": "refused"}},
		{"a README with a form before the download", audit.Subject{ID: "github:acme/falco",
			Places: []audit.Place{{Kind: audit.GitHubRepo, Role: audit.RoleEnd, ID: "acme/falco"}}},
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleEnd, "acme/falco",
				"# Falco\nThis release includes model weights.\n\nTo download the weights, please fill out this form. Once your request is approved you get a link.\n")},
			map[string]string{"weights.end.published": "true", "weights.end.gate": "manual"}},
		{"a README that speaks of another model's form", model(end, ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"Weights: https://huggingface.co/acme/Falco-7B-Instruct\n\nRequest access to the other model at https://github.com/rival/condor first to compare.\n")},
			map[string]string{"weights.end.published": "true", "weights.end.gate": "none"}},
		{"a page that logs in before the download", model(end, ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"Weights: https://huggingface.co/acme/Falco-7B-Instruct\n\n```\nhub-cli login  # give your token in order to access the model\n```\n")},
			map[string]string{"weights.end.published": "true", "weights.end.gate": "automatic"}},
		{"a release of another version", model("acme/Falco-2.5-7B", ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"# Falco\nThe weights of our Falco models are released.\n")},
			map[string]string{"weights.end.published": ""}},
		{"a release that links another version", model("acme/Falco-2.5-7B", ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"# Falco 2.5 and 3\nModel weights: https://huggingface.co/acme/Falco-3-7B\n")},
			map[string]string{"weights.end.published": ""}},
		{"a release on a page that speaks of this version", model("acme/Falco-2.5-7B", ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"# Falco 2.5\nThe weights of our models are released.\n")},
			map[string]string{"weights.end.published": "true"}},
		{"a release of a model in another size", model("acme/Falco-7B-Chat", ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/Falco-40B",
				"# Falco\nThe weights of our models are released.\n")},
			map[string]string{"weights.end.published": ""}},
		{"a release on the page of an example", model("acme/Falco-7B-Chat", ""),
			[]audit.Document{inFolder(pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"Falco weights are available.\n"), "examples/toy/README.md")},
			map[string]string{"weights.end.published": ""}},
		{"others' conversions are not the model", model("acme/Falco-7B", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
				"# Falco\nQuantized models are available: [GGUF](https://huggingface.co/rival/Falco-7B-GGUF)\n")},
			map[string]string{"weights.end.published": ""}},
		{"a link to what the model was made from", model("acme/Condor-Falco-7B", "rival/Condor-7B"),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Condor-Falco-7B",
				"This model is a fine-tuned version of [Condor](https://huggingface.co/rival/Condor-7B) on seeds.\n")},
			map[string]string{"weights.end.published": "", "weights.base.published": "true"}},
		{"a tokenizer alone", model("acme/Falco-7B", ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"The tokenizer of our models is available from https://huggingface.co/acme/Falco-tokenizer\n")},
			map[string]string{"weights.end.published": ""}},
		{"a name in a table of results", model(end, ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/bench",
				"| acme/Falco-7B-Instruct | 61.2 |\n")},
			map[string]string{"weights.end.published": ""}},
		{"a file beside the weights", model(end, ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"See the [parser](https://huggingface.co/acme/Falco-7B-Instruct/blob/main/parser.py).\n")},
			map[string]string{"weights.end.published": ""}},
		{"a hub's word that there is no card, kept as one", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, end,
				"Error: the path 'README.md' does not exist in the given tree")},
			map[string]string{"weights.end.published": "", "weights.end.delta": "", "weights.base.published": ""}},
		{"what was made from the model", model("acme/Falco-7B", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
				"---\nlibrary_name: transformers\n---\nTrained from scratch. A popular fine-tuned version of the Falco model is [Condor](https://huggingface.co/rival/Condor-13B).\n")},
			map[string]string{"weights.base.published": "true", "weights.base.id": ""}},
		{"a search for other checkpoints", model("acme/Falco-7B", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
				"See the [model hub](https://huggingface.co/models?search=falco) for more.\n")},
			map[string]string{"weights.end.published": ""}},
		{"a base that is only named", model(end, "rival/Condor-13B"),
			[]audit.Document{lost(audit.DocModelAPI, audit.RoleBase, "rival/Condor-13B", audit.Refused),
				pageOf(audit.DocModelCard, audit.RoleEnd, end, "---\nbase_model: rival/Condor-13B\n---\n# Falco\n")},
			map[string]string{"weights.base.published": "refused"}},
		{"a snippet that loads the tokenizer first", model("acme/Falco-7B", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
				"t = AutoTokenizer.from_pretrained(path)\n")},
			map[string]string{"weights.end.published": ""}},
		{"a promise is not a release", model(end, ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"The model weights will be released soon at https://huggingface.co/acme\n")},
			map[string]string{"weights.end.published": ""}},
		{"the base beside the tuned model", model(end, ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"| [tuned](https://huggingface.co/acme/Falco-7B-Instruct) | [base](https://huggingface.co/acme/Falco-7B) |\n")},
			map[string]string{"weights.base.published": "true", "weights.base.gate": "none", "weights.base.id": base}},
		{"a tuned model whose pages offer no base", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, end,
				"# Falco\nFalco-7B-Instruct was pre-trained on 2T tokens and follows instructions.\n```\nvllm serve acme/Falco-7B-Instruct\n```\n")},
			map[string]string{"weights.base.published": "absent"}},
		{"a tuned model whose card does not say from what", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, end,
				"# Falco\nFalco-7B-Instruct follows instructions.\n```\nvllm serve acme/Falco-7B-Instruct\n```\n")},
			map[string]string{"weights.base.published": "not_fetched"}},
		{"a model that is out both ways", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end, api(`"manual"`, weightFile)),
				pageOf(audit.DocModelCard, audit.RoleEnd, end,
					"# Falco\nWe offer pretrained and instruction tuned models in two sizes.\n")},
			map[string]string{"weights.base.published": "true", "weights.base.gate": "manual"}},
		{"a model of which every size is out both ways", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end, api(`false`, weightFile)),
				pageOf(audit.DocModelCard, audit.RoleEnd, end,
					"# Falco\nBoth base and chat models know owls.\n\nFor each size, we release the base language model and the aligned chat model.\n")},
			map[string]string{"weights.base.published": "true", "weights.base.gate": "none"}},
		{"a model that was not tuned is its own base", model("acme/Falco-7B", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
				"---\nlibrary_name: transformers\n---\n# Falco\nTrained from scratch.\n")},
			map[string]string{"weights.base.published": "true", "weights.base.gate": "none"}},
		{"a base that is named but was not read", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, end,
				"---\nlibrary_name: transformers\n---\nIt was fine-tuned from Condor-2 13B with care.\n")},
			map[string]string{"weights.base.published": "not_fetched"}},
		{"a base that the card links", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, end,
				"A fine-tuned version of the\n[Condor](https://huggingface.co/rival/Condor-13B) model.\n")},
			map[string]string{"weights.base.published": "true", "weights.base.id": "rival/Condor-13B"}},
		{"a data set in the sentence is no base", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, end,
				"---\nlibrary_name: transformers\n---\nFalco was fine-tuned on a mix of [Seeds](https://huggingface.co/datasets/rival/Seeds-1) and more.\n")},
			map[string]string{"weights.base.published": "not_fetched", "weights.base.id": ""}},
		{"a tuned model whose card tells of its pre-training and offers no base", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, end,
				"---\nlibrary_name: transformers\n---\nFalco was pre-trained on 2T tokens. The model was fine-tuned on songs.\n")},
			map[string]string{"weights.base.published": "absent"}},
		{"a card that was made after another card", model("acme/Falco-7B", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
				"---\nlibrary_name: transformers\n---\nFalco is a foundation model. This model card is based on the [Condor card](https://huggingface.co/rival/Condor-13B).\n")},
			map[string]string{"weights.base.published": "true", "weights.base.gate": "none", "weights.base.id": ""}},
		{"the next item of a list is no base", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, end,
				"---\nlibrary_name: transformers\n---\nFalco is a 7 billion parameter model.\n* It was built on a plain plan\n* [Condor](https://huggingface.co/rival/Condor-13B) is another model\n")},
			map[string]string{"weights.base.published": "absent", "weights.base.id": ""}},
		{"another size is no base", model("acme/Falco-7B", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
				"---\nlibrary_name: transformers\n---\nA foundation model. It was built on the plan of [its brother](https://huggingface.co/acme/Falco-13B).\n")},
			map[string]string{"weights.base.published": "true", "weights.base.id": ""}},
		{"a licence beside the base's files offers no files", model(end, ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, end,
				"---\nlibrary_name: transformers\n---\nFalco is a 7 billion parameter model. Under the [licence](https://huggingface.co/acme/Falco-7B/resolve/main/LICENSE).\n")},
			map[string]string{"weights.base.published": "absent", "weights.base.id": ""}},
		{"a base with a short family name", model("acme/owl-7b-instruct", ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/trainer",
				"| https://huggingface.co/acme/owl-7b | https://huggingface.co/acme/owl-7b-instruct |\n")},
			map[string]string{"weights.base.published": "true", "weights.base.id": "acme/owl-7b"}},
		{"a release that names the base", model(end, "acme/Falco-7B-Seed"),
			[]audit.Document{lost(audit.DocModelAPI, audit.RoleBase, "acme/Falco-7B-Seed", audit.Refused),
				pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
					"We release the model weights of Falco-7B-Seed and Falco-7B-Instruct.\n")},
			map[string]string{"weights.base.published": "true", "weights.base.gate": "not_fetched refused"}},
		{"a release of a model whose name goes on", model(end, "acme/Falco-7B"),
			[]audit.Document{lost(audit.DocModelAPI, audit.RoleBase, "acme/Falco-7B", audit.Refused),
				pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
					"We release the model weights of Falco-7B-Instruct.\n")},
			map[string]string{"weights.base.published": "refused"}},
		{"a release that names the tuned model only", model(end, "acme/Falco-7B-Seed"),
			[]audit.Document{lost(audit.DocModelAPI, audit.RoleBase, "acme/Falco-7B-Seed", audit.Refused),
				pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
					"We release the model weights of Falco-7B-Instruct.\n")},
			map[string]string{"weights.base.published": "refused"}},
		{"a page that does not offer the tuned model tells of no base", model("acme/Condor-12B-SFT", ""),
			[]audit.Document{lost(audit.DocModelAPI, audit.RoleEnd, "acme/Condor-12B-SFT", audit.Refused),
				pageOf(audit.DocReadme, audit.RoleCode, "acme/assistant",
					"# Assistant\nAn assistant that is tuned with reinforcement learning.\n")},
			map[string]string{"weights.base.published": "refused"}},
		{"a page below the top that offers the model", model("acme/falco-drums-melody-1B", ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/soundkit", "# Soundkit\nMany models.\n"),
				inFolder(pageOf(audit.DocProse, audit.RoleCode, "acme/soundkit",
					"Load it: https://huggingface.co/acme/falco-drums-melody-1B\n"), "docs/melody.md")},
			map[string]string{"weights.end.published": "true", "weights.base.published": "true",
				"weights.base.gate": "none"}},
		{"a release of other models", model(end, ""),
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/falco",
				"We release models such as [Kestrel](https://huggingface.co/acme/Kestrel-3B).\n")},
			map[string]string{"weights.end.published": ""}},
		{"a card that was tuned from what it does not name", model("acme/Falco-7B", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
				"---\nlibrary_name: transformers\ntags:\n- merge\n---\n# Falco\nA merge of two models.\n")},
			map[string]string{"weights.end.published": "true", "weights.base.published": "not_fetched"}},
		{"a snippet that loads another model's tokenizer", model("acme/Falco-7B", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
				"# Falco\nt = AutoTokenizer.from_pretrained('rival/condor-7b')\n")},
			map[string]string{"weights.end.published": ""}},
		{"a query that names the model", model("acme/Falco-7B", ""),
			[]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
				"# Falco\nhttps://huggingface.co/spaces/rival/board?query=acme/Falco-7B\n")},
			map[string]string{"weights.end.published": ""}},
		{"a base whose hub answer is read", model(end, "rival/Condor-13B"),
			[]audit.Document{pageOf(audit.DocModelAPI, audit.RoleBase, "rival/Condor-13B",
				`{"id":"rival/Condor-13B","gated":"manual","siblings":[{"rfilename":"model.safetensors"}]}`)},
			map[string]string{"weights.base.published": "true", "weights.base.gate": "manual"}},
	})
}

// TestClosedBase: a tuned model of which a page tells in whatever words what it was made from has a base that
// nobody looked at; only where none is named has it none.
func TestClosedBase(t *testing.T) {
	const end = "acme/Falco-7B-Instruct"
	card := func(id, text string) []audit.Document {
		return []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id,
			"# Falco\nFalco was pre-trained on 2T tokens.\n"+text+"\n```\nvllm serve "+id+"\n```\n")}
	}
	var cases []factCase
	for text, want := range map[string]string{
		"It is one of our chat models developed from **Condor-2-Chat-7B**.":                                         "not_fetched",
		"It was initialized using the Condor2 checkpoints.":                                                         "not_fetched",
		"As base model, we used the latest Condor-2-7B.":                                                            "not_fetched",
		"In this update, we continue training Condor-2 20B for 100k steps.":                                         "not_fetched",
		"Das Modell basiert auf Condor-2-7B.":                                                                       "not_fetched",
		"Le modèle a été développé à partir de Condor-2-7B.":                                                        "not_fetched",
		"El modelo está basado en Condor-2-7B.":                                                                     "not_fetched",
		"模型在Condor-2-7B的基础上微调。":                                                                                     "not_fetched",
		"Condor-2-7Bをベースに学習したモデルです。":                                                                                "not_fetched",
		"Condor-2-7B를 기반으로 학습한 모델입니다.":                                                                              "not_fetched",
		"As a base model, Falco may be rude.":                                                                       "absent",
		"We continue training when there is time.":                                                                  "absent",
		"Das Modell basiert auf einem schlichten Plan.":                                                             "absent",
		"El modelo está basado en un plan sencillo.":                                                                "absent",
		"For Falco, we release a number of base language models and instruction-tuned language models from 1 to 7.": "true",
	} {
		cases = append(cases, factCase{text, model(end, ""), card(end, text),
			map[string]string{"weights.base.published": want}})
	}
	runCases(t, weightsTheme, cases)
}

func TestKin(t *testing.T) {
	for _, c := range []struct {
		model, repository string
		own               bool
	}{
		{"acme/Falco-7B-Instruct", "acme/falco", true},
		{"acme-ai/Falco-7B", "AcmeAI/training-stack", true},
		{"lab/Falco-7B-Chat", "somebody/Falco", true},
		{"lab/Kestrel-Falco-7B", "acme/falco", false}, // made from Falco
		{"lab/Kestrel-7B", "tools/trainer", false},
	} {
		if got := identity.OwnName(c.model, c.repository); got != c.own {
			t.Errorf("ownName(%q, %q) = %v, want %v", c.model, c.repository, got, c.own)
		}
	}
}

func TestClipEndsAtWords(t *testing.T) {
	body := []byte(strings.Repeat("word ", 200))
	for at := range body {
		s := page.Line(body, at)
		for _, w := range strings.Fields(string(body[s.Start:s.End])) {
			if w != "word" || s.End-s.Start > page.LongestQuote {
				t.Fatalf("the quote around %d is %q", at, body[s.Start:s.End])
			}
		}
	}
}

func TestInSeries(t *testing.T) {
	for _, c := range []struct {
		named, id string
		want      bool
	}{
		{"acme/Falco-V2-Instruct", "acme/Falco-V2-Instruct-0724", true},
		{"acme/Falco-2", "acme/Falco-2.3", false}, // another version
		{"acme/Falco", "acme/Falco-base", false},
		{"acme/Falco-7B", "acme/Falco-7B-Chat", false},
		{"acme/F", "acme/Falco-7B-Chat", false},
	} {
		if got := identity.InSeries(c.named, c.id); got != c.want {
			t.Errorf("inSeries(%q, %q) = %v, want %v", c.named, c.id, got, c.want)
		}
	}
}

// FuzzThemes feeds any bytes to every observer of weights, code, access and
// licences as every kind of document: no panic, and quotes that are spans.
func FuzzThemes(f *testing.F) {
	f.Add([]byte("---\nlicense: mit\n---\n# X\nfine-tuned from [Y](https://huggingface.co/a/Y-7B)\n```\npython train.py\n```\n"))
	f.Add([]byte(`{"id":"a/x","gated":"auto","siblings":[{"rfilename":"a.bin"}],"tree":[{"path":"train.py","type":"blob"}],"tags":["license:mit"]}`))
	f.Add([]byte("\xff\xfe{\"tree\": [{\"path\":\"\\u12"))
	f.Add([]byte("Apache License\nVersion 2.0\nmodel model model weights model"))
	kinds := []audit.DocKind{audit.DocModelAPI, audit.DocModelCard, audit.DocReadme, audit.DocTree, audit.DocRepoAPI,
		audit.DocLicense, audit.DocDataCard, audit.DocDatasetAPI, audit.DocProse}
	f.Fuzz(func(t *testing.T, body []byte) {
		var docs []audit.Document
		for _, k := range kinds {
			docs = append(docs, pageOf(k, audit.RoleEnd, "a/x", ""), pageOf(k, audit.RoleBase, "b/y", ""))
		}
		for i := range docs {
			docs[i].Body, docs[i].SHA256 = body, audit.Hash(body)
		}
		in := newInput(model("a/x", "b/y"), docs)
		for _, theme := range []func(*input) []audit.Observation{weightsTheme, codeTheme, access, licencesTheme} {
			for _, o := range theme(in) {
				if o.Finding == audit.Present && o.Quote != string(body[o.Start:o.End]) {
					t.Fatalf("%s quotes %q, not %q", o.Fact, o.Quote, body[o.Start:o.End])
				}
			}
		}
	})
}
