package license_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"openness/audit/license"
)

// The cost of one identification is at most stepsPerByte times the length of
// the input and fixedSteps. A step is about one word looked at.
const (
	stepsPerByte = 400
	fixedSteps   = 200_000
)

// hostile are ways to fill an input of any size: each repeats something that a
// naive search would follow again and again.
func hostile(t testing.TB) map[string]func(size int) []byte {
	repeat := func(s string) func(int) []byte {
		return func(size int) []byte { return bytes.Repeat([]byte(s), size/len(s)+1)[:size] }
	}
	fills := map[string]func(int) []byte{
		"zero bytes": repeat("\x00"), "one word": repeat("license "), "open tags": repeat("<p "),
		"entities": repeat("&lt;a&"), "hyphens": repeat("-\n"), "non": repeat("non-"),
		"addresses": repeat("https://opensource.org/licenses/MIT "),
		"names":     repeat("the Apache License, Version 2.0; "),
		"tags":      repeat("SPDX-License-Identifier: (MIT OR Apache-2.0)\n"), "escapes": repeat(`\n\u`),
		"joined accents": repeat("e\u0301"), "han": repeat("许可证"), "broken UTF-8": repeat("\xff\xe4\xb8"),
		"creative commons": repeat("creative commons attribution license "),
	}
	texts := make(map[string]string)
	eachText(t, func(row, text []byte) {
		id := strings.Split(string(row), "/")[1]
		if len(text) > len(texts[id]) {
			texts[id] = string(text)
		}
	})
	for _, id := range []string{"MIT", "Apache-2.0", "GPL-3.0-only", "llama-3.1-community", "HPND", "WTFPL"} {
		text := texts[id]
		if text == "" {
			continue
		}
		words := strings.Fields(text)
		fills["whole "+id] = repeat(text + "\n\n")
		fills["sentence of "+id] = repeat(strings.Join(words[len(words)/2:len(words)/2+12], " ") + "\n")
		fills["half of "+id] = repeat(text[:len(text)/2] + "\n")
		fills["shuffled "+id] = func(size int) []byte { return shuffled(words, size) }
	}
	return fills
}

// shuffled strings pieces of seven words together in a fixed disorder, so that
// every piece is known and no order of them is.
func shuffled(words []string, size int) []byte {
	var b bytes.Buffer
	for x := uint64(1); b.Len() < size; {
		x = x*6364136223846793005 + 1442695040888963407
		i := int(x>>33) % max(1, len(words)-7)
		b.WriteString(strings.Join(words[i:min(i+7, len(words))], " ") + " ")
	}
	return b.Bytes()[:size]
}

// Cost is linear in the length of the input, whatever is in it: counted, not
// timed. BenchmarkLength times the same inputs.
func TestCostIsLinear(t *testing.T) {
	plainRunOnly(t)
	long := []string{"names", "creative commons", "whole MIT", "half of GPL-3.0-only", "shuffled GPL-3.0-only"}
	for name, fill := range hostile(t) {
		sizes := []int{10_000, 100_000, 1_000_000}
		if slices.Contains(long, name) && !testing.Short() {
			sizes = append(sizes, 10_000_000)
		}
		var line []string
		for _, size := range sizes {
			res, steps := license.IdentifyCounting(fill(size))
			line = append(line, fmt.Sprintf("%d: %.1f", size, float64(steps)/float64(size)))
			if limit := stepsPerByte*size + fixedSteps; steps > limit {
				t.Errorf("%s: %d steps for %d bytes, more than %d (%s)", name, steps, size, limit, res.License)
			}
		}
		t.Logf("%-32s steps per byte at %s", name, strings.Join(line, ", "))
	}
}

// TestForeignSpans: a sentence without an end, of words that are told each by itself, takes a time that
// is linear in its length, and so do words put in where no blank stands.
func TestForeignSpans(t *testing.T) {
	plainRunOnly(t)
	for name, fill := range map[string]func(n int) string{
		"addresses": func(n int) string { return mit + "\n" + strings.Repeat("a@b ", n) + "\n" },
		"one token": func(n int) string {
			return strings.Replace(mit, "without restriction", strings.Repeat("all,", n)+"without restriction", 1)
		},
	} {
		took := func(n int) time.Duration {
			text := []byte(strings.Repeat(mit+"\n\n", n/40) + fill(n))
			best := time.Hour
			for range 3 {
				start := time.Now()
				license.Identify(text)
				best = min(best, time.Since(start))
			}
			return best
		}
		if short, long := took(5_000), took(40_000); long > 24*short {
			t.Errorf("%s: %s for 5,000 words, %s for 40,000", name, short, long)
		} else {
			t.Logf("%s: %s, %s", name, short, long)
		}
	}
}

func BenchmarkLength(b *testing.B) {
	fills := hostile(b)
	for _, name := range []string{"names", "whole MIT", "whole Apache-2.0", "shuffled GPL-3.0-only",
		"half of llama-3.1-community"} {
		if fills[name] == nil {
			b.Skip("the shared corpus is not here")
		}
		for _, size := range []int{10_000, 100_000, 1_000_000, 10_000_000} {
			b.Run(fmt.Sprintf("%s/%d", strings.ReplaceAll(name, " ", "-"), size), func(b *testing.B) {
				text := fills[name](size)
				b.SetBytes(int64(size))
				for b.Loop() {
					license.Identify(text)
				}
			})
		}
	}
}
