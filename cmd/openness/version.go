package main

import (
	"runtime/debug"
)

// buildOf tells what --version adds to the version: the commit that the program
// was built from, its date, and whether the source was changed after it. A build
// outside a checkout, or of a module that was downloaded, has no such mark.
func buildOf(info *debug.BuildInfo) string {
	var commit, date, changed string
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value[:min(len(s.Value), 12)]
		case s.Key == "vcs.time":
			date = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", changed since"
		}
	}
	if commit == "" {
		return " (" + info.GoVersion + ")"
	}
	return " (commit " + commit + " of " + date + changed + ", " + info.GoVersion + ")"
}

// versionText is the answer to --version.
func versionText() string {
	text := "openness " + version
	if info, ok := debug.ReadBuildInfo(); ok {
		text += buildOf(info)
	}
	return text + "\n"
}
