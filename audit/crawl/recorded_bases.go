package crawl

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/hub"
)

// Tools write down beside the weights what they were made from: a merging tool its
// recipe, a tuning tool the model that its adapter belongs to.

// recordLimit bounds such a file.
const recordLimit = 1 << 20

// recipeFiles are the names under which recipes for merging are kept.
var recipeFiles = []string{"mergekit_config.yml", "mergekit_config.yaml", "merge_config.yml", "merge_config.yaml",
	"merge.yml", "merge.yaml", "mergekit_moe_config.yml"}

// adapterFile is what tools for adapters write.
const adapterFile = "adapter_config.json"

// configFile is what the library for models writes, with the path that the weights were loaded from
// before they were trained on.
const configFile = "config.json"

// maxRecordFiles bounds the files of one model that are read for what it was made from.
const maxRecordFiles = 8

// readRecordedBases reads the files of a model that record what it was made from. The
// list of files decides, so that nothing is asked for in vain; and a model of which
// the hub tells its bases is asked for a recipe only, which may name more of them.
func (g *gathering) readRecordedBases(ctx context.Context, m *model, revision string) error {
	for i, file := range m.records() {
		if i == maxRecordFiles {
			break
		}
		d, err := g.get(ctx, g.modelFile(m, revision, file, audit.DocConfig, recordLimit))
		if err != nil {
			return err
		}
		if file == configFile {
			m.loaded = loadedFrom(d.Body)
			continue
		}
		isRecipe, ids := slices.Contains(recipeFiles, file), adapterBase(d.Body)
		if isRecipe {
			ids = ingredients(d.Body)
		}
		for _, id := range ids {
			m.recorded = append(m.recorded, parent{id: id, reason: fmt.Sprintf("The file %s of %q records it.", file,
				m.id), merged: isRecipe})
		}
	}
	return nil
}

// records are the files of a model that may record what it was made from and that are worth asking for.
func (m *model) records() []string {
	told := m.api != nil && len(m.api.BaseModels) > 0
	return slices.DeleteFunc(slices.Clone(m.listing()), func(file string) bool {
		switch {
		case slices.Contains(recipeFiles, file):
			return false
		case path.Base(file) == adapterFile:
			return told
		}
		return file != configFile || told || m.gated() || len(m.front("base_model")) > 0
	})
}

// adapterBase is the model that an adapter's configuration says it is for.
func adapterBase(body []byte) []string {
	var config struct {
		Base string `json:"base_model_name_or_path"`
	}
	if json.Unmarshal(body, &config) != nil || config.Base == "" || workFolder.MatchString(config.Base) {
		return nil
	}
	return []string{config.Base}
}

// loadedFrom is the model whose weights a configuration says were loaded, by its hub id; "" for a folder on
// the maker's own disk.
func loadedFrom(body []byte) string {
	var config struct {
		Path string `json:"_name_or_path"`
	}
	if json.Unmarshal(body, &config) != nil || !strings.Contains(config.Path, "/") || notAnID.MatchString(config.Path) ||
		workFolder.MatchString(config.Path) || !hub.ValidID(config.Path) {
		return ""
	}
	return config.Path
}
