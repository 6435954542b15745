package code

import (
	"path"
	"strings"

	"openness/audit/pattern"
	"openness/audit/phrases"
)

// What a path says. Words count where they stand alone between separators, so
// that "pretrained" in a download script is no pre-training and "strain" no
// training.

var (
	// AsideDirs hold what is not the model's own work: tests, copies of others'
	// code, the forge's own files, prose.
	AsideDirs = phrases.ExpressionOf("code.aside-dirs")
	// configDirs hold settings, even where those are written as source.
	configDirs = pattern.MustCompile(`(?i)^conf(ig|igs|iguration|igurations)?$`)
	// notData matches words that begin as "data" does and mean something else.
	notData = pattern.MustCompile(`(?i)databas|databrick|dataclass|datastore`)
	// toyDirs hold demonstrations and studies: they run a model, they did not train it.
	toyDirs = pattern.MustCompile(`(?i)(^|/)(demos?|cookbooks?|tutorials?|colabs?|notebooks?|analysis|analyses)/`)
	// toyTasks are tasks that a trainer is tried out with.
	toyTasks = phrases.ExpressionOf("code.toy-tasks")
	// exampleDirs show how a library is used.
	exampleDirs = pattern.MustCompile(`(?i)(^|/)examples?([-_]\w+)?/`)
	// formerDirs hold what was kept and is not used any more.
	formerDirs = pattern.MustCompile(`(?i)(^|/)(archived?|deprecated|legacy|old)/`)
	// helperDirs hold what a program is put together from.
	helperDirs = pattern.MustCompile(`(?i)(^|/)(utils?|helpers?)/`)
	// partDirs hold classes of a package.
	partDirs = pattern.MustCompile(`(?i)(^|/)(tasks?|models?|modules?|layers?|criterions?)/[^/]+\.py$`)
	// lossDirs hold functions that measure, whatever they are for.
	lossDirs = pattern.MustCompile(`(?i)(^|/)loss(es)?/`)
	// partWord names a part of a model, which is trained apart from it.
	partWord = phrases.ExpressionOf("code.part-word")

	// helperModel names models that serve the making of data: their training is
	// data processing, not the model's.
	helperModel = phrases.ExpressionOf("code.helper-model")

	// convertDirs hold what turns documents into data, and trains models for that.
	convertDirs = pattern.MustCompile(`(?i)(^|[/_-])(convert(er|ers|ing)?|conversion|ocr)([/_-])`)

	sourceFile = pattern.MustCompile(`(?i)\.(py|sh|sbatch|slurm|ipynb|cu|cpp|cc|c|rs|go|jl|java|scala|lua|m|swift)$`)
	configFile = pattern.MustCompile(`(?i)\.(ya?ml|json|toml|gin|cfg|ini)$`)

	pretrainWord  = pattern.MustCompile(`(?i)(^|[/_.-])(pre[-_]?train(ing|er)?|continu\w*[-_]pretrain\w*)([/_.-]|$)`)
	pretrainAside = phrases.ExpressionOf("code.pretrain-aside")
	finetuneWord  = phrases.ExpressionOf("code.finetune-word")
	preferWord    = phrases.ExpressionOf("code.prefer-word")
	trainName     = phrases.ExpressionOf("code.train-name")
	trainDir      = pattern.MustCompile(`(?i)^([\w]+[-_])?(train(ing|er|ers)?|train_scripts|training_scripts)$`)
	trainAside    = phrases.ExpressionOf("code.train-aside")
	// trainPart names the parts of a trainer that train nothing by themselves.
	trainPart = phrases.ExpressionOf("code.train-part")
	// tunePart names what is tuned or what it is tuned with, not the tuning.
	tunePart   = pattern.MustCompile(`(?i)[-_](args?|config|data|dataset|loss|models?|test|types|utils?)$`)
	loaderWord = pattern.MustCompile(`(?i)(sft|lora)[-_]loader|load(er)?s?/|^convert|merge|export|infer`)

	dataVerb = phrases.ExpressionOf("code.data-verb")
	dataNoun = phrases.ExpressionOf("code.data-noun")

	// EvalWord matches what is called after a measurement.
	EvalWord  = pattern.MustCompile(`(?i)(^|[/_.-])(eval\w*|benchmarks?|lm[-_]eval\w*)([/_.-]|$)`)
	inferWord = phrases.ExpressionOf("code.infer-word")
	shardConf = pattern.MustCompile(`(?i)(^|[/_.-])(deepspeed|ds_?config|zero_?[0-3]|fsdp)`)
	tuneConf  = phrases.ExpressionOf("code.tune-conf")
)

// pathFacts says which facts of the code a file's path shows.
func pathFacts(file string) []string {
	if AsideDirs.MatchString(file) || toyTasks.MatchString(file) {
		return nil
	}
	var facts []string
	add := func(fact string, holds bool) {
		if holds {
			facts = append(facts, fact)
		}
	}
	if configFile.MatchString(file) {
		add("code.training.configs", trainingConfig(file))
		return facts
	}
	if !sourceFile.MatchString(file) {
		return nil
	}
	near := nearest(file)
	data := (dataVerb.MatchString(near) || dataNoun.MatchString(near)) && !notData.MatchString(near)
	eval := EvalWord.MatchString(file)
	data = data || (helperModel.MatchString(path.Base(file)) || convertDirs.MatchString(path.Dir(file)+"/")) &&
		(trainName.MatchString(stem(file)) || strings.Contains(stem(file), "train"))
	add("code.data_processing", data && !eval)
	add("code.evaluation", eval)
	if !eval && !data {
		name := stem(file)
		tune := finetuneWord.MatchString(file) && !loaderWord.MatchString(path.Base(file)) &&
			!tunePart.MatchString(name) && !trainPart.MatchString(name)
		tune = tune && !settingsSource(file) && (!partDirs.MatchString(file) || trainName.MatchString(name))
		prefer := preferWord.MatchString(file) && !lossDirs.MatchString(file) && !settingsSource(file)
		example := exampleDirs.MatchString(file)
		if example && path.Ext(file) == ".ipynb" {
			return facts // a notebook for users
		}
		pre := pretrainWord.MatchString(file) && !toyDirs.MatchString(file) && !pretrainAside.MatchString(file)
		pre = pre && !example
		add("code.training.pretraining", pre)
		add("code.training.finetuning", tune && !toyDirs.MatchString(file))
		add("code.training.preference", prefer)
		add("code.training.entry", !tune && !example && !toyDirs.MatchString(file) && trains(file))
	}
	add("code.inference", inferWord.MatchString(file) && !eval)
	return facts
}

// nearest is a file's name with the two folders next to it: what a folder further
// up is called says little of the file.
func nearest(file string) string {
	parts := strings.Split(file, "/")
	return strings.Join(parts[max(0, len(parts)-3):], "/")
}

// trains reports whether a path is an entry point or trainer of a training run.
func trains(file string) bool {
	name := stem(file)
	if trainAside.MatchString(name) || loaderWord.MatchString(name) || settingsSource(file) {
		return false
	}
	if trainName.MatchString(name) {
		return true
	}
	dir := path.Base(path.Dir(file))
	return trainDir.MatchString(dir) && !trainPart.MatchString(name)
}

// settingsSource reports whether a path is of settings that are written as source.
func settingsSource(file string) bool {
	return configDirs.MatchString(path.Base(path.Dir(file))) && path.Ext(file) == ".py"
}

// trainingConfig reports whether a path is a configuration of training rather
// than of the repository's own upkeep.
func trainingConfig(file string) bool {
	base := path.Base(file)
	switch strings.ToLower(base) {
	case "pyproject.toml", "setup.cfg", "package.json", "package-lock.json", "tsconfig.json", "tokenizer.json",
		"config.json":
		return false
	}
	return !strings.HasPrefix(base, ".") && (tuneConf.MatchString(file) && (trainDirAbove(file) ||
		finetuneWord.MatchString(file) || pretrainWord.MatchString(file) || preferWord.MatchString(file)) ||
		shardConf.MatchString(file) || pretrainWord.MatchString(base) ||
		trainName.MatchString(strings.TrimSuffix(base, path.Ext(base))))
}

// trainDirAbove reports whether any folder of a path is one for training.
func trainDirAbove(file string) bool {
	for _, dir := range strings.Split(path.Dir(file), "/") {
		if trainDir.MatchString(dir) || strings.EqualFold(dir, "recipes") {
			return true
		}
	}
	return false
}

// stem is a file's name without its type.
func stem(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }

// namedFor are the words of a script's own name that show a fact.
var namedFor = map[string]*pattern.Regexp{"code.training.entry": trainName, "code.training.unexplained": trainName,
	"code.training.pretraining": pretrainWord,
	"code.training.finetuning":  finetuneWord, "code.training.preference": preferWord}

// plainer reports whether path a shows a fact better than b: named for it, then nearer
// the root, then shorter, then earlier in the alphabet.
func plainer(fact, a, b string) bool {
	if named := namedFor[fact]; named != nil {
		if x, y := named.MatchString(stem(a)), named.MatchString(stem(b)); x != y {
			return x // named for it, and not only in a folder for it
		}
	}
	for _, aside := range []*pattern.Regexp{partWord, exampleDirs, formerDirs, helperDirs} {
		if x, y := aside.MatchString(a), aside.MatchString(b); x != y {
			return y
		}
	}
	if x, y := strings.Count(a, "/"), strings.Count(b, "/"); x != y {
		return x < y
	}
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}
