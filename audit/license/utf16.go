package license

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// A wide encoding is UTF-16 or UTF-32: units of two or four bytes.
type wide struct {
	order binary.ByteOrder
	unit  int // bytes
	mark  int // bytes of the byte order mark
}

// wideEncoding recognises UTF-16 and UTF-32 by their byte order mark or, where
// there is none, by the zeros that Latin letters leave in them.
func wideEncoding(text []byte) (wide, bool) {
	for _, w := range []struct {
		mark string
		wide
	}{{"\xff\xfe\x00\x00", wide{binary.LittleEndian, 4, 4}}, {"\x00\x00\xfe\xff", wide{binary.BigEndian, 4, 4}},
		{"\xff\xfe", wide{binary.LittleEndian, 2, 2}}, {"\xfe\xff", wide{binary.BigEndian, 2, 2}}} {
		if bytes.HasPrefix(text, []byte(w.mark)) {
			return w.wide, true
		}
	}
	const least, sample = 64, 4096
	if len(text) < least || bytes.IndexByte(text[:least], 0) < 0 {
		return wide{}, false
	}
	for _, w := range []wide{{binary.LittleEndian, 4, 0}, {binary.BigEndian, 4, 0}, {binary.LittleEndian, 2, 0}, {binary.BigEndian, 2, 0}} {
		latin, units := 0, min(len(text), sample)/w.unit
		for i := range units {
			if r := w.unitAt(text, i*w.unit); r >= '\t' && r < 0x100 {
				latin++
			}
		}
		if latin*10 >= units*9 {
			return w, true
		}
	}
	return wide{}, false
}

// unitAt is the unit at an offset, utf8.RuneError where it is cut off.
func (w wide) unitAt(text []byte, at int) rune {
	switch {
	case at+w.unit > len(text):
		return utf8.RuneError
	case w.unit == 2:
		return rune(w.order.Uint16(text[at:]))
	}
	if u := w.order.Uint32(text[at:]); u <= utf8.MaxRune {
		return rune(u)
	}
	return utf8.RuneError
}

// fromUTF16 turns a text in UTF-16 or UTF-32 into UTF-8. It returns nil for any
// other text. at gives, for each byte of the result and its end, the offset in
// the input.
func fromUTF16(text []byte) (plain []byte, at []uint32) {
	w, ok := wideEncoding(text)
	if !ok {
		return nil, nil
	}
	plain, at = make([]byte, 0, len(text)/w.unit), make([]uint32, 0, len(text)/w.unit+1)
	i := w.mark
	for i+w.unit <= len(text) {
		from := i
		r := w.unitAt(text, i)
		i += w.unit
		if w.unit == 2 && utf16.IsSurrogate(r) {
			if r = utf16.DecodeRune(r, w.unitAt(text, i)); r != utf8.RuneError {
				i += w.unit
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
