// Package docx takes the text out of the files of word processors: DOCX and ODT.
//
// In: the bytes of such a file, which is an archive with the text as XML in one of its
// members. Out: its paragraphs, each on a line of its own, the same for the same bytes.
// Pictures, notes in the margin, numbers that the word processor counts by itself and
// what a revision struck out are left out. A member that is larger than a text can be is
// not read at all: what was cut could have said the opposite.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Version is part of what makes a text: the same bytes give the same text as long as it
// stays.
const Version = "1"

// maxXML bounds the member that holds the text, in bytes after decompression.
const maxXML = 8 << 20

// Is reports whether bytes may be such a file: an archive.
func Is(body []byte) bool { return bytes.HasPrefix(body, []byte("PK\x03\x04")) }

// Text gives the paragraphs of a file.
func Text(body []byte) ([]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, fmt.Errorf("the file is broken: %w", err)
	}
	for _, f := range archive.File {
		if f.Name == "word/document.xml" || f.Name == "content.xml" {
			return read(f)
		}
	}
	return nil, errors.New("the archive holds no text of a word processor")
}

func read(f *zip.File) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, errors.New("the file is encrypted")
	}
	member, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("the file is broken: %w", err)
	}
	defer member.Close()
	bounded := &io.LimitedReader{R: member, N: maxXML + 1}
	text, err := paragraphs(bounded)
	switch {
	case bounded.N <= 0:
		return nil, fmt.Errorf("its text is larger than %d MB", maxXML>>20)
	case err != nil:
		return nil, fmt.Errorf("the file is broken: %w", err)
	}
	return text, nil
}

// paragraphs writes the text of a member. The elements of both formats have names of
// their own, so that one reader serves both.
func paragraphs(member io.Reader) ([]byte, error) {
	var out, line strings.Builder
	flush := func() {
		if text := strings.Join(strings.Fields(line.String()), " "); text != "" {
			out.WriteString(text + "\n\n")
		}
		line.Reset()
	}
	decoder := xml.NewDecoder(member)
	within := 0 // how many elements around hold text of the page
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			flush()
			return []byte(out.String()), nil
		}
		if err != nil {
			return nil, err //nolint:wrapcheck // the caller says of what
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "del", "annotation", "tracked-changes", "instrText", "delText":
				if err := decoder.Skip(); err != nil {
					return nil, err //nolint:wrapcheck // the caller says of what
				}
			case "t", "p", "h":
				if t.Name.Local != "t" {
					flush()
				}
				within++
			case "tab", "br", "cr", "s", "line-break":
				line.WriteByte(' ')
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				within--
			case "p", "h":
				flush()
				within--
			}
		case xml.CharData:
			if within > 0 {
				line.Write(t)
			}
		}
	}
}
