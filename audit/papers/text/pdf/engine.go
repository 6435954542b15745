package pdf

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// The machine code of PDFium is made from WebAssembly once: 7 s and 350 MB the
// first time on a machine, 0.3 s when it lies in the user's cache folder, and
// next to nothing when this process has made it already.
var engine struct {
	code   wazero.CompilationCache
	onDisk bool
	warm   bool // the machine code is there
}

// turn lets one PDF be read at a time: two would need twice the memory. It
// guards engine.
var turn = make(chan struct{}, 1)

// warmUp makes the machine code, which no deadline of a single PDF can bear.
func warmUp(ctx context.Context) error {
	if engine.warm {
		return nil
	}
	pool, _, err := open(ctx)
	if err != nil {
		return fmt.Errorf("starting PDFium: %w", err)
	}
	engine.warm = true
	return pool.Close()
}

// cacheFolder is where the machine code is kept, "" where there is no folder
// that can be written.
func cacheFolder() string {
	base, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(base, "openness", "pdfium")
}

// compiled gives the cache of machine code; the caller has its turn. Where
// the folder cannot be made or written, the code is kept in memory alone and
// the first PDF of each run pays for it.
func compiled(folder string) wazero.CompilationCache {
	if engine.code != nil {
		return engine.code
	}
	if folder != "" && writable(folder) {
		if code, err := wazero.NewCompilationCacheWithDir(folder); err == nil {
			engine.code, engine.onDisk = code, true
			return code
		}
	}
	engine.code = wazero.NewCompilationCache()
	return engine.code
}

// writable makes the folder, for its owner alone, and tries to write to it.
func writable(folder string) bool {
	if os.MkdirAll(folder, 0o700) != nil {
		return false
	}
	f, err := os.CreateTemp(folder, "try")
	if err != nil {
		return false
	}
	f.Close()
	return os.Remove(f.Name()) == nil
}

// open starts a sandbox that ends with the context. Damaged machine code in the
// cache folder is no reason to fail: it is made anew, in memory.
func open(ctx context.Context) (pdfium.Pool, pdfium.Pdfium, error) {
	pool, in, err := start(ctx, compiled(cacheFolder()))
	if err != nil && engine.onDisk && ctx.Err() == nil {
		engine.code, engine.onDisk = wazero.NewCompilationCache(), false
		pool, in, err = start(ctx, engine.code)
	}
	return pool, in, err
}

func start(ctx context.Context, code wazero.CompilationCache) (pdfium.Pool, pdfium.Pdfium, error) {
	pool, err := webassembly.Init(webassembly.Config{
		Context: ctx, MaxIdle: 1, MaxTotal: 1,
		// Without a config of our own the sandbox would see every file of the machine.
		FSConfig: wazero.NewFSConfig(),
		Stdout:   io.Discard, Stderr: io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().
			// PDFium's module needs exceptions to compile at all.
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithCompilationCache(code).
			WithMemoryLimitPages(memoryPages).
			// Without this neither deadline nor cancellation ends a running call.
			WithCloseOnContextDone(true),
	})
	if err != nil {
		return nil, nil, err
	}
	in, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		_ = pool.Close()
		return nil, nil, err
	}
	return pool, in, nil
}
