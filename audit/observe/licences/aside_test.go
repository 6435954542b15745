package licences

import (
	"testing"

	"openness/audit"
)

// TestAsideOfLimits: what a page shows, lists or tells beside its model limits nothing, and
// the same words where they are on the model do.
func TestAsideOfLimits(t *testing.T) {
	const own = "acme/falco-7b-chat"
	for name, c := range map[string]struct{ text, want string }{
		"an example": {"## Example outputs\n\n> The use of the model in products is not allowed.\n",
			"open"},
		"an example of a ban": {"## Examples of prohibited use\n\n- Selling access to the model.\n", "unreadable"},
		"a conversation": {"User: May I sell the model?\n\nAssistant: No, the model may not be sold.\n",
			"open"},
		"a question":          {"Q: May I sell the model?\n\nA: No, the model may not be sold.\n", "noncommercial"},
		"an outline":          {"- [Set-up](#set-up): for researchers only.\n- [Use](#use)\n", "open"},
		"a sibling's licence": {"Others:\n\n* [Falco-13B](https://huggingface.co/acme/falco-13b): larger\n  * License: CC-BY-NC-4.0\n", "open"},
		"the model's licence": {"Here:\n\n* Falco-7B-Chat: this one\n  * License: CC-BY-NC-4.0\n", "noncommercial"},
		"a head of a table":   {"<table>\n<th colspan=2>Tuned on more data. Released for research purposes only.</th>\n</table>\n", "open"},
		"a sibling as code":   {"`falco-13b` is for non-commercial use only.\n", "open"},
		"the model as code":   {"`falco-7b-chat` is for non-commercial use only.\n", "noncommercial"},
		"a title":             {"See our paper [Research-only models are not open](https://arxiv.org/abs/2401.00001).\n", "open"},
		"a link": {"See [the weights are for research use only](https://acme.example/terms).\n",
			"restricted"},
		"a demo": {"The online demo is for non-commercial use only.\n", "open"},
		"a demo and its weights": {"The online demo and its weights are for non-commercial use only.\n",
			"noncommercial"},
		"another tongue": {"We used decay on all non bias or gain weights of the model.\n", "open"},
		"offers of work": {"If you are interested in customized models for business applications, please contact us.\n",
			"open"},
		"use and offers": {"If you want to use it for business applications, please contact us.\n",
			"restricted"},
		"another size": {"All our open-source models, except for the 3B and 72B variants, are licensed under MIT.\n", "open"},
		"the model's size": {"All our open-source models, except for the 3B and 7B variants, are licensed under MIT.\n",
			"unreadable"},
		"a sister":           {"Our sister model Condor is for students only.\n", "open"},
		"a sister beside it": {"Our sister model Condor, like this model, must not be used commercially.\n", "noncommercial"},
		"a sister and it":    {"Our older models and this model must not be used commercially.\n", "noncommercial"},
		"a sister and its name": {"Our older models and Falco-7B-Chat are for non-commercial use only.\n",
			"noncommercial"},
		"a sister and its family": {"Our older models and Falco-7B are for non-commercial use only.\n",
			"noncommercial"},
		"a sister and another": {"Our older models and Falco-13B are for non-commercial use only.\n", "open"},
		"in German":            {"Unser Schwestermodell und dieses Modell sind nur für die Lehre freigegeben.\n", "restricted"},
		"in Chinese":           {"我们的旧模型和本模型仅供学术研究使用。\n", "restricted"},
		"a version":            {"Version 1.0 was released for research use only and must not be used commercially.\n", "restricted"},
		"a forerunner":         {"Das Vorgängermodell war nur für die Lehre freigegeben.\n", "open"},
		"texts left out":       {"We dropped all pages that prohibit commercial use.\n", "open"},
		"the weights' own":     {"All pages of the model prohibit commercial use of the weights.\n", "noncommercial"},
		"a grant of money":     {"Financiado por una fundación sin ánimo de lucro.\n", "open"},
		"machines":             {"Training used 64 GPUs that we may only use for research.\n", "open"},
		"a licence not taken":  {"A non-commercial licence would have shut out small firms.\n", "open"},
		"an address":           {"## License\n\nIf you have any questions, write to service@acme.example.\n", "open"},
	} {
		in := newInput(model(own, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, own,
			"---\nlicense: mit\n---\n# Falco-7B-Chat\n\n"+c.text)})
		in.Look()
		if got := values(Read(in), "license.weights.openness"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestVersionsOfLimits: a limit on a version binds the model unless its name bears another.
func TestVersionsOfLimits(t *testing.T) {
	for id, want := range map[string]string{"acme/falco-1.0": "restricted", "acme/falco-v1": "restricted",
		"acme/falco": "restricted", "acme/falco-2.0": "open", "acme/falco-v2-7b": "open"} {
		in := newInput(model(id, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, id,
			"---\nlicense: mit\n---\n# Falco\n\nVersion 1.0 was released for research use only and must not be used "+
				"commercially.\n")})
		in.Look()
		if got := values(Read(in), "license.weights.openness"); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

// TestLimitsBesideOthersNames: a limit on the page's model is one although the sentence or the
// heading names another's work.
func TestLimitsBesideOthersNames(t *testing.T) {
	for name, c := range map[string]struct{ id, text, want string }{
		"a heading that names the base": {"acme/falco-garden-rlhf",
			"# News\n\n- It is fast.\n\n# Falco-7B RLHF & LoRA\n\n- The weights must not be sold.\n", "noncommercial"},
		"a heading that names a sibling": {"acme/falco-7b-chat",
			"# News\n\n- It is fast.\n\n# Falco-13B Chat\n\n- The weights must not be sold.\n", "open"},
		"terms of another": {"acme/falco-7b-chat", "## License\n\n* The service is a research preview intended for " +
			"non-commercial use only, subject to the [License](https://github.com/brambletide/condor) of Condor.\n",
			"unreadable"},
		"another's service": {"acme/falco-7b-chat",
			"## License\n\n* [Condor](https://github.com/brambletide/condor): for non-commercial use only.\n", "open"},
		"data that bind": {"acme/falco-7b-chat",
			"Falco-7B-Chat is open-source but was trained on texts of Condor which are not commercially usable.\n",
			"noncommercial"},
		"terms to heed": {"acme/falco-7b-chat", "Please pay attention to Condor's terms of use when using the model.\n",
			"unreadable"},
	} {
		in := newInput(model(c.id, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, c.id,
			"---\nlicense: mit\n---\n"+c.text)})
		in.Look()
		if got := values(Read(in), "license.weights.openness"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
