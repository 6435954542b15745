package license

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// fromUTF16 turns a text in UTF-16 or UTF-32 into UTF-8: one that starts with the
// byte order mark, or whose zero bytes tell where the high halves stand. It returns
// nil for any other text. at gives, for each byte of the result and its end, the
// offset in the input.
func fromUTF16(text []byte) (plain []byte, at []uint32) {
	order, width, from := encodingOf(text)
	if order == nil {
		return nil, nil
	}
	plain, at = make([]byte, 0, len(text)/width), make([]uint32, 0, len(text)/width+1)
	i := from
	for i+width <= len(text) {
		start := i
		var r rune
		if width == 4 {
			r = rune(order.Uint32(text[i:]))
		} else {
			r = rune(order.Uint16(text[i:]))
		}
		i += width
		if width == 2 && utf16.IsSurrogate(r) {
			low := rune(utf8.RuneError)
			if i+1 < len(text) {
				low = rune(order.Uint16(text[i:]))
			}
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				i += 2
			}
		}
		plain = utf8.AppendRune(plain, r)
		for len(at) < len(plain) {
			at = append(at, uint32(start))
		}
	}
	return plain, append(at, uint32(i))
}

// IsText reports whether a file is a text that Identify reads, and no program or
// picture: none of its first bytes is zero, or they are so as in UTF-16 or UTF-32.
func IsText(file []byte) bool {
	if bytes.IndexByte(file[:min(len(file), textSample)], 0) < 0 {
		return true
	}
	order, _, _ := encodingOf(file)
	return order != nil
}

// textSample is how much of a file is looked at for bytes that no text has.
const textSample = 8000

// encodingOf tells the byte order and width of a text's characters, and where they
// begin; order is nil for a text of single bytes.
func encodingOf(text []byte) (order binary.ByteOrder, width, from int) {
	switch {
	case bytes.HasPrefix(text, []byte{0xff, 0xfe, 0, 0}):
		return binary.LittleEndian, 4, 4
	case bytes.HasPrefix(text, []byte{0, 0, 0xfe, 0xff}):
		return binary.BigEndian, 4, 4
	case bytes.HasPrefix(text, []byte{0xff, 0xfe}):
		return binary.LittleEndian, 2, 2
	case bytes.HasPrefix(text, []byte{0xfe, 0xff}):
		return binary.BigEndian, 2, 2
	}
	head := text[:min(len(text), encodingSample)&^3]
	if len(head) < minEncoded || bytes.IndexByte(head, 0) < 0 {
		return nil, 0, 0
	}
	for _, e := range []struct {
		order binary.ByteOrder
		width int
	}{{binary.LittleEndian, 4}, {binary.BigEndian, 4}, {binary.LittleEndian, 2}, {binary.BigEndian, 2}} {
		if readsAs(head, e.order, e.width) {
			return e.order, e.width, 0
		}
	}
	return nil, 0, 0
}

// readsAs reports whether nearly all of a text is printable in an encoding: in
// the wrong order or width it is not, whatever its language.
func readsAs(head []byte, order binary.ByteOrder, width int) bool {
	printable, n := 0, len(head)/width
	for i := 0; i+width <= len(head); i += width {
		var r rune
		if width == 4 {
			r = rune(order.Uint32(head[i:]) & 0x7fffffff)
		} else {
			r = rune(order.Uint16(head[i:]))
		}
		if commonRune(r) {
			printable++
		}
	}
	return printable*20 >= n*19
}

// commonRune reports whether a character is one that licences are written in:
// letters of the alphabets in use, Chinese, Japanese and Korean ones and their
// signs. The rare planes and the private area are what a wrong order gives.
func commonRune(r rune) bool {
	switch {
	case r == '\n', r == '\r', r == '\t', ' ' <= r && r <= '~', 0xa0 <= r && r <= 0x5ff: // Latin to Hebrew
		return true
	case 0x2010 <= r && r <= 0x206f, 0x3000 <= r && r <= 0x30ff, 0xff01 <= r && r <= 0xff9f: // signs, kana
		return true
	}
	return 0x4e00 <= r && r <= 0x9fff || 0xac00 <= r && r <= 0xd7a3
}

// How much of a text is looked at for its encoding, and the least that tells, in bytes.
const (
	encodingSample = 4096
	minEncoded     = 64
)

// relocate moves all spans of a result to where at says that they are.
func (r *Result) relocate(at []uint32) {
	for i := range r.Matches {
		r.Matches[i].Start, r.Matches[i].End = int(at[r.Matches[i].Start]), int(at[r.Matches[i].End])
	}
	for i := range r.Diffs {
		r.Diffs[i].Span = Span{int(at[r.Diffs[i].Start]), int(at[r.Diffs[i].End])}
	}
	for i := range r.Mentions {
		r.Mentions[i].Span = Span{int(at[r.Mentions[i].Start]), int(at[r.Mentions[i].End])}
	}
}
