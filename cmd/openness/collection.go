package main

import (
	"runtime"
	"runtime/debug"
)

// Garbage is collected when it has grown to what is in use. Where that is little, it
// is collected all the time, for a tenth of the processor's time and more; a setting
// of one's own (GOGC, GOMEMLIMIT) is left alone.

// easeCollection lets garbage grow for the length of a report, and gives what
// sets it back. Ten thousand models keep 60 MiB, so that four times that stays
// below 512 MiB, and collecting it less often saves an eighth of the processor's
// time. A longer list is left alone.
func easeCollection(env *environment, models int) (restore func()) {
	const most, percent = 20_000, 300
	if models > most || setsCollection(env) {
		return func() {}
	}
	before := debug.SetGCPercent(percent)
	return func() { debug.SetGCPercent(before) }
}

func setsCollection(env *environment) bool {
	return env.getenv("GOGC") != "" || env.getenv("GOMEMLIMIT") != ""
}

// allowance is how much more an audit may seem to have in use than it has.
const allowance = 48 << 20

// allowGarbage lets garbage grow by a fixed amount until what it gives is called: an
// audit has a few megabytes in use, but for reading a long paper, of which it may
// not take several times as much again. Memory that nobody writes to is never given
// to the process: it counts for the collector alone.
func allowGarbage(env *environment) (restore func()) {
	if setsCollection(env) {
		return func() {}
	}
	unused := make([]byte, allowance)
	return func() { runtime.KeepAlive(unused) }
}
