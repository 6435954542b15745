package observe

import (
	"testing"

	"openness/audit"
	"openness/audit/observe/licences"
)

// TestVerdict: the strictest statement on the weights wins, wherever it stands,
// and what was not read leaves an open tag undetermined. Each case is of a kind
// that was reported by people who clear models for their companies.
func TestVerdict(t *testing.T) {
	apache := apacheText(t)
	const repository = "acme/falco"
	s := model(tuned, "")
	alone := audit.Subject{ID: "github:" + repository,
		Places: []audit.Place{{Kind: audit.GitHubRepo, Role: audit.RoleCode, ID: repository}}}
	card := func(lines, prose string) audit.Document { return front(audit.RoleEnd, tuned, lines, prose) }
	readme := func(prose string) audit.Document {
		return pageOf(audit.DocReadme, audit.RoleCode, repository, "# Falco\n\nPretrained models are in `models/`.\n\n"+
			prose+"\n")
	}
	file := func(path, text string) audit.Document {
		return legal(audit.GitHubRepo, audit.RoleCode, repository, path, text)
	}
	hubFile := func(path, text string) audit.Document { return legal(audit.HubModel, audit.RoleEnd, tuned, path, text) }
	refused := func(d audit.Document) audit.Document {
		d.Outcome, d.Body, d.Detail = audit.Refused, nil, "401"
		return d
	}
	const note = "Copyright 2024 Example Lab\n\nThe weights in this folder may be used for academic research only. Any commercial use requires a separate written agreement with the authors.\n"
	runCases(t, func(in *input) []audit.Observation {
		found := licences.Read(in.licences)
		return append(found, licences.Terms(found)...)
	}, []factCase{
		{"weights under terms of their own, beside code under a licence", alone,
			[]audit.Document{readme("## License\nThis repository is licensed under the Apache-2.0 License. The use of the Falco model weights is subject to the [Model License](MODEL_LICENSE)."), file("LICENSE", apache), refused(file("MODEL_LICENSE", "x"))},
			map[string]string{"license.weights.openness": "refused unreadable",
				"license.weights.commercial_use": "refused unreadable", "license.code.id": "Apache-2.0"}},
		{"the same in Chinese, on the hub", s,
			[]audit.Document{card("license: apache-2.0",
				"本仓库的代码依照 Apache-2.0 协议开源，Falco 模型的权重的使用则需要遵循 Model License。")},
			map[string]string{"license.weights.openness": "unreadable"}},
		{"terms of their own that were read", s,
			[]audit.Document{card("license: apache-2.0", "Use of the model is subject to the Model License."),
				hubFile("MODEL_LICENSE", apache)},
			map[string]string{"license.weights.openness": "open", "license.weights.id": "Apache-2.0"}},
		{"prose of a licence against the tag", s,
			[]audit.Document{card("license: apache-2.0", "The pre-trained model is licensed under CC-BY-NC 4.0.")},
			map[string]string{"license.weights.openness": "noncommercial", "license.weights.commercial_use": "no",
				"license.conflicts": "prose"}},
		{"research only", s,
			[]audit.Document{card("license: apache-2.0",
				"The data, code, and checkpoint are licensed for research use only.")},
			map[string]string{"license.weights.openness": "restricted", "license.weights.commercial_use": "no",
				"license.weights.id": "unreadable", "license.conflicts": "prose"}},
		{"what the makers meant it for", s,
			[]audit.Document{card("license: mit", "This model is meant for research purposes only.")},
			map[string]string{"license.weights.openness": "unreadable", "license.weights.id": "unreadable",
				"license.conflicts": "absent"}},
		{"what they meant it for, beside a licence with limits", s,
			[]audit.Document{card("license: creativeml-openrail-m", "The model should only be used for research.")},
			map[string]string{"license.weights.openness": "restricted", "license.conflicts": "absent",
				"license.weights.id": "LicenseRef-creativeml-openrail-m", "license.weights.commercial_use": "unreadable"}},
		{"research and no commerce, in capitals", s,
			[]audit.Document{card("language: en", "The model is intended for RESEARCH/NON-COMMERCIAL USE ONLY.")},
			map[string]string{"license.weights.openness": "restricted", "license.weights.commercial_use": "no"}},
		{"a form to sign", s, []audit.Document{card("license: agpl-3.0",
			"If you wish to use our models for commercial purpose or public serving, please sign this form.")},
			map[string]string{"license.weights.openness": "restricted",
				"license.weights.commercial_use": "conditional"}},
		{"conditions on commerce", s,
			[]audit.Document{card("license: apache-2.0",
				"If you use or distribute this model for commercial purposes, you must comply with the following conditions:")},
			map[string]string{"license.weights.openness": "restricted",
				"license.weights.commercial_use": "conditional"}},
		{"no hosting", s, []audit.Document{card("license: openrail",
			"You are not allowed to host, finetune, or do inference with the model on websites.")},
			map[string]string{"license.weights.openness": "restricted", "license.weights.use_restrictions": "true"}},
		{"a list of what is crossed out", s,
			[]audit.Document{card("license: mit", "- ✅ 本モデルで生成した画像を商用利用する行為\n- ❌ 本モデルを商用の画像生成サービスで利用する行為")},
			map[string]string{"license.weights.openness": "restricted",
				"license.weights.commercial_use": "conditional"}},
		{"commercial licences on request", s,
			[]audit.Document{card("license: apache-2.0",
				"For business inquiries and commercial licensing of the model, contact me by mail.")},
			map[string]string{"license.weights.openness": "restricted"}},
		{"commerce without a royalty", s,
			[]audit.Document{card("license: apache-2.0",
				"It is made available under a permissive Apache 2.0 license allowing for commercial use, without any royalties or restrictions.")},
			map[string]string{"license.weights.openness": "open", "license.weights.commercial_use": "yes"}},
		{"a limit in bold print alone", s,
			[]audit.Document{card("license: mit",
				"## License\nMIT\n\n**This model is for research purposes only and restricted from any commercial use**")},
			map[string]string{"license.weights.openness": "restricted", "license.conflicts": "prose"}},
		{"a limit that the licence has anyway", s,
			[]audit.Document{card("license: cc-by-nc-4.0", "The model is for non-commercial use only.")},
			map[string]string{"license.weights.openness": "noncommercial", "license.weights.id": "CC-BY-NC-4.0",
				"license.conflicts": "absent"}},
		{"commercial use on request, in a repository", alone,
			[]audit.Document{readme("## License\nThis repo is under the Apache-2.0 license. For commercial use, please contact the authors."), file("LICENSE", apache)},
			map[string]string{"license.weights.openness": "restricted", "license.weights.commercial_use": "conditional",
				"license.conflicts": "prose"}},
		{"a limit and no licence", s,
			[]audit.Document{card("language: en", "The model is for non-commercial use only.")},
			map[string]string{"license.weights.openness": "noncommercial", "license.weights.id": licences.Unknown,
				"license.weights.commercial_use": "no"}},
		{"a short text of the makers' own", s, []audit.Document{card("license: mit", ""), hubFile("LICENSE", note)},
			map[string]string{"license.weights.openness": "restricted", "license.weights.id": licences.Unknown,
				"license.conflicts": "tag_text", "license.weights.commercial_use": "no"}},
		{"a grant for the code only", alone,
			[]audit.Document{readme("## License\nAll code in this repository is dual-licensed under either:\n\n* MIT License\n* Apache License, Version 2.0\n\nat your option."), file("LICENSE-APACHE", apache), file("LICENSE-MIT", mitText)},
			map[string]string{"license.code.id": "MIT OR Apache-2.0", "license.weights.openness": "unreadable",
				"license.weights.commercial_use": "unreadable", "license.conflicts": ""}},
		{"a grant for the model's code", alone,
			[]audit.Document{readme("## License\nThe model code is licensed under the MIT License."),
				file("LICENSE", mitText)},
			map[string]string{"license.code.id": "MIT", "license.weights.openness": "unreadable"}},
		{"a text that was refused", s, []audit.Document{card("license: apache-2.0", ""),
			refused(hubFile("LICENSE", apache))},
			map[string]string{"license.weights.openness": "refused", "license.weights.commercial_use": "refused"}},
		{"a notice that was refused", s, []audit.Document{card("license: apache-2.0", ""),
			refused(hubFile("NOTICE", apache))},
			map[string]string{"license.weights.openness": "open"}},
		{"the notice that a licence prescribes", s,
			[]audit.Document{card("language: en",
				"## License\nLlama 2 is licensed under the LLAMA 2 Community License, Copyright (c) Meta Platforms, Inc. All Rights Reserved.")},
			map[string]string{"license.weights.id": "LicenseRef-llama-2-community",
				"license.weights.openness": "restricted"}},
		{"a licence of another model", s,
			[]audit.Document{card("license: mit",
				"This project is released under the MIT license, while Wombat2 is licensed under the CC BY-NC 4.0 license.")},
			map[string]string{"license.weights.id": "MIT", "license.weights.openness": "open"}},
		{"a section in Japanese", s,
			[]audit.Document{card("license: apache-2.0", "## ライセンス\nご利用にあたっては、Gemma Terms of Use を遵守してください。")},
			map[string]string{"license.weights.openness": "restricted", "license.conflicts": "prose"}},
		{"a badge against the text", alone,
			[]audit.Document{readme("[![License](https://img.shields.io/badge/License-MIT-blue.svg)](LICENSE)"),
				file("LICENSE", apache)},
			map[string]string{"license.conflicts": "prose"}},
		{"a changed copy", s, []audit.Document{card("license: other",
			"The weights are under a modified version of the Apache 2.0 license, which includes use-based restrictions.")},
			map[string]string{"license.weights.openness": "restricted"}},
	})
}

// TestTags: what a person may write into the field for the licence.
func TestTags(t *testing.T) {
	for tag, want := range map[string]map[string]string{
		`"MIT OR Apache-2.0"`: {"license.weights.id": "MIT OR Apache-2.0",
			"license.weights.openness": "open", "license.weights.commercial_use": "yes",
			"license.weights.osi_approved": "true"},
		`"MIT AND CC-BY-NC-4.0"`: {"license.weights.openness": "noncommercial",
			"license.weights.commercial_use": "no", "license.weights.osi_approved": "false"},
		`"MIT OR CC-BY-NC-4.0"`: {"license.weights.openness": "open",
			"license.weights.commercial_use": "yes"},
		`"(MIT OR Apache-2.0) AND CC-BY-NC-4.0"`: {"license.weights.openness": "noncommercial",
			"license.weights.commercial_use": "no"},
		`"GPL-2.0-only WITH Classpath-exception-2.0"`: {"license.weights.openness": "open"},
		`"cc-by-nc-4.0, apache-2.0"`: {"license.weights.id": "CC-BY-NC-4.0",
			"license.weights.openness": "noncommercial"},
		`"Apache-2.0 (code), CC-BY-NC-4.0 (weights)"`: {"license.weights.id": "CC-BY-NC-4.0",
			"license.code.id": "Apache-2.0"},
		`"code: CC-BY-NC-4.0, model: MIT"`: {"license.weights.id": "MIT",
			"license.code.id": "CC-BY-NC-4.0"},
		`cc`: {"license.weights.id": "unreadable",
			"license.weights.openness": "unreadable", "license.weights.commercial_use": "unreadable"},
		`see LICENSE`: {"license.weights.openness": "unreadable"},
		`other`: {"license.weights.openness": "unreadable",
			"license.weights.commercial_use": "unreadable"},
		`LICENSE.md`: {"license.weights.openness": "unreadable"},
		`non-commercial`: {"license.weights.openness": "noncommercial",
			"license.weights.commercial_use": "no"},
		`research only`: {"license.weights.openness": "restricted",
			"license.weights.commercial_use": "no"},
		"other\nlicense_name: falco-terms": {"license.weights.id": "LicenseRef-falco-terms",
			"license.weights.openness": "restricted"},
		"other\nlicense_name: apache-2.0": {"license.weights.id": "Apache-2.0",
			"license.weights.openness": "open"},
		"other\nlicense_name: other\nlicense_link: LICENSE": {"license.weights.openness": "unreadable"},
	} {
		docs := []audit.Document{front(audit.RoleEnd, tuned, "license: "+tag, "")}
		runCases(t, func(in *input) []audit.Observation {
			found := licences.Read(in.licences)
			return append(found, licences.Terms(found)...)
		}, []factCase{{tag, model(tuned, ""), docs, want}})
	}
}
