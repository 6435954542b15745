package latex

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// ErrNotSource means that the bytes hold no LaTeX source of a paper.
var ErrNotSource = errors.New("not the LaTeX source of a paper")

// Bounds on archives. Sources of long papers have 1 MB of text beside figures,
// which are passed over.
const (
	MaxBytes   = 200 << 20 // as sent
	maxUnpack  = 512 << 20 // unpacked, figures too
	maxFile    = 8 << 20
	maxText    = 32 << 20 // of all files that are kept
	maxMembers = 20_000
	maxName    = 500
)

// Is reports whether bytes look like an archive or source: gzip, tar or TeX.
func Is(body []byte) bool {
	return bytes.HasPrefix(body, []byte{0x1f, 0x8b}) || isTar(body) || isTeX(body)
}

func isTar(body []byte) bool { return len(body) > 262 && string(body[257:262]) == "ustar" }

func isTeX(body []byte) bool {
	head := body[:min(len(body), 64<<10)]
	return !bytes.Contains(head, []byte{0}) && (bytes.Contains(head, []byte(`\documentclass`)) || bytes.Contains(head,
		[]byte(`\documentstyle`)))
}

// unpack gives the text files of a source by their cleaned names. Nothing is
// written anywhere, so names that climb out of the archive only fail to be found.
func unpack(body []byte) (files map[string]string, unread []string, err error) {
	if len(body) > MaxBytes {
		return nil, nil, fmt.Errorf("%w: %d bytes, read are %d", ErrNotSource, len(body), MaxBytes)
	}
	var in io.Reader = bytes.NewReader(body)
	if bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, nil, fmt.Errorf("%w: %w", ErrNotSource, err)
		}
		in = z
	}
	counted := &io.LimitedReader{R: in, N: maxUnpack}
	head := make([]byte, 512)
	n, err := io.ReadFull(counted, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, nil, fmt.Errorf("%w: %w", ErrNotSource, err)
	}
	all := io.MultiReader(bytes.NewReader(head[:n]), counted)
	if !isTar(head[:n]) {
		return single(all)
	}
	files, unread, err = members(tar.NewReader(all))
	if counted.N <= 0 {
		unread = append(unread, fmt.Sprintf("what stands behind %d bytes of the archive", maxUnpack))
	}
	if err != nil && len(files) == 0 {
		return nil, nil, err
	}
	if err != nil {
		unread = append(unread, "the rest of a broken archive")
	}
	return files, unread, nil
}

// single reads a source of one file.
func single(in io.Reader) (map[string]string, []string, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err != nil && len(text) == 0 {
		return nil, nil, fmt.Errorf("%w: %w", ErrNotSource, err)
	}
	var unread []string
	switch {
	case len(text) > maxFile:
		text, unread = text[:maxFile], []string{fmt.Sprintf("the source beyond %d bytes", maxFile)}
	case err != nil:
		unread = []string{"the rest of a broken archive"}
	}
	if !isTeX(text) {
		return nil, nil, fmt.Errorf("%w: no TeX in it", ErrNotSource)
	}
	return map[string]string{"main.tex": valid(text)}, unread, nil
}

func members(archive *tar.Reader) (files map[string]string, unread []string, err error) {
	files = map[string]string{}
	total := 0
	for n := 0; ; n++ {
		h, err := archive.Next()
		switch {
		case errors.Is(err, io.EOF):
			return files, unread, nil
		case err != nil:
			return files, unread, fmt.Errorf("%w: %w", ErrNotSource, err)
		case n == maxMembers:
			return files, append(unread, fmt.Sprintf("what stands behind %d members of the archive", maxMembers)), nil
		}
		name := path.Clean("/" + strings.ReplaceAll(h.Name, `\`, "/"))[1:]
		if h.Typeflag != tar.TypeReg || len(name) > maxName || !wanted(name) {
			continue
		}
		if _, twice := files[name]; twice {
			continue
		}
		if h.Size > maxFile || total+int(h.Size) > maxText {
			unread = append(unread, fmt.Sprintf("the file %q of %d bytes", name, h.Size))
			continue
		}
		text, err := io.ReadAll(io.LimitReader(archive, maxFile))
		if err != nil {
			return files, unread, fmt.Errorf("%w: %w", ErrNotSource, err)
		}
		total += len(text)
		if !bytes.Contains(text[:min(len(text), 1024)], []byte{0}) {
			files[name] = valid(text)
		}
	}
}

func wanted(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".tex", ".ltx", ".bbl", ".latex", ".tikz", "":
		return true
	}
	return false
}

// valid is a text as UTF-8: old sources are in Latin-1.
func valid(text []byte) string {
	if utf8.Valid(text) {
		return strings.ReplaceAll(string(text), "\r\n", "\n")
	}
	var out strings.Builder
	for _, b := range text {
		out.WriteRune(rune(b))
	}
	return strings.ReplaceAll(out.String(), "\r\n", "\n")
}

// mainFile is the file that the paper begins with.
func mainFile(files map[string]string) (string, bool) {
	var names []string
	for name, text := range files {
		if begins(text) {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := rank(a, files[a]) - rank(b, files[b]); d != 0 {
			return d
		}
		if d := len(files[b]) - len(files[a]); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	if len(names) == 0 {
		return "", false
	}
	return names[0], true
}

// begins reports whether a file is a document of its own.
func begins(text string) bool {
	class := false
	for line := range strings.Lines(text) {
		line = strings.TrimLeft(line, " \t")
		if strings.HasPrefix(line, `\documentclass`) || strings.HasPrefix(line, `\documentstyle`) {
			class = true
		}
		if class && strings.HasPrefix(line, `\begin{document}`) {
			return true
		}
	}
	return class && strings.Contains(text, `\begin{document}`)
}

// rank puts the likely main file first: near the root, by its usual names, and
// no figure or part that can also be set alone.
func rank(name, text string) int {
	r := 10 * strings.Count(name, "/")
	switch strings.TrimSuffix(path.Base(name), path.Ext(name)) {
	case "main", "ms", "paper", "article", "arxiv", "root":
		r -= 5
	}
	if strings.Contains(text, "{standalone}") || strings.Contains(text, "{subfiles}") || strings.Contains(text,
		"supplement") && strings.Contains(name, "supp") {
		r += 100
	}
	return r
}
