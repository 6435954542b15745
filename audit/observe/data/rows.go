package data

import (
	"openness/audit/pattern"
)

// Sources that a sentence names in a row right behind what was trained on them: "trained on PouchWeb-2, NestCode and
// Wikipedia". A name of data joins words ("PouchWeb"); languages, programs and machines are written so too.

const (
	nameOfSource = `(?:[Tt]he )?[A-Z][\w.+-]*(?: [A-Z][\w.+-]*| v?\d[\w.]*){0,3}(?: ?\([^)\n]{0,40}\))?`
	andThen      = `(?:, (?:and |the )?| and | & | with | plus )(?:the )?(?:\d[\w.,]* (?:tokens|hours|pairs|samples) of )?`
)

var (
	rowOfSources = pattern.MustCompile(`(?:\b(?:[Tt]rained|[Tt]uned)(?: \w+){0,3} on|\b(?:corpus|data|dataset|mixture|mix) ` +
		`(?:consists? of|combines|comprises|is made up of|includes?)|\b[Tt]raining (?:data|corpus|mix(?:ture)?)\W{0,4}:\W{0,3})` +
		` ?(?:[^.\[\n:A-Z]{0,60} (?:from|of) )?(?:the )?(` + nameOfSource + `(?:` + andThen + nameOfSource + `)+)([^.\n]{0,30})`)
	joinedWords = pattern.MustCompile(`\b[A-Z][a-z]+[A-Z][\w-]*[a-z]\w*`)
	noSource    = pattern.MustCompile(`^(?:JavaScript|TypeScript|PyTorch|TensorFlow|GitHub|GitLab|DeepSpeed|HuggingFace|OpenAI` +
		`|DeepMind|YouTube|SageMaker|MosaicML|CoreWeave|RunPod|McGill)`)
	hearsay     = pattern.MustCompile(`(?i)\b(?:claim\w*|alleg\w*|rumou?rs?|reportedly|believed|speculat\w*|suspect\w*|accus\w*)\b`)
	madeByOther = pattern.MustCompile(`(?i)^\W*(?:'s )?(?:outputs?|responses?|generations?|traces|generated|gpus?|clusters?)\b`)
)

// namesInRow reports whether a text names sources in such a row.
func namesInRow(raw string) bool {
	m := rowOfSources.FindStringSubmatch(linkTarget.ReplaceAllString(raw, "]"))
	if m == nil || machine.MatchString(raw) || hearsay.MatchString(raw) || madeByOther.MatchString(m[2]) {
		return false
	}
	for _, word := range joinedWords.FindAllString(m[1], maxDatasets) {
		if !noSource.MatchString(word) {
			return true
		}
	}
	return false
}
