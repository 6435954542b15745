package main

import "runtime"

// allowance is how much more a command may seem to have in use than it has.
const allowance = 48 << 20

// allowGarbage lets garbage grow by a fixed amount until what it gives is called.
// Garbage is collected when it has grown to what is in use. Of most commands that is
// a few megabytes, so that they would collect all the time, for a tenth of the
// processor's time and more; a multiple of it (GOGC) would let the reading of a long
// paper take several times as much again. A setting of one's own is left alone.
// Memory that nobody writes to is never given to the process: it counts for the
// collector alone.
func allowGarbage(env *environment) (restore func()) {
	if env.getenv("GOGC") != "" || env.getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	unused := make([]byte, allowance)
	return func() { runtime.KeepAlive(unused) }
}
