package rubric

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"

	"openness/audit"
)

//go:embed rubrics/*.yaml
var builtinFiles embed.FS

// builtinIDs lists the built-in rubrics: the indexes, the newest first, then definitions.
var builtinIDs = []string{"osai-2026", "osai-2025", "radboud-2023", "osaid-1.0", "mof-1.0", "eu-ai-act-53-2",
	"eu-training-summary"}

// maxFile bounds a rubric file: the largest built-in one has some 20 kB.
const maxFile = 1 << 20

// ErrUnknown says that a name is neither a built-in rubric nor a file.
var ErrUnknown = errors.New("no such rubric")

// IDs lists the built-in rubrics without reading them, in the order of Builtin.
func IDs() []string { return append([]string(nil), builtinIDs...) }

var builtins = embedded("rubric", builtinIDs, BuiltinFile, func(name string, data []byte) (*Rubric, error) {
	return parse(name, data, audit.Facts(), trusted)
})

// A shelf holds built-in files of one kind, each read when it is first asked for.
type shelf[T any] struct {
	ids   []string
	files []func() T
}

func embedded[T any](kind string, ids []string, file func(id string) ([]byte, error),
	parse func(name string, data []byte) (T, error)) shelf[T] {
	s := shelf[T]{ids: ids}
	for _, id := range ids {
		s.files = append(s.files, sync.OnceValue(func() T {
			var value T
			data, err := file(id)
			if err == nil {
				value, err = parse(id+".yaml", data)
			}
			if err != nil {
				panic(fmt.Sprintf("rubric: built-in %s %s:\n%v", kind, id, err)) // a build that fails its own tests
			}
			return value
		}))
	}
	return s
}

// all gives every file of the shelf.
func (s shelf[T]) all() []T {
	list := make([]T, len(s.files))
	for i, file := range s.files {
		list[i] = file()
	}
	return list
}

// find gives the file with this id.
func (s shelf[T]) find(id string) (value T, ok bool) {
	if i := slices.Index(s.ids, id); i >= 0 {
		return s.files[i](), true
	}
	return value, false
}

// Builtin returns the built-in rubrics, the default one first. The caller
// must not change them.
func Builtin() []*Rubric { return builtins.all() }

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
	if r, ok := builtins.find(idOrFile); ok {
		return r, nil
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
	for _, r := range builtins.all() {
		if r.Verdicts != nil {
			list = append(list, r)
		}
	}
	return list
}
