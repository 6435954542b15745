package licences

import (
	"testing"

	"openness/audit"
)

// TestStatedLicence: a licence file that only names a licence is read as it, unless it limits
// what the licence allows.
func TestStatedLicence(t *testing.T) {
	const own = "acme/falco-7b-chat"
	const notice = "Licensed under the Apache License, Version 2.0 (the \"License\");\nyou may not use this file except in " +
		"compliance with the License.\nYou may obtain a copy of the License at\n\nhttp://www.apache.org/licenses/LICENSE-2.0\n\n" +
		"Unless required by applicable law or agreed to in writing, software\ndistributed under the License is distributed " +
		"on an \"AS IS\" BASIS,\nWITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.\nSee the License " +
		"for the specific language governing permissions and\nlimitations under the License.\n"
	for text, want := range map[string]string{
		notice: "open",
		"Copyright 2025 Acme\nReleased under the MIT License.\n":                                "open",
		"Copyright 2025 Acme. Commercial use is prohibited.\nReleased under the MIT License.\n": "restricted",
		"Copyright 2025 Acme 禁止商业使用\nReleased under the MIT License.\n":                         "restricted",
		notice + "You may not use this software without express permissions.\n":                 "unreadable",
		"Released under the Creative Commons Attribution NonCommercial 4.0 license.\n":          "noncommercial",
	} {
		d := pageOf(audit.DocLicense, audit.RoleEnd, own, text)
		d.Path = "LICENSE"
		in := newInput(model(own, ""), []audit.Document{d})
		in.Look()
		if got := values(Read(in), "license.weights.openness"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
