package reports

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// IndentedJSON is v with its hidden characters escaped; every line but the first begins
// with margin, and no line end stands behind the last.
func IndentedJSON(v any, margin string) ([]byte, error) {
	line, err := compactJSON(v)
	if err != nil {
		return nil, err
	}
	return indented(line, margin), nil
}

// compactJSON is v on one line, with its hidden characters escaped.
func compactJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("write JSON: %w", err)
	}
	line := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	if VisibleAlready(line) {
		return line, nil
	}
	return []byte(EscapeHidden(string(line), JSONEscape)), nil
}

// indented puts each member and element of compact JSON on a line of its own, as
// json.Indent does with two blanks, which reads every byte as one of foreign JSON: what
// encoding/json has written just now is known to be in order.
func indented(compact []byte, margin string) []byte {
	text := make([]byte, 0, 2*len(compact))
	depth := 0
	newLine := func() {
		text = append(append(text, '\n'), margin...)
		for range depth {
			text = append(text, "  "...)
		}
	}
	for i := 0; i < len(compact); i++ {
		c := compact[i]
		switch c {
		case '"':
			end := endOfString(compact, i)
			text = append(text, compact[i:end]...)
			i = end - 1
		case '{', '[':
			text = append(text, c)
			if next := compact[i+1]; next == '}' || next == ']' {
				text = append(text, next)
				i++
				continue
			}
			depth++
			newLine()
		case '}', ']':
			depth--
			newLine()
			text = append(text, c)
		case ',':
			text = append(text, c)
			newLine()
		case ':':
			text = append(text, ": "...)
		default:
			text = append(text, c)
		}
	}
	return text
}

// endOfString is behind the closing mark of the string that begins at an offset of JSON.
func endOfString(compact []byte, start int) int {
	i := start + 1
	for compact[i] != '"' {
		if compact[i] == '\\' {
			i++
		}
		i++
	}
	return i + 1
}
