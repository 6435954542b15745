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
		"in German": {"Unser Schwestermodell und dieses Modell sind nur für die Lehre freigegeben.\n",
			"restricted"},
		"in Chinese": {"我们的旧模型和本模型仅供学术研究使用。\n", "restricted"},
		"a version": {"Version 1.0 was released for research use only and must not be used commercially.\n",
			"restricted"},
		"a forerunner":     {"Das Vorgängermodell war nur für die Lehre freigegeben.\n", "open"},
		"texts left out":   {"We dropped all pages that prohibit commercial use.\n", "open"},
		"the weights' own": {"All pages of the model prohibit commercial use of the weights.\n", "noncommercial"},
		"a page's pictures": {"## License\n\nThe weights are MIT. Some audio samples on the project page are CC BY-NC 4.0.\n",
			"open"},
		"its own pictures": {"## License\n\nThe samples and the weights on this page are CC BY-NC 4.0.\n",
			"noncommercial"},
		"the data and the weights": {"## Data\n\nTuned on a set whose passages are licensed CC BY-NC 4.0; we release only " +
			"the weights, under MIT.\n", "open"},
		"the weights and the data": {"## Data\n\nReleased under CC BY-NC 4.0: the weights; the data are MIT.\n",
			"noncommercial"},
		"a German demo":             {"Die Demo auf unserer Webseite darf nur zu Testzwecken genutzt werden.\n", "open"},
		"no crimes, in Chinese":     {"请勿将模型用于违反法律法规的用途。\n", "open"},
		"no crimes or trade":        {"请勿将模型用于违法或商业用途。\n", "noncommercial"},
		"trade or not, in Japanese": {"商用・非商用を問わず利用でき、改変や再配布も可能です。\n", "open"},
		"rivals in columns": {"| | Falco-7B-Chat | Rival-E | Nest |\n|---|---|---|---|\n| Score | 3 | 2 | 1 |\n" +
			"| Licence | MIT | CC-BY-NC-4.0 | closed |\n", "open"},
		"its column": {"| | Rival-E | Falco-7B-Chat |\n|---|---|---|\n| Licence | MIT | CC-BY-NC-4.0 |\n",
			"noncommercial"},
		"nobody may resell": {"MIT. Without permission to resell.\n", "restricted"},
		"a part by a name": {"It bundles the vocoder WhirrOwl-2. WhirrOwl-2's authors permit academic use only.\n",
			"restricted"},
		"a part, and who owns it": {"The vocoder shipped with it is WhirrOwl-2, whose authors allow research use only.\n",
			"restricted"},
		"a part for large firms to pay": {"The tokenizer is that of Owl-2 and stays under the Owl Licence, which asks companies " +
			"with more than 100 million monthly users for a licence of their own.\n", "restricted"},
		"bigger firms": {"Startups use it under MIT. If you are bigger, write to us.\n", "restricted"},
		"a part, and a rival": {"It includes a decoder. Stable-Owl-2, which is for research use only, has none.\n",
			"open"},
		"a part, and others": {"It contains an encoder of ours. Condor-2 is for research use only.\n", "open"},
		"data for a part": {"The decoder included was trained on the corpus of Owl-2, which is for research use only.\n",
			"open"},
		"a part of a rival": {"Unlike WhirrOwl-2, whose vocoder is shipped with it and is for research use only, it sings.\n",
			"open"},
		"a part that was replaced": {"The vocoder inside replaces WhirrOwl-2, which is for research use only.\n", "open"},
		"a part that is free":      {"It bundles the vocoder WhirrOwl-2. WhirrOwl-2 is MIT.\n", "open"},
		"a part that is not there": {"The vocoder is not included. WhirrOwl-2, which is for research use only, can be used.\n",
			"open"},
		"a part in a list":    {"- UNet: MIT\n- VAE: CC BY-NC 4.0\n- Text encoder: MIT\n", "unreadable"},
		"parts in a list":     {"- UNet: MIT\n- VAE: MIT\n- Paper: CC BY-NC 4.0\n", "open"},
		"firms elsewhere":     {"Not available to persons or companies located in the EU.\n", "restricted"},
		"a choice to buy":     {"MIT if you publish your tuned weights; otherwise buy a licence.\n", "restricted"},
		"a grant of money":    {"Financiado por una fundación sin ánimo de lucro.\n", "open"},
		"machines":            {"Training used 64 GPUs that we may only use for research.\n", "open"},
		"a licence not taken": {"A non-commercial licence would have shut out small firms.\n", "open"},
		"an address":          {"## License\n\nIf you have any questions, write to service@acme.example.\n", "open"},
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
