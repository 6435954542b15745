package observe

import (
	"slices"
	"strings"
	"testing"

	"openness/audit"
)

// Each theme on documents that say it, deny it, promise it, or could not be
// looked at.

func TestDataFindings(t *testing.T) {
	const end, base = "acme/Falco-7B-Chat", "rival/Condor-13B"
	card := func(text string) audit.Document { return pageOf(audit.DocModelCard, audit.RoleEnd, end, text) }
	baseCard := func(text string) audit.Document { return pageOf(audit.DocModelCard, audit.RoleBase, base, text) }
	tuned, own := model(end, base), model("acme/Falco-7B", "")
	ownCard := func(text string) audit.Document {
		return pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", text+"\nFalco is a foundation model.\n")
	}
	const pre, fine = "data.pretraining.disclosure", "data.finetuning.disclosure"
	runCases(t, dataTheme, []factCase{
		{"front matter names a data set", tuned,
			[]audit.Document{card("---\ndatasets:\n- acme/falco-tune\n---\n# Falco\n")},
			map[string]string{fine: "downloadable", pre: "", "data.datasets": "acme/falco-tune"}},
		{"front matter of a model that is its own base", own,
			[]audit.Document{ownCard("---\ndatasets: [acme/corpus]\n---\n# Falco\nFalco was trained from scratch.\n")},
			map[string]string{fine: "downloadable", pre: "downloadable"}},
		{"an empty list of data sets", own, []audit.Document{ownCard("---\ndatasets:\n- ''\n- \n---\n# Falco\n")},
			map[string]string{fine: "absent", pre: "absent", "data.datasets": ""}},
		{"a linked data set", own,
			[]audit.Document{ownCard("# Falco\n## Training data\nPre-trained on [our corpus](https://huggingface.co/datasets/acme/falco-corpus).\n")},
			map[string]string{pre: "downloadable", "data.datasets": "acme/falco-corpus"}},
		{"a named data set", own,
			[]audit.Document{ownCard("# Falco\nFalco was pre-trained on the SeedPile dataset.\n")},
			map[string]string{pre: "listed"}},
		{"amounts and kinds only", own,
			[]audit.Document{ownCard("# Falco\nFalco was trained on 2T tokens of publicly available data.\n")},
			map[string]string{pre: "described", fine: "absent"}},
		{"data that is withheld", own, []audit.Document{ownCard("# Falco\nWe do not release the training data.\n")},
			map[string]string{pre: "absent", fine: "absent", "data.pretraining.denied": "true",
				"data.finetuning.denied": "true"}},
		{"data that is withheld and described", own,
			[]audit.Document{ownCard("# Falco\nFalco was trained on proprietary data, 2T tokens of web pages.\n")},
			map[string]string{pre: "described", "data.pretraining.denied": "true"}},
		{"data that is promised", own, []audit.Document{ownCard("# Falco\nThe training data will be released soon.\n")},
			map[string]string{pre: "absent", fine: "absent", "data.datasets": ""}},
		{"a data set that is promised by its link", own,
			[]audit.Document{ownCard("# Falco\n## Training data\nThe training dataset will be released soon at https://huggingface.co/datasets/acme/falco-corpus.\n")},
			map[string]string{pre: "absent", "data.datasets": ""}},
		{"a benchmark", own, []audit.Document{ownCard("# Falco\n## Evaluation\nResults on https://huggingface.co/datasets/acme/falco-bench.\n")},
			map[string]string{pre: "absent", fine: "absent", "data.datasets": ""}},
		{"data that users might tune on", own,
			[]audit.Document{ownCard("# Falco\n## Fine-tuning\nTo fine-tune the model on your own data, see https://huggingface.co/datasets/somebody/demo-data.\n")},
			map[string]string{pre: "absent", fine: "absent"}},
		{"a hidden template", own,
			[]audit.Document{ownCard("# Falco\n<!-- Link the training data here, e.g. https://huggingface.co/datasets/acme/falco-corpus -->\nA model.\n")},
			map[string]string{pre: "absent", fine: "absent", "data.datasets": ""}},
		{"the base's page speaks for pre-training", tuned, []audit.Document{card("# Falco\nA model.\n"),
			baseCard("# Condor\nCondor was trained on the SeedPile dataset.\n")},
			map[string]string{pre: "listed", fine: "absent"}},
		{"the base's page says nothing", tuned, []audit.Document{card("# Falco\nA model.\n"),
			baseCard("# Condor\nA model.\n")},
			map[string]string{pre: "absent", fine: "absent"}},
		{"the base's page was refused", tuned, []audit.Document{card("# Falco\nA model.\n"),
			lost(audit.DocModelCard, audit.RoleBase, base, audit.Refused)},
			map[string]string{pre: "refused", fine: "absent"}},
		{"the card was refused", own, []audit.Document{lost(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
			audit.Refused)},
			map[string]string{pre: "refused", fine: "refused"}},
		{"the card failed", own, []audit.Document{lost(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
			audit.Failed)},
			map[string]string{pre: "not_fetched", fine: "not_fetched"}},
	})
}

// TestDataQuotes: a named data set is quoted by its own name.
func TestDataQuotes(t *testing.T) {
	d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B",
		"---\ndatasets: [acme/one]\n---\n# Falco\n## Training data\nTrained on [two](https://huggingface.co/datasets/acme/two) and https://huggingface.co/datasets/other/three.\n")
	var names []string
	for _, o := range alone(dataTheme, newInput(model("acme/Falco-7B", ""), []audit.Document{d})) {
		if o.Fact == "data.datasets" {
			if o.Quote != o.Value {
				t.Errorf("%q is quoted as %q", o.Value, o.Quote)
			}
			names = append(names, o.Value)
		}
	}
	if got := strings.Join(names, " "); !strings.Contains(got, "acme/one") || !strings.Contains(got, "acme/two") ||
		!strings.Contains(got, "other/three") {
		t.Errorf("data sets %q", got)
	}
}

func TestDocsFindings(t *testing.T) {
	const end, base = "acme/Falco-7B", "rival/Condor-13B"
	s := model(end, "")
	card := func(text string) audit.Document { return pageOf(audit.DocModelCard, audit.RoleEnd, end, text) }
	readme := func(text string) audit.Document { return pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", text) }
	const hw, arch, scope, code = "docs.hardware", "docs.architecture", "docs.hardware.scope", "code.documentation"
	runCases(t, docs, []factCase{
		{"hardware with amounts", s,
			[]audit.Document{card("# Falco\nFalco was trained on 64 A100 GPUs for two weeks.\n")},
			map[string]string{hw: "detailed", scope: "own", arch: "absent"}},
		{"hardware by name only", s,
			[]audit.Document{card("# Falco\nFalco was trained on GPUs of a public supercomputer.\n")},
			map[string]string{hw: "mentioned", scope: "own"}},
		{"what users need to run it", s,
			[]audit.Document{card("# Falco\n## Requirements\nInference needs a GPU with 24 GB, such as an A100.\n")},
			map[string]string{hw: "absent"}},
		{"what users need to tune it", s,
			[]audit.Document{card("# Falco\nYou can fine-tune it on a single A100 GPU.\n")},
			map[string]string{hw: "absent"}},
		{"how fast it answers", s,
			[]audit.Document{card("# Falco\nIts throughput is 90 tokens per second on an H100 GPU.\n")},
			map[string]string{hw: "absent"}},
		{"a base's hardware", model(end, base), []audit.Document{card("# Falco\nA model.\n"),
			pageOf(audit.DocModelCard, audit.RoleBase, base, "# Condor\nCondor was trained on 64 A100 GPUs.\n")},
			map[string]string{hw: "detailed", scope: "base"}},
		{"architecture with sizes", s,
			[]audit.Document{card("# Falco\nFalco is a decoder with 32 layers and a hidden size of 4096.\n")},
			map[string]string{arch: "detailed"}},
		{"architecture by name", s, []audit.Document{card("# Falco\nFalco is a decoder-only transformer.\n")},
			map[string]string{arch: "mentioned"}},
		{"nothing", s, []audit.Document{card("# Falco\nA model.\n")},
			map[string]string{hw: "absent", arch: "absent", code: "absent"}},
		{"a card that failed", s, []audit.Document{lost(audit.DocModelCard, audit.RoleEnd, end, audit.Failed)},
			map[string]string{hw: "not_fetched", arch: "not_fetched", code: "not_fetched"}},
		{"a card that was refused", s, []audit.Document{lost(audit.DocModelCard, audit.RoleEnd, end, audit.Refused)},
			map[string]string{hw: "refused", arch: "refused", code: "refused"}},
		{"one command", s, []audit.Document{readme("# Falco\n## Training\n```\npython train.py\n```\n")},
			map[string]string{code: "sparse"}},
		{"four steps", s, []audit.Document{readme("# Falco\n## Prepare the data\n```\npython prepare_data.py\n```\n## Pretraining\n```\nbash pretrain.sh\n```\n## Fine-tuning\n```\npython sft.py\n```\n## Preference\n```\npython dpo.py\n```\n")},
			map[string]string{code: "thorough"}},
		{"inference only", s, []audit.Document{readme("# Falco\n## Inference\n```\npip install falco\npython generate_text.py\n```\n")},
			map[string]string{code: "absent"}},
		{"commands of another project's repository", s, []audit.Document{pageOf(audit.DocReadme, audit.RoleCode,
			"rival/condor", "# Condor\n## Training\n```\npython train.py\n```\n"), card("# Falco\nA model.\n")},
			map[string]string{code: "absent"}},
	})
}

func TestCardFindings(t *testing.T) {
	const end = "acme/Falco-7B-Chat"
	s := model(end, "")
	card := func(text string) audit.Document { return pageOf(audit.DocModelCard, audit.RoleEnd, end, text) }
	gone := lost(audit.DocModelCard, audit.RoleEnd, end, audit.Absent)
	gone.Status = 404
	const published, substance, sections = "card.published", "card.substance", "card.sections"
	runCases(t, cards, []factCase{
		{"a full card", s, []audit.Document{card(cardOfAll)},
			map[string]string{published: "true", substance: "full"}},
		{"some sections", s, []audit.Document{card(cardDetails + cardData +
			"## Uses\nIt is intended for research on dialogue in English.\n\n## Limitations\nThe model may give biased or harmful answers at times.\n")},
			map[string]string{published: "true", substance: "partial",
				sections: "details limitations training data uses"}},
		{"a sentence", s, []audit.Document{card("# Falco\nThis is the page of our newest and largest offering so far.\n")},
			map[string]string{published: "true", substance: "minimal"}},
		{"front matter alone", s, []audit.Document{card("---\nlicense: mit\n---\n")},
			map[string]string{published: "absent", substance: "absent"}},
		{"a template that nobody filled in", s,
			[]audit.Document{card("# Model Card for Falco\n<!-- Provide a quick summary of what the model is/does. -->\n## Uses\n[More Information Needed]\n## Bias, Risks, and Limitations\n[More Information Needed]\n## Training Details\n[More Information Needed]\n## Evaluation\n[More Information Needed]\n")},
			map[string]string{published: "true", substance: "minimal", sections: ""}},
		{"headings without text", s,
			[]audit.Document{card("# Falco\n## Uses\n## Limitations\n## Evaluation\n## Training data\n## Training procedure\n## Citation\n")},
			map[string]string{substance: "minimal", sections: ""}},
		{"no card", s, []audit.Document{gone}, map[string]string{published: "absent", substance: "absent"}},
		{"a card that was refused", s, []audit.Document{lost(audit.DocModelCard, audit.RoleEnd, end, audit.Refused)},
			map[string]string{published: "refused", substance: "refused"}},
		{"a hub that failed", s, []audit.Document{lost(audit.DocModelAPI, audit.RoleEnd, end, audit.Failed)},
			map[string]string{published: "not_fetched", substance: "not_fetched"}},
		{"a card of the base is none of the model's", model(end, "rival/Condor-13B"),
			[]audit.Document{gone, pageOf(audit.DocModelCard, audit.RoleBase, "rival/Condor-13B", cardOfAll)},
			map[string]string{published: "absent"}},
		{"a card in the repository", s, []audit.Document{gone, inRepository(audit.DocReadme, "acme/falco", "README.md",
			"# Falco\n"), inRepository(audit.DocProse, "acme/falco", "MODEL_CARD.md", cardOfAll)},
			map[string]string{published: "true", substance: "full"}},
	})
}

func TestDatasheetFindings(t *testing.T) {
	const end = "acme/Falco-7B-Chat"
	s := model(end, "")
	card := pageOf(audit.DocModelCard, audit.RoleEnd, end, "# Falco\nA model.\n")
	const sheet = "# Datasheet\n## Motivation\nIt was created for research.\n## Composition\nThe number of tokens is 2T.\n## Collection\nText was collected by a crawl.\n" +
		"## Preprocessing\nWe filtered the text.\n## Uses\nIt should not be used for other ends.\n## Distribution\nIt is distributed freely.\n## Maintenance\nContact the authors.\n"
	const published, coverage = "datasheet.published", "datasheet.coverage"
	named := pageOf(audit.DocModelCard, audit.RoleEnd, end,
		"---\ndatasets: [acme/falco-tune]\n---\n# Falco\nA model.\n")
	runCases(t, datasheets, []factCase{
		{"a data sheet of all sections", s, []audit.Document{card, pageOf(audit.DocDataCard, audit.RoleData,
			"acme/falco-tune", sheet)},
			map[string]string{published: "true", coverage: "1.00"}},
		{"a data sheet in the repository", s, []audit.Document{card, inRepository(audit.DocReadme, "acme/falco",
			"README.md", "# Falco\n"), inRepository(audit.DocProse, "acme/falco", "data/DATASHEET.md",
			"# Data of Falco\n"+sheet)},
			map[string]string{published: "true"}},
		{"a data card of a word", s, []audit.Document{card, pageOf(audit.DocDataCard, audit.RoleData, "acme/falco-tune",
			"# Falco Tune\nText.\n")},
			map[string]string{published: "absent", coverage: "absent"}},
		{"none is named", s, []audit.Document{card}, map[string]string{published: "absent", coverage: "absent"}},
		{"a data set is named whose card was not looked at", s, []audit.Document{named},
			map[string]string{published: "not_fetched", coverage: "not_fetched"}},
		{"a data card that was refused", s, []audit.Document{named, lost(audit.DocDataCard, audit.RoleData,
			"acme/falco-tune", audit.Refused)},
			map[string]string{published: "refused", coverage: "refused"}},
		{"a sheet about evaluation data", s, []audit.Document{card, inRepository(audit.DocReadme, "acme/falco",
			"README.md", "# Falco\n"), inRepository(audit.DocProse, "acme/falco", "DATASHEET.md",
			"# Benchmark of Falco\nThis benchmark evaluates answers.\n"+sheet)},
			map[string]string{published: "absent"}},
		{"the card failed", s, []audit.Document{lost(audit.DocModelCard, audit.RoleEnd, end, audit.Failed)},
			map[string]string{published: "not_fetched"}},
	})
}

func TestPaperFindings(t *testing.T) {
	const end, base = "acme/Falco-7B", "rival/Condor-13B"
	s := model(end, "")
	card := func(text string) audit.Document { return pageOf(audit.DocModelCard, audit.RoleEnd, end, text) }
	const pre, scope, reviewed, venue = "paper.preprint", "paper.preprint.scope", "paper.reviewed", "paper.venue"
	runCases(t, papersTheme, []factCase{
		{"a citation of an archive", s,
			[]audit.Document{card("# Falco\n```\n@article{falco2024, title={Falco: a Model}, journal={arXiv preprint arXiv:2401.00001}, year={2024}}\n```\n")},
			map[string]string{pre: "archived", scope: "own", reviewed: "absent"}},
		{"a citation of a venue", s,
			[]audit.Document{card("# Falco\n```\n@inproceedings{falco2024, title={Falco: a Model}, booktitle={Proceedings of ICLR}, year={2024}}\n```\n")},
			map[string]string{reviewed: "true", venue: "Proceedings of ICLR"}},
		{"a citation of others' work beside the own", s,
			[]audit.Document{card("# Falco\n```\n@article{falco2024, title={Falco: a Model}, journal={arXiv preprint arXiv:2401.00001}}\n@inproceedings{other2023, title={Something else}, booktitle={Proceedings of ICLR}}\n```\n")},
			map[string]string{pre: "archived", scope: "own", reviewed: "absent", venue: ""}},
		{"a link in the head", s, []audit.Document{card("# Falco\n[Paper](https://arxiv.org/abs/2401.00001)\n")},
			map[string]string{pre: "archived", scope: "own"}},
		{"a link by reference", s,
			[]audit.Document{card("# Falco\nRead the [paper][1].\n\n[1]: https://arxiv.org/abs/2401.00001\n")},
			map[string]string{pre: "archived", scope: "own"}},
		{"a report of its own", s,
			[]audit.Document{card("# Falco\n[Technical report](https://acme.example/falco.pdf)\n")},
			map[string]string{pre: "report", scope: "own"}},
		{"a paper that is promised", s, []audit.Document{card("# Falco\nOur paper will be released soon.\n")},
			map[string]string{pre: "absent", reviewed: "absent"}},
		{"papers of related work", s,
			[]audit.Document{card("# Falco\nA model.\n\n## Acknowledgements\nThanks to [this paper](https://arxiv.org/abs/2305.00002).\n")},
			map[string]string{pre: "absent", reviewed: "absent"}},
		{"nothing", s, []audit.Document{card("# Falco\nA model.\n")}, map[string]string{pre: "absent",
			reviewed: "absent"}},
		{"a card that was refused", s, []audit.Document{lost(audit.DocModelCard, audit.RoleEnd, end, audit.Refused)},
			map[string]string{pre: "refused", reviewed: "refused"}},
		{"a base's paper", model(end, base), []audit.Document{card("# Falco\nA model.\n"),
			pageOf(audit.DocModelCard, audit.RoleBase, base, "# Condor\n[Paper](https://arxiv.org/abs/2301.00001)\n")},
			map[string]string{pre: "archived", scope: "base"}},
	})
}

// TestOtherFindings: promises, denials and what serves only to run a model, for
// the themes whose plain cases stand in their own files.
func TestOtherFindings(t *testing.T) {
	const end = "acme/Falco-7B"
	s := model(end, "")
	readme := func(text string) audit.Document { return pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", text) }
	card := func(text string) audit.Document { return pageOf(audit.DocModelCard, audit.RoleEnd, end, text) }
	const entry, fine, run, pack, api = "code.training.entry", "code.training.finetuning", "code.inference",
		"access.package", "access.api"
	t.Run("code", func(t *testing.T) {
		runCases(t, codeTheme, []factCase{
			{"inference only", s, []audit.Document{tree("acme/falco", "README.md", "generate.py", "app.py"),
				readme("# Falco\nInference code for Falco.\n")},
				map[string]string{run: "true", entry: "absent", fine: "absent", "code.training.pretraining": "absent"}},
			{"released soon", s, []audit.Document{tree("acme/falco", "README.md"),
				readme("# Falco\nThe training code will be released soon.\n")},
				map[string]string{entry: "absent"}},
			{"planned", s, []audit.Document{readme("# Falco\nWe plan to release the fine-tuning scripts.\n")},
				map[string]string{fine: ""}},
			{"an answer without a tree", s, []audit.Document{pageOf(audit.DocTree, audit.RoleCode, "acme/falco",
				`{"message":"Server Error"}`)}, map[string]string{run: "unreadable"}},
			{"symbolic links and submodules", s, []audit.Document{pageOf(audit.DocTree, audit.RoleCode, "acme/falco",
				`{"tree":[{"path":"train.py","mode":"120000","type":"blob"},{"path":"generate.py","mode":"100644","type":"blob"},{"mode":"160000","path":"sft/train.py","type":"commit"}]}`)},
				map[string]string{entry: "absent", fine: "absent", run: "true"}},
			{"a tree that failed", s, []audit.Document{lost(audit.DocTree, audit.RoleCode, "acme/falco", audit.Failed),
				card("# Falco\n")}, map[string]string{entry: "not_fetched"}},
			{"a card that names no repository", s, []audit.Document{card("# Falco\nA model.\n")},
				map[string]string{entry: "absent", "code.repository": "absent"}},
			{"a card that was refused", s, []audit.Document{lost(audit.DocModelCard, audit.RoleEnd, end,
				audit.Refused)}, map[string]string{entry: "refused"}},
		})
	})
	t.Run("access", func(t *testing.T) {
		runCases(t, access, []factCase{
			{"a version in an index", s, []audit.Document{readme("https://pypi.org/project/falco-speech\n")},
				map[string]string{pack: "packaged"}},
			{"a server that comes with it", s, []audit.Document{readme("# Falco\n"),
				tree("acme/falco", "openai_api.py")}, map[string]string{api: "open"}},
			{"a server of the evaluation", s, []audit.Document{readme("# Falco\n"), tree("acme/falco", "eval/api.py",
				"tests/api.py")}, map[string]string{api: "absent"}},
			{"a price", s, []audit.Document{readme("Our API costs little: see pricing per million tokens, API pricing here.\n")}, map[string]string{api: "restricted"}},
			{"a README that was refused", s, []audit.Document{lost(audit.DocReadme, audit.RoleCode, "acme/falco",
				audit.Refused)}, map[string]string{pack: "refused", api: "refused"}},
		})
	})
	t.Run("licences", func(t *testing.T) {
		runCases(t, licencesTheme, []factCase{
			{"no licence", s, []audit.Document{card("# Falco\nA model.\n")},
				map[string]string{"license.weights.id": "absent", "license.weights.openness": "absent"}},
			{"a tag that is empty", s, []audit.Document{card("---\nlicense: unknown\n---\n# Falco\n")},
				map[string]string{"license.weights.id": "absent"}},
			{"two tags", s, []audit.Document{card("---\nlicense: [mit, cc-by-nc-4.0]\n---\n")},
				map[string]string{"license.weights.id": "MIT AND CC-BY-NC-4.0",
					"license.weights.openness": "noncommercial"}},
			{"a tag beside a word for none", s, []audit.Document{card("---\nlicense: [mit, other]\n---\n")},
				map[string]string{"license.weights.id": "unreadable", "license.weights.openness": "unreadable"}},
			{"the base's licence is not the model's", model(end, "rival/Condor-13B"),
				[]audit.Document{card("# Falco\n"), pageOf(audit.DocModelCard, audit.RoleBase, "rival/Condor-13B",
					"---\nlicense: mit\n---\n")},
				map[string]string{"license.weights.id": "absent", "license.base.id": "MIT"}},
			{"a card that was refused", s, []audit.Document{lost(audit.DocModelCard, audit.RoleEnd, end,
				audit.Refused)}, map[string]string{"license.weights.id": "refused"}},
		})
	})
	t.Run("vendor", func(t *testing.T) {
		said := func(text string) []audit.Document {
			return []audit.Document{vendorDocument("<html><body><p>"+text+"</p></body></html>", audit.Fetched)}
		}
		service := audit.Subject{ID: "catalogue:x"}
		runCases(t, vendor, []factCase{
			{"no API", service, said("X is not available through an API; there is no API key."),
				map[string]string{"access.api": "absent"}},
			{"data of users", service, said("We do not train on your data."),
				map[string]string{"data.pretraining.disclosure": "absent"}},
			{"kinds of data", service, said("X was trained on publicly available data and licensed text."),
				map[string]string{"data.pretraining.disclosure": "described", "data.finetuning.disclosure": "absent"}},
			{"hardware", service, said("X was trained on TPUs."), map[string]string{"docs.hardware": "mentioned"}},
			{"a page that is gone says nothing of what it said", service,
				[]audit.Document{vendorDocument("", audit.Absent)},
				map[string]string{"weights.end.published": "unreadable"}},
		})
	})
}

// TestBrokenSources: what was served and cannot be read is no absence.
func TestBrokenSources(t *testing.T) {
	const end = "acme/Falco-7B"
	s := model(end, "")
	cut := tree("acme/falco", "README.md")
	cut.Body = []byte(strings.Replace(string(cut.Body), `"truncated":false`, `"truncated":true`, 1))
	part := tree("acme/falco", "README.md")
	part.Partial = true
	readme := pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\nFalco is here.\n")
	broken := pageOf(audit.DocModelCard, audit.RoleEnd, end,
		"---\nlicense: [mit\ndatasets: x\n---\n# Falco\nA model of language.\n")
	for _, c := range []struct {
		name  string
		docs  []audit.Document
		facts []string
		want  audit.Finding
	}{
		{"a tree that GitHub cut", []audit.Document{cut, readme}, []string{"code.training.entry",
			"code.data_processing", "access.api", "access.package"}, audit.NotFetched},
		{"a tree that was captured in part", []audit.Document{part, readme}, []string{"code.training.entry",
			"access.api"}, audit.NotFetched},
		{"an answer without a tree", []audit.Document{pageOf(audit.DocTree, audit.RoleCode, "acme/falco", `{}`),
			readme}, []string{"code.training.entry", "access.api"}, audit.Unreadable},
		{"front matter that is no YAML", []audit.Document{broken}, []string{"license.weights.id",
			"license.weights.openness", "data.finetuning.disclosure", "data.pretraining.disclosure"}, audit.Unreadable},
		{"a hub answer that is no JSON", []audit.Document{pageOf(audit.DocModelAPI, audit.RoleEnd, end, "<html>")},
			[]string{"weights.end.published", "weights.end.gate"}, audit.Unreadable},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := All(s, c.docs)
			for _, fact := range c.facts {
				if got := findings(all, fact); !slices.Contains(got, c.want) {
					t.Errorf("%s: %v, want %s among them", fact, got, c.want)
				}
			}
		})
	}
}
