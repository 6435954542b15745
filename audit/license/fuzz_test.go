package license_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"openness/audit/license"
)

// seeds are written to reach the corners of the tokenizer, the mentions and
// the names: mark-up that never ends, broken UTF-8, identifiers, addresses.
var seeds = []string{
	"", " ", "\x00", "\xff\xfe", "\xfe\xff\x00M\x00I\x00T\xd8", "\ufeffMIT License",
	"SPDX-License-Identifier: MIT OR Apache-2.0\n", "SPDX-License-Identifier:", "SPDX-License-Identifier: (((",
	"Released under the Apache License, Version 2.0 (http://www.apache.org/licenses/LICENSE-2.0).",
	"license: [mit](https://opensource.org/licenses/MIT)",
	"<a href=\"https://creativecommons.org/licenses/by-nc/4.0/\">CC BY-NC 4.0</a> license",
	"&lt;p&gt;licensed&lt;/p&gt; under &quot;GPL v3&quot;", "<<<<<<<<p", "&&&&&#x", "\\n\\r\\t\\u00", "\\u",
	"non-commercial license non- commercial non", "sub-", "li-\ncense", "re-\r\n\r\n   distribute", "www.", "http://",
	"https://[::1", "https://creativecommons.org/licenses/%zz/",
	"许可证 禁止 商业 用途", "ﬁle ﬀ ＭＩＴ license", "\u00ad\u00adlicense", "a\u0301 license", strings.Repeat("license ", 50),
	strings.Repeat("non-", 40), strings.Repeat("-\n", 40),
}

// seeded adds the seeds and the labelled texts where they are at hand.
func seeded(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	eachText(f, func(row, text []byte) {
		if len(text) < 8000 && len(text)%5 == 0 {
			f.Add(text)
		}
	})
}

func FuzzIdentify(f *testing.F) {
	seeded(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		given := bytes.Clone(text)
		res, steps := license.IdentifyCounting(text)
		if !bytes.Equal(given, text) {
			t.Fatal("the input was changed")
		}
		checkResult(t, text, res)
		if limit := stepsPerByte*len(text) + fixedSteps; steps > limit {
			t.Errorf("%d steps for %d bytes, more than %d", steps, len(text), limit)
		}
		if again := license.Identify(text); !reflect.DeepEqual(res, again) {
			t.Errorf("a second look finds %s, the first %s", verdict(again), verdict(res))
		}
	})
}

// checkResult holds whatever the input is: spans lie within it, matches do not
// overlap, a quote is the text at its offsets, a changed text is not approved.
func checkResult(t *testing.T, text []byte, res license.Result) {
	t.Helper()
	within := func(what string, start, end int) {
		if start < 0 || end < start || end > len(text) {
			t.Fatalf("%s at %d-%d of %d bytes", what, start, end, len(text))
		}
	}
	at := 0
	for _, m := range res.Matches {
		within(m.License, m.Start, m.End)
		if m.Start < at || m.Start == m.End || m.Percent <= 0 || m.Percent > 100 {
			t.Errorf("match %+v after %d", m, at)
		}
		at = m.End
		if _, ok := license.TermsOf(m.License); !ok {
			t.Errorf("no terms of %s", m.License)
		}
	}
	for _, d := range res.Diffs {
		within("difference", d.Start, d.End)
		// not read as UTF-8
		wide := bytes.IndexByte(text, 0) >= 0 || bytes.HasPrefix(text, []byte("\xff\xfe")) ||
			bytes.HasPrefix(text, []byte("\xfe\xff"))
		if !wide && d.Text != string(bytes.ToValidUTF8(text[d.Start:d.End], []byte("\ufffd"))) {
			t.Errorf("difference %d-%d quotes %q", d.Start, d.End, d.Text)
		}
	}
	for _, m := range res.Mentions {
		within("mention", m.Start, m.End)
		if m.License == "" || m.Start == m.End {
			t.Errorf("mention %+v", m)
		}
	}
	terms, ok := res.Terms()
	if ok != (res.License != "") || ok != (len(res.Matches) > 0) || !ok && res.Coverage != 0 || res.Coverage > 1 {
		t.Errorf("%s with %d matches, terms %v", verdict(res), len(res.Matches), ok)
	}
	if res.Modified && (terms.OSIApproved || res.Expression != "") {
		t.Errorf("a changed text is approved: %s %q", verdict(res), res.Expression)
	}
}

func FuzzNormalize(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	for _, s := range []string{"apache-2.0", "GPL-2.0+", "gpl-2.0-only with classpath-exception-2.0", "(MIT)",
		"MIT AND (BSD OR ISC)", "llama3.1", "cc by nc 4", "v2", "vv22", "Apache v2.0.", "creative commons zero",
		"https://cdla.dev/permissive-2-0/", "https://www.gnu.org/licenses/gpl-3.0.html#x", "\u0130"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, tag string) {
		id, ok := license.Normalize(tag)
		if ok != (id != "") {
			t.Fatalf("Normalize(%q) = %q, %v", tag, id, ok)
		}
		if !ok {
			return
		}
		if again, ok := license.Normalize(id); !ok || again != id {
			t.Errorf("Normalize(%q) = %q, which is read as %q", tag, id, again)
		}
		if utf8.ValidString(tag) && !utf8.ValidString(id) {
			t.Errorf("Normalize(%q) = %q is not UTF-8", tag, id)
		}
	})
}

func FuzzMentions(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, "MIT", "license")
	}
	f.Fuzz(func(t *testing.T, before, name, after string) {
		text := []byte(before + " " + name + " license " + after + "\n\nLicensed under " + name +
			".\nSPDX-License-Identifier: " + name + "\n")
		res, _ := license.IdentifyCounting(text)
		checkResult(t, text, res)
		for _, m := range res.Mentions {
			if again, ok := license.Normalize(m.License); !ok || again != m.License {
				t.Errorf("%q names %q, which is read as %q", text[m.Start:m.End], m.License, again)
			}
		}
	})
}

func FuzzDerive(f *testing.F) {
	seeded(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		terms, signals, ok := license.Derive(text)
		if ok && (terms.OSIApproved || !terms.Derived) {
			t.Errorf("derived terms pass for approved: %+v", terms)
		}
		checkSignals(t, text, signals)
	})
}
