package license_test

import (
	"strings"
	"testing"

	"openness/audit/license"
)

// The notice of a GNU licence says whether later versions are allowed.
func TestNoticesTellLaterVersions(t *testing.T) {
	const start = "This program is free software: you can redistribute it and/or modify it under the terms of the GNU General Public License as published by the Free Software Foundation, "
	const end = "\n\nThis program is distributed in the hope that it will be useful, but WITHOUT ANY WARRANTY; without even the implied warranty of MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE. See the GNU General Public License for more details.\n\nYou should have received a copy of the GNU General Public License along with this program. If not, see <https://www.gnu.org/licenses/>.\n"
	for version, want := range map[string]string{
		"either version 3 of the License, or (at your option) any later version.": "GPL-3.0-or-later",
		"version 3 of the License.": "GPL-3.0-only",
	} {
		res := license.Identify([]byte("Brambletide\n\n" + start + version + end))
		if res.License != "" {
			t.Errorf("%q: a notice is no text, got %s", version, verdict(res))
		}
		if len(res.Mentions) == 0 || res.Mentions[0].License != want || res.Mentions[0].Kind != "notice" {
			t.Errorf("%q: want a notice of %s, got %+v", version, want, res.Mentions)
		}
	}
	for name, want := range map[string]string{"GPL v3 or later": "GPL-3.0-or-later", "GPLv2+": "GPL-2.0-or-later",
		"GNU GPL version 2 or any later version": "GPL-2.0-or-later", "LGPL-2.1 or later": "LGPL-2.1-or-later",
		"GPL-3.0-only": "GPL-3.0-only", "AGPLv3+": "AGPL-3.0-or-later", "GNU AGPL v3 or later": "AGPL-3.0-or-later"} {
		if got, _ := license.Normalize(name); got != want {
			t.Errorf("Normalize(%q) = %q; want %q", name, got, want)
		}
	}
}

// A version or part in a licence's name is never taken for another: where it
// is changed in the text, the text counts as changed.
func TestVersionsAreKeptApart(t *testing.T) {
	ids := make(map[string]string)
	eachText(t, func(row, text []byte) {
		if id := strings.Split(string(row), "/")[1]; ids[id] == "" {
			ids[id] = string(text)
		}
	})
	if len(ids) == 0 {
		t.Skip("the shared corpus is not here")
	}
	for _, c := range [][3]string{
		{"llama-3-community", "Llama 3", "Llama 5"}, {"llama-3.1-community", "Llama 3.1", "Llama 3.7"},
		{"llama-3.2-community", "Llama 3.2", "Llama 3.9"}, {"llama-4-community", "Llama 4", "Llama 6"},
		{"llama-2-community", "Llama 2", "Llama 7"},
		{"gemma-terms", "Gemma", "Brambletide"}, {"qwen-tongyi-qianwen", "Tongyi Qianwen", "Brambletide"},
		{"deepseek-model", "DeepSeek", "Brambletide"}, {"falcon-180b-tii", "Falcon 180B", "Brambletide 9B"},
		{"CC-BY-NC-4.0", "NonCommercial", "Commercial"}, {"CC-BY-4.0", "Attribution 4.0", "Attribution 5.0"},
		{"yi-series-2.0", "Yi", "Brambletide"}, {"stability-ai-community", "Stability AI", "Brambletide"},
	} {
		text := strings.ReplaceAll(ids[c[0]], c[1], c[2])
		if text == ids[c[0]] {
			t.Errorf("%s: %q is not there", c[0], c[1])
			continue
		}
		res := license.Identify([]byte(text))
		if res.License != "" && !res.Modified {
			t.Errorf("%s with %q for %q passes for %s", c[0], c[2], c[1], verdict(res))
		}
	}
}

// Licences that share most of their words are told apart in both directions.
func TestRelativesAreToldApart(t *testing.T) {
	plainRunOnly(t)
	byFamily := make(map[string][]specimen)
	for _, row := range labelled(t) {
		if row.ID() != "" {
			byFamily[row["family"]] = append(byFamily[row["family"]], specimen{row["path"], row.ID(),
				string(readText(t, row))})
		}
	}
	pairs := 0
	for family, all := range byFamily {
		if family == "open" {
			continue
		}
		for _, a := range all {
			for _, b := range all {
				if a.id == b.id {
					continue
				}
				pairs++
				res := license.Identify([]byte(a.text + "\n\n" + b.text))
				has := make(map[string]bool)
				for _, m := range res.Matches {
					has[m.License] = true
				}
				if !has[a.id] || !has[b.id] {
					t.Errorf("%s then %s: %s", a.name, b.name, verdict(res))
				}
			}
		}
	}
	t.Logf("%d ordered pairs", pairs)
}
