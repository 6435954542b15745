package license_test

import (
	"strings"
	"testing"

	"openness/audit/license"
)

// TestStated: a file that does no more than name one licence states it; one that says of
// what, takes something out or names two does not.
func TestStated(t *testing.T) {
	const notice = "Licensed under the Apache License, Version 2.0 (the \"License\");\nyou may not use this file " +
		"except in compliance with the License.\nYou may obtain a copy of the License at\n\n" +
		"http://www.apache.org/licenses/LICENSE-2.0\n\nUnless required by applicable law or agreed to in " +
		"writing, software\ndistributed under the License is distributed on an \"AS IS\" BASIS,\nWITHOUT " +
		"WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.\nSee the License for the specific " +
		"language governing permissions and\nlimitations under the License.\n"
	released := func(line string) string { return line + "\nReleased under the MIT License.\n" }
	for text, want := range map[string]string{
		notice: "Apache-2.0",
		"Apache Software License 2.0\n\nCopyright (c) 2021, Somebody\n\n" + notice:              "Apache-2.0",
		"This project is licensed under the Apache License, Version 2.0.\n":                     "Apache-2.0",
		"This project is released under the MIT License.\nSee the license for details.":         "MIT",
		"The weights are not licensed under the Apache License, Version 2.0.\n":                 "",
		"The code is licensed under the Apache License, Version 2.0.\n":                         "",
		notice + "You may not use it for commercial purposes.\n":                                "",
		"This project is licensed under the MIT License and the Apache License 2.0.\n":          "",
		"This project is released under the Apache License 2.0 except for the weights.":         "",
		notice + "You may not use this software without express permissions.\n":                 "",
		strings.Replace(notice, "Unless", "It must not be used for commerce. Unless", 1):        "",
		released("Copyright 2025 Acme. Commercial use is prohibited."):                          "",
		released("Copyright 2025 Acme. COMMERCIAL USE PROHIBITED"):                              "",
		released("Copyright 2025 Acme. FOR RESEARCH"):                                           "",
		released("Copyright 2025 Non-Commercial Research Use Only, Acme Ltd"):                   "",
		released("Copyright 2025 Non-Commercial Acme Ltd"):                                      "MIT",
		released("Copyright 2025 Acme 禁止商业使用"):                                                  "",
		released("Copyright (c) 2019-2025 Acme, Inc. and its affiliates. All rights reserved."): "MIT",
		released("© 2025 J. Q. Doe <doe@acme.example>"):                                         "MIT",
		"Falco sings.\n": "",
	} {
		if got := license.Stated([]byte(text), license.Identify([]byte(text))); got != want {
			t.Errorf("%q states %q, want %q", text, got, want)
		}
	}
}
