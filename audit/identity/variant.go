package identity

import (
	"path"
	"regexp"
	"strings"
)

// variantWords are parts of a name that tell variants of one model apart.
var variantWords = map[string]bool{
	"base": true, "pt": true, "pretrain": true, "pretrained": true, "foundation": true,
	"chat": true, "instruct": true, "instruction": true, "it": true, "sft": true, "dpo": true, "rl": true, "rlhf": true,
	"think": true, "thinking": true, "reasoning": true, "delta": true, "hf": true, "gguf": true, "fp8": true, "preview": true,
	"large": true, "small": true, "medium": true, "tiny": true, "mini": true, "xl": true, "turbo": true,
	"train": true, "training": true, "code": true, "models": true, "src": true, "inference": true, "cpp": true,
}

func VariantWord(s string) bool { return variantWords[strings.ToLower(s)] }

// tunedWord matches a part of a name that marks a tuned variant.
var tunedWord = regexp.MustCompile(`(?i)^(chat|instruct|instruction|it|sft|dpo|rl|rlhf|ppo|orpo|kto|think|thinking|reasoning|zero|assistant|nca|inst)$`)

// Untuned is a model's name without the parts from the first tuned word on.
func Untuned(name string) string {
	parts := strings.Split(strings.ToLower(name), "-")
	for i, part := range parts {
		if i > 0 && tunedWord.MatchString(part) {
			return strings.Join(parts[:i], "-")
		}
	}
	return strings.ToLower(name)
}

// Tuned reports whether an id carries a word for a tuned variant.
func Tuned(id string) bool { return Untuned(path.Base(id)) != strings.ToLower(path.Base(id)) }

// NamedBase reports whether a model's name ends in a word for one that was not
// tuned.
func NamedBase(id string) bool {
	name := strings.ToLower(path.Base(id))
	for _, word := range []string{"base", "pt", "pretrain", "pretrained", "foundation"} {
		if strings.HasSuffix(name, "-"+word) || strings.HasSuffix(name, "_"+word) {
			return true
		}
	}
	return false
}

// BaseOf reports whether an id reads as the base of a tuned model.
func BaseOf(id, tuned string) bool {
	name, plain := strings.ToLower(path.Base(id)), Untuned(path.Base(tuned))
	if !SameMaker(path.Dir(id), path.Dir(tuned)) || !SameFamily(id, tuned) && name != plain {
		return false
	}
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == '.' }) {
		switch part {
		case "base", "pt", "pretrain", "pretrained", "foundation":
			return true
		}
	}
	return plain != strings.ToLower(path.Base(tuned)) && name == plain
}
