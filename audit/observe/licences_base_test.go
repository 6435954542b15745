package observe

import (
	"testing"

	"openness/audit"
	"openness/audit/observe/licences"
)

// TestWithinBase: what a model was made from limits what it can be offered under,
// however the card tells of it.
func TestWithinBase(t *testing.T) {
	const kin, own = "nest/Emu-7B", "acme/Falco-7B"
	subject := model(tuned, ground)
	ours, grown := model(tuned, own), model(tuned, own)
	grown.Places = append(grown.Places, audit.Place{Kind: audit.HubModel, Role: audit.RoleBase, ID: ground})
	merged := model(tuned, ground)
	merged.Places = append(merged.Places, audit.Place{Kind: audit.HubModel, Role: audit.RoleBase, ID: kin})
	stated, inferred := model(tuned, ""), model(tuned, "")
	stated.Places = append(stated.Places, audit.Place{Kind: audit.HubModel, Role: audit.RoleBase, ID: kin,
		Reason: "The recipe on the card of \"" + tuned + "\" merges it."})
	inferred.Places = append(inferred.Places, audit.Place{Kind: audit.HubModel, Role: audit.RoleBase, ID: kin,
		Reason: "It is linked beside \"" + tuned + "\" and " + audit.AlikeByName + "."})
	card := func(lines, prose string) audit.Document { return front(audit.RoleEnd, tuned, lines, prose) }
	base := func(id, lines string) audit.Document { return front(audit.RoleBase, id, lines, "") }
	const table = "| Model | Base model |\n|---|---|\n| Falco-7B-Chat | [Condor-13B](https://huggingface.co/rival/Condor-13B) |\n"
	runCases(t, func(in *input) []audit.Observation {
		in.Look()
		found := licences.Read(in.licences)
		return append(found, licences.Terms(found)...)
	}, []factCase{
		{"a declared base that excludes commerce", subject,
			[]audit.Document{card("license: apache-2.0\nbase_model: "+ground, ""),
				base(ground, "license: cc-by-nc-4.0")},
			map[string]string{"license.weights.openness": "noncommercial", "license.weights.id": "unreadable",
				"license.weights.commercial_use": "no", "license.conflicts": "claims_more"}},
		{"a base with a threshold, named in prose", subject,
			[]audit.Document{card("license: mit", "The backbone is a Condor-13B transformer that we trained further."),
				base(ground, "license: llama3.2")},
			map[string]string{"license.weights.openness": "restricted", "license.weights.commercial_use": "conditional",
				"license.weights.use_restrictions": "true"}},
		{"a table of bases, and a licence of the past", subject,
			[]audit.Document{card("license: mit",
				table+"\n## License\nThe model weights are under the MIT License.\n- Falco-7B-Chat is derived from Condor-13B and is originally licensed under the llama3.1 license."), base(ground, "license: llama3.1")},
			map[string]string{"license.weights.openness": "restricted"}},
		{"the second parent of a merge", merged,
			[]audit.Document{card("license: apache-2.0\nbase_model:\n- "+ground+"\n- "+kin, ""),
				base(ground, "license: mit"), base(kin, "license: cc-by-nc-4.0")},
			map[string]string{"license.weights.openness": "noncommercial", "license.conflicts": "claims_more"}},
		{"a base with a threshold", subject,
			[]audit.Document{card("license: mit\nbase_model: "+ground, ""), base(ground, "license: llama3.1")},
			map[string]string{"license.weights.commercial_use": "conditional", "license.weights.modification": "yes",
				"license.weights.redistribution": "conditional", "license.weights.user_threshold": "700000000"}},
		{"two parents with different thresholds", merged,
			[]audit.Document{card("license: mit\nbase_model:\n- "+ground+"\n- "+kin, ""),
				base(ground, "license: llama3.1"), base(kin, "license: stabilityai-ai-community")},
			map[string]string{"license.weights.commercial_use": "conditional",
				"license.weights.user_threshold": "unreadable"}},
		{"a parent that limits beside one that nobody knows", merged,
			[]audit.Document{card("license: mit\nbase_model:\n- "+ground+"\n- "+kin, ""),
				base(ground, "license: llama3.1"), base(kin, "license: other")},
			map[string]string{"license.weights.openness": "restricted", "license.weights.use_restrictions": "true",
				"license.weights.commercial_use": "unreadable", "license.weights.user_threshold": "unreadable"}},
		{"a parent that excludes commerce beside one that nobody knows", merged,
			[]audit.Document{card("license: mit\nbase_model:\n- "+ground+"\n- "+kin, ""),
				base(ground, "license: cc-by-nc-4.0"), base(kin, "license: other")},
			map[string]string{"license.weights.openness": "unreadable", "license.weights.commercial_use": "no"}},
		{"a parent that only a recipe names", stated, []audit.Document{card("license: apache-2.0", ""),
			base(kin, "license: cc-by-nc-4.0")},
			map[string]string{"license.weights.openness": "noncommercial", "license.conflicts": "claims_more"}},
		{"a base that was inferred from names", inferred, []audit.Document{card("license: apache-2.0", ""),
			base(kin, "license: cc-by-nc-4.0")},
			map[string]string{"license.weights.openness": "unreadable"}},
		{"the name of a version of a family whose licence limits", model("roost/Falco-Llama-3-8B", ""),
			[]audit.Document{front(audit.RoleEnd, "roost/Falco-Llama-3-8B", "license: mit", "")},
			map[string]string{"license.weights.openness": "unreadable"}},
		{"a size that is no version of it", model("roost/falco_llama_3b", ""),
			[]audit.Document{front(audit.RoleEnd, "roost/falco_llama_3b", "license: mit", "")},
			map[string]string{"license.weights.openness": "open"}},
		{"a base whose page limits it in words", subject,
			[]audit.Document{card("license: apache-2.0\nbase_model: "+ground, ""), front(audit.RoleBase, ground,
				"license: apache-2.0", "The weights are for teaching only and must not be used commercially.")},
			map[string]string{"license.weights.commercial_use": "no", "license.weights.id": "unreadable"}},
		{"a base with a limit of users in words", subject,
			[]audit.Document{card("license: mit\nbase_model: "+ground, ""), front(audit.RoleBase, ground,
				"license: apache-2.0", "Companies with more than 2 million users need a licence from us.")},
			map[string]string{"license.weights.commercial_use": "conditional"}},
		{"a base under terms that nobody knows", subject,
			[]audit.Document{card("license: mit\nbase_model: "+ground, ""), base(ground, "license: other")},
			map[string]string{"license.weights.openness": "unreadable"}},
		{"a base without a licence", subject,
			[]audit.Document{card("license: mit\nbase_model: "+ground, ""), base(ground, "language: en")},
			map[string]string{"license.weights.openness": "unreadable"}},
		{"the makers' own base under a limit", ours,
			[]audit.Document{card("license: mit\nbase_model: "+own, ""), base(own, "license: cc-by-nc-4.0")},
			map[string]string{"license.weights.openness": "open", "license.weights.id": "MIT"}},
		{"the makers' own base under terms that nobody knows", ours,
			[]audit.Document{card("license: mit\nbase_model: "+own, ""), base(own, "license: other")},
			map[string]string{"license.weights.openness": "open", "license.weights.id": "MIT"}},
		{"another's model below the makers' own base", grown,
			[]audit.Document{card("license: mit\nbase_model: "+own, ""), base(own, "license: mit\nbase_model: "+ground),
				base(ground, "license: cc-by-nc-4.0")},
			map[string]string{"license.weights.openness": "noncommercial"}},
		{"a limit in words beside a licence that has others", subject,
			[]audit.Document{card("license: openrail\nbase_model: "+ground, ""), front(audit.RoleBase, ground,
				"license: openrail", "The weights are for teaching only and must not be used commercially.")},
			map[string]string{"license.lineage": ground + " " + licences.Unknown}},
		{"a limit in words that the licence has anyway", subject,
			[]audit.Document{card("license: cc-by-nc-4.0\nbase_model: "+ground, ""), front(audit.RoleBase, ground,
				"license: cc-by-nc-4.0", "The weights must not be used commercially.")},
			map[string]string{"license.lineage": ground + " CC-BY-NC-4.0"}},
		{"a base that contradicts itself on its code alone", subject,
			[]audit.Document{card("license: mit\nbase_model: "+ground, ""), front(audit.RoleBase, ground,
				"license: apache-2.0", "The weights are released under Apache-2.0. The code is released under the MIT "+
					"License.\n\nThe code must not be used commercially.")},
			map[string]string{"license.weights.openness": "open", "license.weights.id": "MIT"}},
		{"an open base", subject, []audit.Document{card("license: mit\nbase_model: "+ground, ""),
			base(ground, "license: apache-2.0")},
			map[string]string{"license.weights.openness": "open", "license.weights.id": "MIT"}},
		{"a base that nobody declared", subject, []audit.Document{card("license: mit", "It is better than Condor-13B."),
			base(ground, "license: cc-by-nc-4.0")},
			map[string]string{"license.weights.openness": "open"}},
		{"a family whose licence limits, of which no page was read", model(tuned, ""),
			[]audit.Document{card("license: apache-2.0", "We fine-tuned it from Llama 3.2 1B on chats.")},
			map[string]string{"license.weights.openness": "unreadable",
				"license.weights.commercial_use": "unreadable"}},
		{"a family that is tuned, as the object of the sentence", model(tuned, ""),
			[]audit.Document{card("license: apache-2.0", "It was trained by fine-tuning LLaMA on shared chats.")},
			map[string]string{"license.weights.openness": "unreadable"}},
		{"such a family in a comparison", model(tuned, ""),
			[]audit.Document{card("license: apache-2.0",
				"It outperforms Llama 3.2 1B, and was trained on more chats.")},
			map[string]string{"license.weights.openness": "open"}},
		{"another's terms below the heading for the licence", model(tuned, ""),
			[]audit.Document{card("license: apache-2.0",
				"## ライセンス\n本モデルは「Gemma」モデルの派生物です。ご利用にあたっては、Gemma Terms of Use を遵守してください。")},
			map[string]string{"license.weights.openness": "restricted", "license.conflicts": "prose"}},
		{"the notice that a licence prescribes", model(tuned, ""),
			[]audit.Document{card("language: en",
				"## License\nLlama 2 is licensed under the LLAMA 2 Community License, Copyright (c) Meta Platforms, Inc. All Rights Reserved.")},
			map[string]string{"license.weights.openness": "restricted",
				"license.weights.id": "LicenseRef-llama-2-community"}},
		{"another model's licence below such a heading", model(tuned, ""),
			[]audit.Document{card("license: apache-2.0",
				"## License\nApache-2.0. Unlike ours, Condor-13B is licensed under CC BY-NC 4.0.")},
			map[string]string{"license.weights.openness": "open"}},
	})
}
