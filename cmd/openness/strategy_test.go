package main

import (
	"testing"
	"time"

	"openness/reports/makers"
)

// TestStrategyOfTheMakers holds the table of facts against what was said of
// thirteen makers on one day of 2024, and against what they do now.
func TestStrategyOfTheMakers(t *testing.T) {
	then := map[string]string{"Meta": "open only", "Microsoft": "both", "Google DeepMind": "both",
		"Alibaba Cloud": "both", "Tencent": "both", "Mistral AI": "both",
		"Zhipu AI": "both", "Baichuan": "both", "OpenAI": "closed only", "Amazon": "closed only",
		"Anthropic": "closed only", "Huawei": "closed only", "Baidu": "closed only"}
	now := map[string]string{"Meta": "both", "Microsoft": "both", "Google DeepMind": "both", "Alibaba Cloud": "both",
		"Tencent": "both", "Mistral AI": "both",
		"Zhipu AI": "both", "Baichuan": "both", "OpenAI": "both", "Amazon": "closed only", "Anthropic": "closed only",
		"Huawei": "both", "Baidu": "both"}
	releases := allReleases()
	for date, want := range map[string]map[string]string{"2024-08-14": then, "2026-11-27": now} {
		at, err := time.Parse(time.DateOnly, date)
		if err != nil {
			t.Fatal(err)
		}
		got := makers.Strategies(releases, nil, at, makers.Months)
		if len(got) != len(want) {
			t.Errorf("%d makers, want %d", len(got), len(want))
		}
		for _, s := range got {
			if s.Kind != want[s.Maker] {
				t.Errorf("%s at %s: %s, want %s", s.Maker, date, s.Kind, want[s.Maker])
			}
		}
	}
	if _, err := releasesOf([]string{"nobody-known"}); exitCode(err) != exitUsage {
		t.Errorf("an unknown maker: %v", err)
	}
	if few, err := releasesOf([]string{"meta-llama", "THUDM"}); err != nil || len(few) == 0 || few[0].Maker != "Meta" {
		t.Errorf("by accounts: %v, error %v", few, err)
	}
}
