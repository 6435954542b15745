// Gen builds the index of fingerprints that package license embeds.
//
//	go run ./audit/license/gen -texts DIR -spdx FILE -o audit/license/index.bin
//
// DIR is a folder of labelled texts: labels.tsv with the columns path, label
// and spdx_id, and the texts under the paths. FILE is spdx-full.json of the
// npm package spdx-license-list (CC0-1.0). Labels that are no licence (none,
// mixed, not-...) are left out. The index holds hashes of words, not the texts.
// With -list it also writes the table of names and approval flags.
package main

import (
	"flag"
	"fmt"
	"os"

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
	flag.Parse()
	err := run(*texts, *spdx, *out)
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
	if err := os.WriteFile(out, data, 0o644); err != nil {
		return err
	}
	fmt.Printf("%s: %d texts, %d bytes\n", out, len(all), len(data))
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
