package license

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// fromUTF16 turns a text that starts with the byte order mark of UTF-16 into
// UTF-8. It returns nil for any other text. at gives, for each byte of the
// result and its end, the offset in the input.
func fromUTF16(text []byte) (plain []byte, at []uint32) {
	if len(text) < 2 {
		return nil, nil
	}
	var order binary.ByteOrder
	switch {
	case text[0] == 0xff && text[1] == 0xfe:
		order = binary.LittleEndian
	case text[0] == 0xfe && text[1] == 0xff:
		order = binary.BigEndian
	default:
		return nil, nil
	}
	plain, at = make([]byte, 0, len(text)/2), make([]uint32, 0, len(text)/2+1)
	i := 2
	for i+1 < len(text) {
		from := i
		r := rune(order.Uint16(text[i:]))
		i += 2
		if utf16.IsSurrogate(r) {
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
			at = append(at, uint32(from))
		}
	}
	return plain, append(at, uint32(i))
}

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
