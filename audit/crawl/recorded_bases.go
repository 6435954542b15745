package crawl

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"openness/audit"
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

// readRecordedBases reads the files of a model that record what it was made from. The
// list of files decides, so that nothing is asked for in vain; and a model of which
// the hub tells its bases is asked for a recipe only, which may name more of them.
func (g *gathering) readRecordedBases(ctx context.Context, m *model, revision string) error {
	for _, file := range m.listing() {
		isRecipe := slices.Contains(recipeFiles, file)
		if !isRecipe && (file != adapterFile || len(m.api.BaseModels) > 0) {
			continue
		}
		d, err := g.get(ctx, g.modelFile(m, revision, file, audit.DocConfig, recordLimit))
		if err != nil {
			return err
		}
		ids := adapterBase(d.Body)
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
