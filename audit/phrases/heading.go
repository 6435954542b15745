package phrases

import (
	"strings"
	"sync"

	textual "openness/audit/pattern"
)

var headings = sync.OnceValue(func() *Book { return Default().Of("heading") })

var (
	// beforeHeading is what stands before the words of a heading: marks, numbers.
	beforeHeading = textual.MustCompile(`^(?:[^\p{L}]+|[一二三四五六七八九十]+[、.．]\s*|第[一二三四五六七八九十]+[章节]\s*)+`)
	// joinsHeadings stands between two headings in one.
	joinsHeadings = textual.MustCompile(`\s*(?:\s(?:und|and|sowie)\s|[&/、]|与|和|及)\s*`)
)

// maxHeading is the length from which a heading is a sentence.
const maxHeading = 90

// Heading gives the usual English heading for one in another language, in small
// letters; "" where the book does not know it. Of "A and B" both are given.
func Heading(text string) string {
	text = strings.TrimRight(beforeHeading.ReplaceAllString(text, ""), " \t*_:：.。#")
	if text == "" || len(text) > maxHeading {
		return ""
	}
	if english := heading(text); english != "" {
		return english
	}
	parts := joinsHeadings.Split(text, 4)
	if len(parts) < 2 {
		return ""
	}
	for i := range parts {
		if parts[i] = heading(parts[i]); parts[i] == "" {
			return ""
		}
	}
	return strings.Join(parts, " and ")
}

// heading is Heading of the whole of a text.
func heading(text string) string {
	for _, m := range headings().FindString(text) {
		if m.Start == 0 && strings.TrimSpace(text[m.End:]) == "" {
			return m.Phrase.Value
		}
	}
	return ""
}
