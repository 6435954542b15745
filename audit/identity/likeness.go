package identity

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Names of models, organisations and repositories are compared by their stems:
// what is left when sizes, versions of the file format and words for a variant
// are taken off. "Baichuan2-13B-Chat" and the repository "Baichuan2" share one.

var (
	splitName = regexp.MustCompile(`[^a-z0-9.]+`)
	sizeToken = regexp.MustCompile(`^(a?\d+(\.\d+)?[bmkt]|\d+x\d+(\.\d+)?[bm]|\d+[bm]a\d+(\.\d+)?[bm]|e\d+b|\d{4}|\d{6,8}|v\d+(\.\d+)*|fp?\d+|bf16|int\d|\d+bit|\d+steps)$`)
	// variantTokens tell apart the releases of one model, not models.
	variantTokens = []string{"chat", "instruct", "instruction", "instructed", "it", "base", "pt", "pretrain", "pretrained", "hf", "sft", "dpo", "rlhf", "ppo",
		"orpo", "kto", "rl", "preview", "exp", "gguf", "awq", "gptq", "ggml", "mlx", "safetensors", "delta", "merged", "adapter", "lora",
		"en", "zh", "small", "medium", "large", "xl", "xxl", "mini", "tiny", "nano", "ultra", "think", "thinking", "reasoning", "beta", "alpha",
		"4bits", "8bits", "official", "release", "final", "the", "model", "models", "llm", "long", "aligned", "tuned", "finetuned", "steps"}
	// tunedTokens mark a model that was trained on from another.
	tunedTokens = []string{"chat", "instruct", "instruction", "it", "sft", "dpo", "rlhf", "ppo", "orpo", "kto", "rl", "think", "thinking", "reasoning", "aligned", "tuned", "finetuned"}
)

// formats mark a copy of a model in another format, made for some runtime.
var formats = []string{"gguf", "ggml", "awq", "gptq", "mlx", "int4", "int8", "4bit", "8bit", "4bits", "8bits", "fp8", "onnx", "exl2", "openvino", "bnb"}

// Reformatted reports whether a name says that the model is such a copy.
func Reformatted(name string) bool {
	for _, t := range nameTokens(name) {
		if slices.Contains(formats, t) {
			return true
		}
	}
	return false
}

// nameTokens splits a name into lower-case tokens.
func nameTokens(name string) []string {
	var tokens []string
	for _, t := range splitName.Split(strings.ToLower(name), -1) {
		if t = strings.Trim(t, "."); t != "" {
			tokens = append(tokens, t)
		}
	}
	return tokens
}

// Stem is a name without sizes and variants, letters and digits only.
func Stem(name string) string {
	var kept []string
	for _, t := range nameTokens(name) {
		if !sizeToken.MatchString(t) && !slices.Contains(variantTokens, t) {
			kept = append(kept, t)
		}
	}
	if len(kept) == 0 {
		kept = nameTokens(name)
	}
	return SquashAll(strings.Join(kept, ""))
}

// SquashAll keeps the lower-case letters and digits of a name.
func SquashAll(name string) string {
	return strings.Map(func(r rune) rune {
		if (r >= 'a' && r <= 'z') || (r >= '0' && r <= '9') {
			return r
		}
		return -1
	}, strings.ToLower(name))
}

// Letters is the run of letters that a stem starts with: the family's name.
func Letters(stem string) string {
	return stem[:len(stem)-len(strings.TrimLeft(stem, "abcdefghijklmnopqrstuvwxyz"))]
}

// MinShared is the shortest piece of a name that says anything.
const MinShared = 3

// longPrefix is a common beginning that is no accident.
const longPrefix = 5

func sharedPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// named reports whether a piece of a name has enough letters to say anything:
// a version or a date that two names share is no likeness.
func named(piece string) bool {
	n := 0
	for _, r := range piece {
		if 'a' <= r && r <= 'z' {
			n++
		}
	}
	return n >= 2
}

// Likeness compares the name of a repository with that of a model: 5 the
// same, 4 one continues the other, 3 one holds the other, 2 the same family.
func Likeness(repository, model string) int {
	a, b := Stem(repository), Stem(model)
	if full := SquashAll(model); full == SquashAll(repository) {
		return 5
	}
	short, long := a, b
	if len(short) > len(long) {
		short, long = long, short
	}
	switch {
	case len(short) < MinShared || !named(short):
		return 0
	case a == b:
		return 5
	case strings.HasPrefix(long, short):
		return 4
	case strings.Contains(long, short) && len(short) > MinShared:
		return 3
	}
	fa, fb := Letters(a), Letters(b)
	if shared := sharedPrefix(a, b); (fa == fb && len(fa) >= MinShared) || shared >= longPrefix && named(a[:shared]) {
		return 2
	}
	return 0
}

// OwnerLikeness compares an account on one hub with one on another: 4 the
// same, 3 one holds the other, 2 they start alike.
func OwnerLikeness(a, b string) int {
	a, b = owner(a), owner(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	switch {
	case a == "":
		return 0
	case a == b:
		return 4
	case len(a) >= MinShared && strings.Contains(b, a):
		return 3
	}
	for n := len(a); n >= 5; n-- {
		if strings.HasPrefix(b, a[:n]) {
			return 2
		}
	}
	return 0
}

var ownerSuffix = regexp.MustCompile(`(ai|org|inc|lab|labs|team|research|llm|project|workshop|hq|tech|community|io|official|models?)$`)

// owner is an account's name without what accounts add to be unique.
func owner(name string) string {
	name = SquashAll(name)
	if short := ownerSuffix.ReplaceAllString(name, ""); len(short) >= MinShared {
		return short
	}
	return name
}

var sizeNumber = regexp.MustCompile(`^(?:(\d+)x)?(\d+(?:\.\d+)?)([bmt])(?:a\d.*)?$`)

// Parameters reads the size that a name states, in billions; 0 if it states none.
func Parameters(name string) float64 {
	for _, t := range nameTokens(name) {
		m := sizeNumber.FindStringSubmatch(t)
		if m == nil {
			continue
		}
		size, err := strconv.ParseFloat(m[2], 64)
		if err != nil {
			continue
		}
		if times, err := strconv.ParseFloat(m[1], 64); err == nil {
			size *= times
		}
		return size * map[string]float64{"m": 0.001, "b": 1, "t": 1000}[m[3]]
	}
	return 0
}

// TunedToken reports whether a name says that the model was tuned from another.
func TunedToken(name string) bool {
	for _, t := range nameTokens(name) {
		if slices.Contains(tunedTokens, t) {
			return true
		}
	}
	return false
}

// UntunedTokens is a name without the words for tuning and "base", for comparing a
// TunedToken model with the one it came from: sizes stay.
func UntunedTokens(name string) string {
	var kept []string
	for _, t := range nameTokens(name) {
		if !slices.Contains(tunedTokens, t) && t != "base" && t != "pt" && t != "hf" {
			kept = append(kept, t)
		}
	}
	return strings.Join(kept, "-")
}
