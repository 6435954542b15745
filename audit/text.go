package audit

import "bytes"

// NotText says why a file that a person gives as a text cannot be read as one, and
// what to do, or nothing where it can. Letters of older encodings are let pass: a
// spreadsheet writes them, and what is read beside them is plain.
func NotText(file []byte) string {
	switch {
	case MarkedWide(file):
		return "is in UTF-16 or UTF-32: save it as UTF-8"
	case bytes.IndexByte(file, 0) >= 0:
		return "is no text in UTF-8"
	}
	return ""
}

// MarkedWide reports whether a file begins with the mark of UTF-16 or UTF-32.
func MarkedWide(file []byte) bool {
	return bytes.HasPrefix(file, []byte{0xff, 0xfe}) || bytes.HasPrefix(file, []byte{0xfe, 0xff})
}
