package obligations

import (
	"strings"
	"testing"

	"openness/audit"
	"openness/audit/license"
)

// TestPrescribed: the sentence that a text prescribes for notices is read off it, with quotation
// marks of all kinds and within it; what is defined or merely named is none.
func TestPrescribed(t *testing.T) {
	const falco = "Falco is licensed under the Falco Community Licence, Copyright (c) Acme. All Rights Reserved."
	for text, want := range map[string]string{
		"You must retain in all copies the following attribution notice within a “Notice” text file distributed as a part " +
			"of such copies: “" + falco + "”": falco,
		"All distributions must be accompanied by a \"Notice\" text file that contains the following notice: \"Falco is " +
			"licensed under the\n  Falco Community Licence, Copyright (c) Acme. All Rights Reserved.\"": falco,
		"It must contain the following notice: “Falco is licensed under the Falco Licence. The name “Falco” is owned by " +
			"Acme.” You may add more.": "Falco is licensed under the Falco Licence. The name “Falco” is owned by Acme.",
		"You must keep all copyright notices. “Derivative Works” means any work under this licence that is based on it.": "",
		"You must cause modified files to carry prominent notices, stating that you changed the files.":                  "",
	} {
		l := Licence{ID: "LicenseRef-falco", text: &textOf{doc: audit.Document{Kind: audit.DocLicense}, body: []byte(text)}}
		if got := strings.Join(l.prescribed(), ""); got != want {
			t.Errorf("%q\nprescribes %q\nwant %q", text, got, want)
		}
	}
}

// TestOnce: what weights and base ask alike is listed once, with the clause that is best known.
func TestOnce(t *testing.T) {
	all := dutiesOnce([]Duty{
		{Kind: "notice", Licence: "L", Component: Weights, Of: "a/b", Clause: Clause{Certainty: NotRead}},
		{Kind: "notice", Licence: "L", Component: Base, Of: "c/d", Clause: Clause{Certainty: Quoted}},
		{Kind: "notice", Licence: "L", Component: Code, Of: "e/f"}, {Kind: "notice", Licence: "M", Component: Base, Of: "c/d"},
	})
	if len(all) != 3 || all[0].Clause.Certainty != Quoted || len(all[0].AlsoOf) != 1 || all[0].AlsoOf[0] != "c/d" {
		t.Errorf("%+v", all)
	}
}

// TestCopyrights: the copyright lines of a text that is passed on freely go along; a gap to be filled
// in is none, and nor is what a copyleft text says of itself.
func TestCopyrights(t *testing.T) {
	body := []byte("Copyright (c) 2026 Fenn and Moor\n# Copyright 2025 Reed Works\nCopyright [yyyy] [name]\n" +
		"The above copyright notice 2026 shall be kept.\n")
	for _, c := range []struct {
		redistribution license.Permission
		want           int
	}{{license.Allowed, 2}, {license.Conditional, 0}} {
		l := Licence{text: &textOf{doc: audit.Document{URL: "u"}, body: body}}
		l.Terms.Redistribution = c.redistribution
		if got := l.copyrights(); len(got) != c.want {
			t.Errorf("%s: %+v", c.redistribution, got)
		}
	}
	if n := noticeOf(textOf{doc: audit.Document{URL: "u"}, body: []byte(" Pie\nmade by Fenn\n")}); n.Text != "Pie\nmade by Fenn" {
		t.Errorf("%+v", n)
	}
	for path, want := range map[string]bool{"NOTICE": true, "NOTICE.txt": true, "LICENSE": false, "docs/NOTICE": false} {
		if got := ownNotice(audit.Document{Path: path}); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
}
