package claims

import (
	"strings"
)

// Most wordings need not be tried on a text: each way to say something has words
// that it cannot do without, and it is enough to look for the rarest of them.

// A choice is words of which a text must hold one.
type choice []string

// choices are the words that a way to say something cannot do without, or nil
// where it has none that are spelled out.
func choices(say string, names map[string]string) []choice {
	var list []choice
	var group choice
	depth, open := 0, false // open: some word of the group may be any
	for _, p := range piece.FindAllString(spelledOut(say, names, 0), -1) {
		word, optional := strings.CutSuffix(p, "??")
		switch {
		case word == "(":
			if depth == 0 {
				group, open = nil, false
			}
			depth++
		case word == ")":
			depth--
			if depth == 0 && !optional && !open {
				list = append(list, group)
			}
		case word == "|":
			if depth == 0 {
				return nil
			}
		case word == "^":
		case strings.HasPrefix(word, "__") || strings.HasSuffix(word, "*"):
			open = true
		default:
			for _, t := range spelled(word) {
				if depth > 0 {
					group = append(group, t)
				} else if !optional {
					list = append(list, choice{t})
				}
			}
		}
	}
	return list
}

// spelled is a word of the book as the words of a text.
func spelled(word string) []string {
	if word == modelToken || word == makerToken || strings.HasSuffix(word, "'") || strings.HasPrefix(word, "'") {
		return []string{word}
	}
	var list []string
	for _, t := range tokens(word, nil) {
		list = append(list, t.text)
	}
	return list
}

// spelledOut puts the meanings of names in their places.
func spelledOut(say string, names map[string]string, depth int) string {
	if depth > 4 || !strings.Contains(say, "$") {
		return say
	}
	return piece.ReplaceAllStringFunc(say, func(p string) string {
		name, optional := strings.CutSuffix(p, "??")
		if !strings.HasPrefix(name, "$") {
			return p
		}
		end := ")"
		if optional {
			end = ")??"
		}
		return "(" + spelledOut(names[name[1:]], names, depth+1) + end
	})
}

// needWords finds for each wording the words of which a text that holds it must
// have one: of each way to say it the choice whose words the book holds least often.
func needWords(list []wording) {
	ways := make([][][]choice, len(list))
	often := make(map[string]int)
	for n := range list {
		for _, say := range list[n].Say {
			all := []string{say}
			if verb, ok := strings.CutPrefix(say, "~"); ok {
				all = formsOf(list[n].file, verb)
			}
			for _, s := range all {
				way := choices(s, list[n].names)
				ways[n] = append(ways[n], way)
				for _, c := range way {
					for _, w := range c {
						often[w]++
					}
				}
			}
		}
	}
	for n := range list {
		words := make(map[string]bool)
		for _, way := range ways[n] {
			var best choice
			least := 0
			for _, c := range way {
				sum := 0
				for _, w := range c {
					sum += often[w]
				}
				if best == nil || sum < least {
					best, least = c, sum
				}
			}
			if best == nil {
				words = nil
				break
			}
			for _, w := range best {
				words[w] = true
			}
		}
		list[n].words = words
	}
}
