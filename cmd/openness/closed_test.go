package main

import (
	"encoding/json"
	"os"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
)

// determined checks that every dossier of a file has at least so many dimensions of
// which the class is determined and rests on a passage: "determined FILE N".
func determined(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: determined FILE N")
	}
	least, err := strconv.Atoi(args[1])
	ts.Check(err)
	text, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	var dossiers []struct {
		Model      struct{ Name string }
		Judgements []struct {
			Dimension, Class string
			Observations     []struct{ Quote string }
		}
	}
	ts.Check(json.Unmarshal(text, &dossiers))
	if len(dossiers) == 0 {
		ts.Fatalf("%s holds no dossier", args[0])
	}
	for _, d := range dossiers {
		n, of := 0, ""
		for _, j := range d.Judgements {
			quoted := false
			for _, o := range j.Observations {
				quoted = quoted || o.Quote != ""
			}
			of += " " + j.Dimension + "=" + j.Class
			if j.Class != "undetermined" && quoted {
				n++
				of += "*"
			}
		}
		ts.Logf("%s: %d of %d dimensions rest on a passage:%s", d.Model.Name, n, len(d.Judgements), of)
		if n < least {
			ts.Fatalf("%s: %d dimensions are determined from a passage, want %d", d.Model.Name, n, least)
		}
	}
}
