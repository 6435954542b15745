package license_test

import (
	"strings"
	"testing"

	"openness/audit/license"
)

func TestNormalize(t *testing.T) {
	for tag, want := range map[string]string{
		"apache-2.0": "Apache-2.0", "Apache License 2.0": "Apache-2.0", "Apache License, Version 2.0": "Apache-2.0",
		"Apache 2": "Apache-2.0", "apache-2": "Apache-2.0",
		"mit": "MIT", "MIT License": "MIT", "The MIT License": "MIT", "gpl-3.0": "GPL-3.0-only",
		"GPLv3": "GPL-3.0-only", "GPL-3.0+": "GPL-3.0-or-later", "GNU General Public License v3.0 only": "GPL-3.0-only",
		"GNU General Public License v3.0": "GPL-3.0-only", "gpl": "GPL-1.0-or-later", "lgpl-2.1": "LGPL-2.1-only",
		"agpl-3.0": "AGPL-3.0-only", "GNU Affero General Public License v3.0": "AGPL-3.0-only",
		"llama2": "LicenseRef-llama-2-community", "llama3": "LicenseRef-llama-3-community",
		"llama3.1": "LicenseRef-llama-3.1-community", "llama3.2": "LicenseRef-llama-3.2-community",
		"llama3.3": "LicenseRef-llama-3.3-community", "llama4": "LicenseRef-llama-4-community",
		"Llama 3 Community License":                "LicenseRef-llama-3-community",
		"Meta Llama 3 Community License Agreement": "LicenseRef-llama-3-community",
		"Llama 3.1 Community License":              "LicenseRef-llama-3.1-community",
		"gemma":                                    "LicenseRef-gemma-terms",
		"Gemma Terms of Use":                       "LicenseRef-gemma-terms",
		"openrail":                                 "LicenseRef-openrail",
		"openrail++":                               "LicenseRef-creativeml-openrail++-m",
		"creativeml-openrail-m":                    "LicenseRef-creativeml-openrail-m",
		"bigscience-openrail-m":                    "LicenseRef-bigscience-openrail-m",
		"bigscience-bloom-rail-1.0":                "LicenseRef-bigscience-bloom-rail-1.0",
		"bigcode-openrail-m":                       "LicenseRef-bigcode-openrail-m-1.0",
		"cc-by-nc-4.0":                             "CC-BY-NC-4.0", "CC BY-NC 4.0": "CC-BY-NC-4.0",
		"CC-BY-NC-SA-4.0": "CC-BY-NC-SA-4.0",
		"Creative Commons Attribution Non Commercial 4.0 International":     "CC-BY-NC-4.0",
		"Creative Commons Attribution-ShareAlike 4.0 International License": "CC-BY-SA-4.0", "cc0-1.0": "CC0-1.0",
		"cc": "LicenseRef-creative-commons", "wtfpl": "WTFPL", "odc-by": "ODC-By-1.0", "odbl": "ODbL-1.0",
		"bsd-3-clause": "BSD-3-Clause", "BSD 3-Clause": "BSD-3-Clause",
		"BSD 3-Clause \"New\" or \"Revised\" License": "BSD-3-Clause", "bsd": "LicenseRef-bsd", "mpl-2.0": "MPL-2.0",
		"Mozilla Public License 2.0": "MPL-2.0", "deepfloyd-if-license": "LicenseRef-deepfloyd-if",
		"bsl-1.0":    "BSL-1.0",
		"apple-amlr": "LicenseRef-apple-amlr", "cdla-permissive-2.0": "CDLA-Permissive-2.0", "etalab-2.0": "etalab-2.0",
		"grok2-community": "LicenseRef-grok-2-xai-community", "unlicense": "Unlicense",
		"LicenseRef-llama-3.1-community":                 "LicenseRef-llama-3.1-community",
		"https://www.apache.org/licenses/LICENSE-2.0":    "Apache-2.0",
		"http://www.apache.org/licenses/LICENSE-2.0.txt": "Apache-2.0", "https://opensource.org/licenses/MIT": "MIT",
		"https://opensource.org/license/mit/": "MIT", "https://creativecommons.org/licenses/by-nc/4.0/": "CC-BY-NC-4.0",
		"https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode":    "CC-BY-NC-SA-4.0",
		"https://creativecommons.org/publicdomain/zero/1.0/":             "CC0-1.0",
		"https://ai.google.dev/gemma/terms":                              "LicenseRef-gemma-terms",
		"https://llama.meta.com/llama3/license/":                         "LicenseRef-llama-3-community",
		"https://www.gnu.org/licenses/gpl-3.0.html":                      "GPL-3.0-only",
		"https://huggingface.co/spaces/CompVis/stable-diffusion-license": "LicenseRef-creativeml-openrail-m",
		"https://opendatacommons.org/licenses/by/1-0/":                   "ODC-By-1.0",
		"https://cdla.dev/permissive-2-0/":                               "CDLA-Permissive-2.0",
		"https://spdx.org/licenses/ISC.html":                             "ISC",
		"MIT OR Apache-2.0":                                              "MIT OR Apache-2.0",
		"(mit AND apache-2.0) or gpl-3.0":                                "(MIT AND Apache-2.0) OR GPL-3.0-only",
		"GPL-2.0-only WITH Classpath-exception-2.0":                      "GPL-2.0-only WITH Classpath-exception-2.0",
		"tongyi-qianwen":                    "LicenseRef-qwen-tongyi-qianwen",
		"qwen-research":                     "LicenseRef-qwen-research",
		"MRL":                               "LicenseRef-mistral-mrl-0.1",
		"flux-1-dev-non-commercial-license": "LicenseRef-flux-1-dev-nc",
		"nvidia-open-model-license":         "LicenseRef-nvidia-open-model-license",
	} {
		if got, ok := license.Normalize(tag); got != want || !ok {
			t.Errorf("Normalize(%q) = %q, %v; want %q", tag, got, ok, want)
		}
	}
	for _, tag := range []string{"", "other", "unknown", "my own license", "https://example.com/LICENSE", "AND",
		"MIT AND", "https://huggingface.co/org/name/blob/main/LICENSE", "license", "the"} {
		if got, ok := license.Normalize(tag); ok {
			t.Errorf("Normalize(%q) = %q; want none", tag, got)
		}
	}
}

// TestNormalizeHub: what a hub's front matter says beside "other", by name or link.
func TestNormalizeHub(t *testing.T) {
	for text, want := range map[string]string{
		"llama-3.1":                         "LicenseRef-llama-3.1-community",
		"deepseek":                          "LicenseRef-deepseek-model",
		"https://ai.google.dev/gemma/terms": "LicenseRef-gemma-terms",
		"my-terms":                          "",
		"LICENSE-MODEL":                     "",
		"other":                             "",
		"":                                  "",
	} {
		if got, _ := license.Normalize(text); got != want {
			t.Errorf("Normalize(%q) = %q; want %q", text, got, want)
		}
	}
}

// TestMentionsOfLongerNames: a licence's name within that of another is no mention of it,
// nor is a word that shares its hash.
func TestMentionsOfLongerNames(t *testing.T) {
	for text, want := range map[string]string{
		"Fair Source License, version 0.9":                      "",
		"a royalty-free and fully-paid-up license of the owner": "",
		"It is released under the MIT License.":                 "MIT",
		"Licensed under the Fair License.":                      "Fair",
		"The tool is under the Apache License, Version 2.0":     "Apache-2.0",
	} {
		var got []string
		for _, m := range license.Identify([]byte(text)).Mentions {
			got = append(got, m.License)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q mentions %q, want %q", text, got, want)
		}
	}
}
