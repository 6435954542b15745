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
	"openness/audit/identity"
	"openness/audit/page"
	"openness/audit/pattern"
	"openness/audit/phrases"
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
	files := m.records()
	for _, file := range files[:min(len(files), maxRecordFiles)] {
		d, err := g.get(ctx, g.modelFile(m, revision, file, audit.DocConfig, recordLimit))
		if err != nil {
			return err
		}
		if file == configFile {
			m.loaded = loadedFrom(d.Body)
			continue
		}
		isRecipe := slices.Contains(recipeFiles, file)
		var ids []string
		if isRecipe {
			ids = ingredients(d.Body)
		} else {
			ids = adapterBase(d.Body)
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
	askConfig := !told && !m.gated() && len(m.front("base_model")) == 0
	var files []string
	for _, file := range m.listing() {
		recipe, adapter := slices.Contains(recipeFiles, file), path.Base(file) == adapterFile
		if recipe || adapter && !told || file == configFile && askConfig {
			files = append(files, file)
		}
	}
	return files
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

// scratch and atRandom match what a card says of a beginning without another's weights, noScratch what takes that back;
// wasMade matches a pre-training, which is the model's own where nothing that tunedIt matches tells of a base's.
var (
	scratch   = phrases.ExpressionOf("kin.scratch")
	noScratch = phrases.ExpressionOf("kin.no-scratch")
	atRandom  = phrases.ExpressionOf("crawl.at-random")
	wasMade   = phrases.ExpressionOf("kin.was-made")
	tunedIt   = phrases.ExpressionOf("kin.was-tuned")
)

// loadedOthers reports whether what the weights were loaded from may be others' model: no checkpoint of the makers'
// own, and the card does not say that they began without one.
func (m *model) loadedOthers() bool {
	owner, of := identity.Owner(m.loaded), identity.Owner(m.id)
	if !usableBase(m.loaded, m.id) || identity.SameMaker(owner, of) ||
		identity.OwnerLikeness(owner, of) > 0 && identity.Related(path.Base(m.loaded), path.Base(m.id)) == identity.Same {
		return false
	}
	return !m.says(scratch) && !m.says(atRandom) && (!m.says(wasMade) || tunedIt.Match(m.card.Source))
}

// maxSayings bounds the places of a card that are read for what it says of one thing.
const maxSayings = 8

// says reports whether a sentence of the card says of something done what an expression matches. What is denied behind
// that is another thing: "we trained from scratch on data that we do not disclose".
func (m *model) says(what *pattern.Regexp) bool {
	text := m.card.Source
	return slices.ContainsFunc(what.FindAllIndex(text, maxSayings), func(at []int) bool {
		line := page.Line(text, at[0])
		said := text[line.Start:line.End]
		mode, because := phrases.ModeAt(string(said), at[0]-line.Start)
		done := mode == string(audit.Done) || mode == string(audit.DeniedMode) && because.Start >= at[1]-line.Start
		return done && !noScratch.Match(said)
	})
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
