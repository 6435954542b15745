package license_test

import (
	"encoding/base64"
	"fmt"
	"os"
	"strings"
	"testing"

	"openness/audit/license"
)

// agreement is the beginning of terms that nobody knows, long enough to be what
// a file with a library's notice in it is.
const agreement = `SOFTWARE LICENSE AGREEMENT

This License Agreement is an agreement between Licensee and Licensor. Upon the payment of the license fees Licensor grants to
Licensee a nonexclusive license to use the Software under the terms and conditions of this Agreement. Licensee shall not
redistribute the Software without the written permission of Licensor. Licensor disclaims all warranties and all liability for
damages. This Agreement shall be governed by the law of the place of Licensor, and all obligations of Licensee under it remain
when the license ends. Licensee shall comply with all terms and conditions hereof and shall not sublicense any right granted
herein. Licensor may terminate the license where Licensee does not comply with the terms of this Agreement.

`

// mit is the text of the MIT licence, which asks to be copied.
const mit = `MIT License

Copyright (c) 2026 The Falco Authors

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
`

// TestPartOfAFile: a licence that is only a part of a file is not the file's.
func TestPartOfAFile(t *testing.T) {
	apache, err := os.ReadFile("../../LICENSE") // the project's own
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"within":  strings.Repeat(agreement, 10) + mit + strings.Repeat(agreement, 2),
		"first":   mit + strings.Repeat(agreement, 3),
		"at last": strings.Repeat(agreement, 3) + mit,
	} {
		res := license.Identify([]byte(text))
		if res.License != "" || res.Within != "MIT" || res.Expression != "" {
			t.Errorf("%s: license %q, within %q, expression %q", name, res.License, res.Within, res.Expression)
		}
		if terms, ok := res.Terms(); ok {
			t.Errorf("%s: terms %+v of a part of the file", name, terms)
		}
	}
	// A closing clause is a small share, and a change all the same.
	closing := string(apache) + "\n\n" + agreement
	res := license.Identify([]byte(closing))
	if terms, _ := res.Terms(); res.License != "Apache-2.0" || !res.Modified || terms.OSIApproved ||
		terms.CommercialUse == license.Allowed {
		t.Errorf("a closing clause: %q, modified %v, %+v", res.License, res.Modified, terms)
	}
	if res := license.Identify(apache); res.Modified || res.Within != "" {
		t.Errorf("the text alone: modified %v, within %q", res.Modified, res.Within)
	}
}

// TestCarveOuts: words on files that are under other terms change a licence,
// and deny nothing of what it grants.
func TestCarveOuts(t *testing.T) {
	for _, clause := range []string{
		"The licence above covers the source code. The files in `benchmark/` are not covered by it; they stay under the\nnon-commercial terms in\nbenchmark/DATA_LICENSE.",
		"Weights: the MIT grant above does not extend to published model weights. Each model repository states its own terms, some of which exclude commercial use.",
	} {
		res := license.Identify([]byte(mit + "\n" + clause + "\n"))
		terms, _ := res.Terms()
		if res.License != "MIT" || !res.Modified || terms.OSIApproved || terms.CommercialUse != license.Unsaid {
			t.Errorf("%q: %s, modified %v, commercial use %q", clause, res.License, res.Modified, terms.CommercialUse)
		}
	}
	res := license.Identify([]byte(mit + "\nThe licence above does not extend to commercial use.\n"))
	if terms, _ := res.Terms(); terms.CommercialUse == license.Allowed || !res.Modified {
		t.Errorf("a denial of commercial use passes: %+v", terms)
	}
}

// TestDerivedYesNeedsAGrant: what a text says of the right to sell counts only
// where it grants it.
func TestDerivedYesNeedsAGrant(t *testing.T) {
	for text, want := range map[string]license.Permission{
		agreement: license.Conditional,
		strings.Replace(agreement, "Upon the payment of the license fees Licensor", "Licensor", 1) +
			"The License does not grant to you the right to sell the Software.": license.Forbidden,
		strings.Replace(agreement,
			"Upon the payment of the license fees Licensor grants to\nLicensee a nonexclusive license to use the Software",
			"Licensor grants to Licensee a license to use the Commercial Modules for the sole purposes of internal development and internal testing", 1): license.Forbidden,
		strings.Replace(agreement, "Upon the payment of the license fees Licensor", "Licensor", 1) +
			"You may not distribute the Software as a hosted or managed, and paid service.": license.Conditional,
		strings.Replace(agreement, "Upon the payment of the license fees Licensor", "Licensor", 1) +
			"\"Sell\" means practicing any of the rights granted to you under the License for a fee.": license.Unsaid,
		strings.Replace(agreement, "Upon the payment of the license fees Licensor", "Licensor", 1) +
			"Licensor grants to Licensee the right to use the Software for commercial purposes without limitation.": license.Allowed,
		"Copyright 2024 Example Lab\n\nThe weights in this folder may be used for academic research only.": license.Forbidden,
	} {
		terms, _, ok := license.Derive([]byte(text))
		if terms.CommercialUse != want || !ok || terms.OSIApproved {
			t.Errorf("%q at the end of a text: commercial use %q (%v), want %q", text[max(0, len(text)-90):],
				terms.CommercialUse, ok, want)
		}
	}
}

// TestMakersTemplates: another product and date leave a maker's own licence
// what it is; another threshold or territory is read off the text.
func TestMakersTemplates(t *testing.T) {
	tried := 0
	for _, row := range labelled(t) {
		if row.ID() != "LicenseRef-tencent-hunyuan-community" {
			continue
		}
		tried++
		text := string(readText(t, row))
		other := strings.NewReplacer("Hunyuan DiT", "Hunyuan 3D 2.0", "14 May 2024", "January 21, 2025").Replace(text)
		if res := license.Identify([]byte(other)); other == text || res.License != row.ID() || res.Modified {
			t.Errorf("another product: %q, modified %v, %v", res.License, res.Modified,
				res.Diffs[:min(3, len(res.Diffs))])
		}
		fewer := strings.Replace(text, "100 million", "1 million", 1)
		res := license.Identify([]byte(fewer))
		terms, _ := res.Terms()
		if fewer == text || !res.Modified || terms.UserThreshold == nil || *terms.UserThreshold != 1_000_000 {
			t.Errorf("another threshold: modified %v, %v", res.Modified, terms.UserThreshold)
		}
		wider := strings.Replace(text, "European Union", "European Union, United Kingdom and South Korea", 1)
		res = license.Identify([]byte(wider))
		terms, _ = res.Terms()
		if wider == text || !res.Modified || terms.GeographicLimit == nil ||
			*terms.GeographicLimit != "European Union, United Kingdom and South Korea excluded" {
			t.Errorf("another territory: modified %v, %v", res.Modified, terms.GeographicLimit)
		}
	}
	if tried == 0 {
		t.Error("no labelled text of such a licence")
	}
}

// TestTitleNamesAChangedText: a text with all of the licence that it is titled after,
// and clauses put into it, is that licence changed, and none that has a clause in the
// same place.
func TestTitleNamesAChangedText(t *testing.T) {
	const ban = "software.\n\nIn addition, these restrictions apply:\n\n1. The Software may not be used to train, test or improve systems of machine learning,\n" +
		"including large language models, or put into a data set that serves to train such systems.\n\n2. Nobody may sell a data set that holds the Software.\n\nTHE SOFTWARE IS PROVIDED"
	text := strings.Replace(mit, "Software.\n\nTHE SOFTWARE IS PROVIDED", "S"+ban[1:], 1)
	text = strings.Replace(text, "MIT License", "MIT License without training", 1)
	if text == mit {
		t.Fatal("the text is not what this test changes")
	}
	res := license.Identify([]byte(text))
	terms, _ := res.Terms()
	if res.License != "MIT" || !res.Modified || terms.OSIApproved || terms.CommercialUse == license.Allowed {
		t.Errorf("named %q, modified %v, approved %v, commercial use %q", res.License, res.Modified, terms.OSIApproved,
			terms.CommercialUse)
	}
}

// TestUnwrapped: containers that change the words give the same licence, with quotes
// where they stand in what was given.
func TestUnwrapped(t *testing.T) {
	numbered := ""
	for i, line := range strings.Split(strings.TrimSuffix(mit, "\n"), "\n") {
		numbered += fmt.Sprintf("%4d  %s\n", i+1, line)
	}
	wide := func(zeros string) string {
		var b strings.Builder
		for _, c := range []byte(mit) {
			b.WriteString(strings.ReplaceAll(zeros, "x", string(rune(c))))
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"numbered lines": numbered, "UTF-16 LE": wide("x\x00"), "UTF-16 BE": wide("\x00x"),
		"UTF-32 LE": wide("x\x00\x00\x00"), "UTF-32 BE": wide("\x00\x00\x00x"),
		"RTF":    `{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 ` + strings.ReplaceAll(mit, "\n", "\\par\n") + "}",
		"base64": "Content-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(mit)),
	} {
		res := license.Identify([]byte(text))
		if res.License != "MIT" || res.Modified || len(res.Matches) != 1 || res.Matches[0].End > len(text) ||
			res.Matches[0].Start >= res.Matches[0].End {
			t.Errorf("%s: named %q, modified %v, matches %+v", name, res.License, res.Modified, res.Matches)
		}
	}
	for name, text := range map[string]string{"a numbered list": "1. First\n2. Second\n3. Third\n",
		"an empty mail": "Content-Transfer-Encoding: base64\n", "half a word": "{\\rtf1\\'",
		"zeros": "\x00\x00\x00\x00"} {
		if res := license.Identify([]byte(text)); res.License != "" {
			t.Errorf("%s: named %q", name, res.License)
		}
	}
}

// TestExpressions: a choice takes the better licence, a conjunction the stricter.
func TestExpressions(t *testing.T) {
	for expr, want := range map[string]struct {
		commercial license.Permission
		open       bool
	}{
		"MIT OR Apache-2.0":                                {license.Allowed, true},
		"MIT AND CC-BY-NC-4.0":                             {license.Forbidden, false},
		"MIT OR CC-BY-NC-4.0":                              {license.Allowed, true},
		"(MIT OR Apache-2.0) AND CC-BY-NC-4.0":             {license.Forbidden, false},
		"MIT OR (Apache-2.0 AND CC-BY-NC-4.0)":             {license.Allowed, true},
		"MIT AND LicenseRef-llama-3.1-community":           {license.Conditional, false},
		"MIT AND LicenseRef-nobody-knows":                  {license.Unsaid, false},
		"GPL-2.0-only WITH Classpath-exception-2.0 OR MIT": {license.Allowed, true},
	} {
		terms, ok := license.Read(expr)
		if !ok || terms.CommercialUse != want.commercial || license.Open(expr) != want.open {
			t.Errorf("%s: commercial use %q, open %v (%v)", expr, terms.CommercialUse, license.Open(expr), ok)
		}
	}
}
