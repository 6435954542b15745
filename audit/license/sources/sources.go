// Package sources reads the texts that the licence index is built from. Only
// the generator and measurements import it.
package sources

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"openness/audit/license"
)

// A Row is one line of a table of labelled texts.
type Row map[string]string

// Labels reads DIR/labels.tsv.
func Labels(dir string) ([]Row, error) {
	data, err := os.ReadFile(filepath.Join(dir, "labels.tsv"))
	if err != nil {
		return nil, fmt.Errorf("labels: %w", err)
	}
	lines := strings.Split(strings.TrimRight(string(data), "\n"), "\n")
	head := strings.Split(lines[0], "\t")
	var rows []Row
	for _, line := range lines[1:] {
		row := make(Row)
		for i, cell := range strings.Split(line, "\t") {
			row[head[i]] = cell
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// ID is the licence id of a labelled text: its SPDX id, or LicenseRef- and the
// label. It is empty where the label is no licence.
func (r Row) ID() string {
	label := r["label"]
	switch {
	case label == "none" || label == "mixed" || strings.HasPrefix(label, "not-"):
		return ""
	case r["spdx_id"] != "-":
		return r["spdx_id"]
	}
	return "LicenseRef-" + label
}

// Read reads the labelled texts of a folder and the SPDX texts of a file;
// either may be empty. Sources are in a fixed order: labelled texts first.
func Read(texts, spdx string) ([]license.Source, error) {
	var all []license.Source
	if texts != "" {
		labelled, err := Labelled(texts)
		if err != nil {
			return nil, err
		}
		all = labelled
	}
	if spdx != "" {
		known, err := SPDX(spdx)
		if err != nil {
			return nil, err
		}
		all = append(all, known...)
	}
	return all, nil
}

// Labelled reads the licence texts of a labelled folder.
func Labelled(dir string) ([]license.Source, error) {
	rows, err := Labels(dir)
	if err != nil {
		return nil, err
	}
	var all []license.Source
	for _, row := range rows {
		if row.ID() == "" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, row["path"]))
		if err != nil {
			return nil, fmt.Errorf("labelled text %q: %w", row["path"], err)
		}
		all = append(all, Variants(row.ID(), row["path"], text)...)
	}
	return all, nil
}

// Texts reads the texts of the SPDX list by their ids.
func Texts(file string) (map[string]string, error) {
	var list map[string]struct {
		Text string `json:"licenseText"`
	}
	if err := readJSON(file, &list); err != nil {
		return nil, fmt.Errorf("SPDX texts: %w", err)
	}
	texts := make(map[string]string, len(list))
	for id, l := range list {
		texts[id] = l.Text
	}
	return texts, nil
}

// SPDX reads the texts of the SPDX list as sources. Deprecated ids whose text
// another id has too are left out, and -or-later and -invariants-: a text
// cannot tell them from -only, it takes the notice beside it.
func SPDX(file string) ([]license.Source, error) {
	list, err := Texts(file)
	if err != nil {
		return nil, err
	}
	ids := make([]string, 0, len(list))
	for id := range list {
		_, only := list[strings.TrimSuffix(strings.TrimSuffix(id, "+"), "-or-later")+"-only"]
		_, plus := list[strings.TrimSuffix(id, "+")+"-or-later"]
		if !only && !plus && !strings.Contains(id, "-invariants-") {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	var all []license.Source
	for _, id := range ids {
		all = append(all, Variants(id, "spdx:"+id, []byte(list[id]))...)
	}
	return all, nil
}

// Flags joins the flags of the SPDX list in file list with the names and OSI
// flags of the newer texts in file spdx, one licence a line.
func Flags(list, spdx string) (string, error) {
	var known struct {
		Licenses []struct {
			ID         string `json:"licenseId"`
			Name       string `json:"name"`
			OSI        bool   `json:"isOsiApproved"`
			FSF        *bool  `json:"isFsfLibre"`
			Deprecated bool   `json:"isDeprecatedLicenseId"`
		} `json:"licenses"`
	}
	var newer map[string]struct {
		Name string `json:"name"`
		OSI  bool   `json:"osiApproved"`
	}
	if err := readJSON(list, &known); err != nil {
		return "", err
	}
	if err := readJSON(spdx, &newer); err != nil {
		return "", err
	}
	bit := map[bool]string{true: "1", false: "0"}
	var rows []string
	for _, l := range known.Licenses {
		fsf := "-"
		if l.FSF != nil {
			fsf = bit[*l.FSF]
		}
		rows = append(rows, strings.Join([]string{l.ID, bit[l.OSI], fsf, bit[l.Deprecated], l.Name}, "\t"))
		delete(newer, l.ID)
	}
	for id, l := range newer {
		rows = append(rows, strings.Join([]string{id, bit[l.OSI], "-", "0", l.Name}, "\t"))
	}
	slices.Sort(rows)
	return strings.Join(rows, "\n") + "\n", nil
}

func readJSON(file string, into any) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%q: %w", file, err)
	}
	return nil
}
