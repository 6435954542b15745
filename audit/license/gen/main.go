// Gen builds the index of fingerprints that package license embeds.
//
//	go run ./audit/license/gen -texts DIR -spdx FILE -o audit/license/index.bin
//
// DIR is a folder of labelled texts: labels.tsv with the columns path, label
// and spdx_id, and the texts under the paths. FILE is spdx-full.json of the
// npm package spdx-license-list (CC0-1.0). Labels that are no licence (none,
// mixed, not-...) are left out. The index holds hashes of words, not the texts.
// With -list it also writes the table of names and approval flags.
//
//	go run ./audit/license/gen -add LicenseRef-acme-1.0=LICENSE.txt
//
// adds one licence's text to the index that is there, for which no other text is
// needed. A run that would leave out licences that the index holds is refused.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"openness/audit/license"
	"openness/audit/license/sources"
)

func main() {
	texts := flag.String("texts", "", "`DIR` with labels.tsv and the labelled texts")
	spdx := flag.String("spdx", "", "`FILE` spdx-full.json of npm spdx-license-list")
	list := flag.String("list", "",
		"`FILE` with the SPDX list and its flags (isOsiApproved, isFsfLibre, isDeprecatedLicenseId); writes -table")
	table := flag.String("table", "audit/license/kb/spdx.tsv", "`FILE` for the table of flags")
	out := flag.String("o", "audit/license/index.bin", "`FILE` to write")
	add := flag.String("add", "", "`ID=FILE`: add the text in FILE, under this id, to the index that is there")
	flag.Parse()
	var err error
	if *add != "" {
		err = addText(*add, *out)
	} else {
		err = run(*texts, *spdx, *out)
	}
	if err == nil && *list != "" {
		err = flags(*list, *spdx, *table)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(texts, spdx, out string) error {
	all, err := sources.Read(texts, spdx)
	if err != nil {
		return err
	}
	data, err := license.Build(all)
	if err != nil {
		return err
	}
	if err := dropsNone(out, data); err != nil {
		return err
	}
	if err := os.WriteFile(out, data, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d texts, %d bytes\n", out, len(all), len(data))
	return nil
}

// addText adds one text to the index in a file.
func addText(what, out string) error {
	id, file, ok := strings.Cut(what, "=")
	if !ok || id == "" || file == "" {
		return fmt.Errorf("-add %q: write ID=FILE, an SPDX id or LicenseRef-NAME", what)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	old, err := os.ReadFile(out)
	if err != nil {
		return err
	}
	data, err := license.Add(old, sources.Variants(id, file, text))
	if err != nil {
		return fmt.Errorf("%s: %w", out, err)
	}
	if len(data) == len(old) {
		return fmt.Errorf("%s: the index holds this text under this id, or it has too few words", file)
	}
	fmt.Printf("%s: %s added, %d bytes\n", out, id, len(data))
	if _, ok := license.Read(id); !ok {
		fmt.Printf("No entry of audit/license/kb/models.yaml has the id %s: the text is named, and its terms are unknown.\n", id)
	}
	return os.WriteFile(out, data, 0o644)
}

// dropsNone reports an error where an index that is there holds licences that a new one has not.
func dropsNone(out string, data []byte) error {
	old, err := os.ReadFile(out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	had, err := license.IDs(old)
	if err != nil {
		return nil //nolint:nilerr // of another version: all of it is made anew
	}
	has, err := license.IDs(data)
	if err != nil {
		return err
	}
	lost := slices.DeleteFunc(had, func(id string) bool { return slices.Contains(has, id) })
	if len(lost) > 0 {
		return fmt.Errorf("%s would lose %d licences, %s first: to add one text use -add ID=FILE", out, len(lost),
			lost[0])
	}
	return nil
}

// flags writes one line for each licence: id, OSI approved, FSF free (1, 0 or
// -), deprecated, name. Licences that only the newer list of texts has carry
// its flags.
func flags(list, spdx, table string) error {
	rows, err := sources.Flags(list, spdx)
	if err != nil {
		return err
	}
	return os.WriteFile(table, []byte(rows), 0o644)
}
