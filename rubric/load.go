package rubric

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"openness/audit"
)

//go:embed rubrics/*.yaml
var builtinFiles embed.FS

// builtinIDs lists the built-in rubrics: the indexes, the newest first, then definitions.
var builtinIDs = []string{"osai-2026", "osai-2025", "radboud-2023", "osaid-1.0", "mof-1.0", "eu-ai-act-53-2", "eu-training-summary"}

// maxFile bounds a rubric file: the largest built-in one has some 20 kB.
const maxFile = 1 << 20

// ErrUnknown says that a name is neither a built-in rubric nor a file.
var ErrUnknown = errors.New("no such rubric")

// IDs lists the built-in rubrics without reading them, in the order of Builtin.
func IDs() []string { return append([]string(nil), builtinIDs...) }

var builtins = embedded("rubric", builtinIDs, BuiltinFile, func(name string, data []byte) (*Rubric, error) {
	return parse(name, data, audit.Facts(), trusted)
})

// embedded reads the built-in files of one kind when they are first asked for.
func embedded[T any](kind string, ids []string, file func(id string) ([]byte, error), parse func(name string, data []byte) (T, error)) func() []T {
	return sync.OnceValue(func() []T {
		list := make([]T, len(ids))
		for i, id := range ids {
			data, err := file(id)
			if err == nil {
				list[i], err = parse(id+".yaml", data)
			}
			if err != nil {
				panic(fmt.Sprintf("rubric: built-in %s %s:\n%v", kind, id, err)) // a build that fails its own tests
			}
		}
		return list
	})
}

// Builtin returns the built-in rubrics, the default one first. The caller
// must not change them.
func Builtin() []*Rubric { return append([]*Rubric(nil), builtins()...) }

// BuiltinFile returns the YAML text of a built-in rubric, for people who want
// to start their own from it.
func BuiltinFile(id string) ([]byte, error) {
	data, err := builtinFiles.ReadFile("rubrics/" + id + ".yaml")
	if err != nil {
		return nil, unknown(id)
	}
	return data, nil
}

// Load returns the built-in rubric with this id or reads the file of this
// name. A file with faults gives Faults, all of them.
func Load(idOrFile string) (*Rubric, error) {
	for _, r := range builtins() {
		if r.ID == idOrFile {
			return r, nil
		}
	}
	data, err := readFile(idOrFile)
	if errors.Is(err, os.ErrNotExist) && !strings.ContainsAny(idOrFile, "./\\") {
		return nil, unknown(idOrFile)
	}
	if err != nil {
		return nil, fmt.Errorf("rubric %q: %w", idOrFile, err)
	}
	return Parse(idOrFile, data)
}

func unknown(id string) error {
	return fmt.Errorf("%w: %q is neither a file nor one of %s%s", ErrUnknown, id,
		strings.Join(builtinIDs, ", "), DidYouMean(id, builtinIDs))
}

func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = fmt.Errorf("larger than the %d bytes that a file of rules may have", maxFile)
	}
	return data, err
}

// Parse reads a rubric from the bytes of a YAML file; name is for messages.
// Its error is Faults: every fault found, each with its position.
func Parse(name string, data []byte) (*Rubric, error) {
	return parse(name, data, audit.Facts(), untrusted)
}

// Frameworks returns the built-in rubrics that come to a verdict.
func Frameworks() []*Rubric {
	var list []*Rubric
	for _, r := range builtins() {
		if r.Verdicts != nil {
			list = append(list, r)
		}
	}
	return list
}
