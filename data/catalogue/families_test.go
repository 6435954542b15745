package catalogue

import (
	"slices"
	"testing"
)

// TestFamiliesAreComplete: every member is an entry of the family's vendor, and no
// name leads to two families, or to an entry that is not of the family.
func TestFamiliesAreComplete(t *testing.T) {
	seen := make(map[string]string)
	for _, f := range Families() {
		if len(f.members()) != len(f.Members) || len(f.Members) == 0 || f.Vendor == "" || f.Check == "" {
			t.Errorf("%s: %d of %d members are entries; vendor %q, check %q", f.Family, len(f.members()),
				len(f.Members), f.Vendor, f.Check)
		}
		for _, e := range f.members() {
			if e.Vendor != f.Vendor {
				t.Errorf("%s: %s is of %s", f.Family, e.Name, e.Vendor)
			}
		}
		for _, key := range f.keys() {
			if other, taken := seen[key]; taken || key == "" {
				t.Errorf("%q names %s and %s", key, f.Family, other)
			}
			seen[key] = f.Family
			if e, ok := byKey(key); ok && !slices.Contains(f.Members, e.Name) {
				t.Errorf("%q names the family %s and the model %s", key, f.Family, e.Name)
			}
		}
	}
}

// TestNewest: what people call a family leads to its newest model, and the others
// are told; a model's own name stays its own.
func TestNewest(t *testing.T) {
	for typed, want := range map[string]struct {
		name   string
		others int
	}{
		"qwen": {"qwen3.6", 5}, "通义千问": {"qwen3.6", 5}, "Tongyi Qianwen": {"qwen3.6", 5}, "GLM": {"glm-5.2", 5},
		"智谱":      {"glm-5.2", 5},
		"chatglm": {"chatglm", 5}, "ERNIE Bot": {"ernie-4.5", 1}, "文心一言": {"ernie-4.5", 1}, "wenxin": {"ernie-4.5", 1},
		"Baichuan": {"baichuan-2", 0},
		"百川":       {"baichuan-2", 0}, "盘古": {"pangu", 0}, "混元": {"hunyuan", 0}, "Kimi": {"kimi-k2.6", 2},
		"豆包":     {"doubao-1.5-pro", 0},
		"Claude": {"claude-sonnet-5", 2}, "gemini": {"gemini-3.5-flash", 3}, "GPT": {"gpt-5.5", 5},
		"llama": {"llama-3.3", 3}, "Stable Diffusion": {"stable-diffusion-3", 1},
		"qwen9": {}, "qwen2.5": {}, "": {}, "nobody": {},
	} {
		e, others, ok := Newest(typed)
		if ok != (want.name != "") || e.Name != want.name || len(others) != want.others {
			t.Errorf("%q: %q beside %q, want %+v", typed, e.Name, others, want)
		}
	}
}
