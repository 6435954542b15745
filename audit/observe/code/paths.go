package code

import (
	"path"
	"strings"

	"openness/audit/pattern"
)

// What a path says. Words count where they stand alone between separators, so
// that "pretrained" in a download script is no pre-training and "strain" no
// training.

var (
	// AsideDirs hold what is not the model's own work: tests, copies of others'
	// code, the forge's own files, prose.
	AsideDirs = pattern.MustCompile(`(?i)(^|/)(\.[^/]+|(\w+_)?tests?|third[-_]?party|vendor|external|submodules?` +
		`|node_modules|site-packages|docs?|website)/`)
	// configDirs hold settings, even where those are written as source.
	configDirs = pattern.MustCompile(`(?i)^conf(ig|igs|iguration|igurations)?$`)
	// notData matches words that begin as "data" does and mean something else.
	notData = pattern.MustCompile(`(?i)databas|databrick|dataclass|datastore`)
	// toyDirs hold demonstrations and studies: they run a model, they did not train it.
	toyDirs = pattern.MustCompile(`(?i)(^|/)(demos?|cookbooks?|tutorials?|colabs?|notebooks?|analysis|analyses)/`)
	// toyTasks are tasks that a trainer is tried out with.
	toyTasks = pattern.MustCompile(`(?i)(^|[/_.-])(sudoku|mnist|cifar(10|100)?|tic[-_]?tac[-_]?toe|cart[-_]?pole` +
		`|hello[-_]?world|tiny[-_]?shakespeare|toy|dummy)([/_.-]|$)`)
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
	partWord = pattern.MustCompile(
		`(?i)(^|[/_.-])(vae|vq[-_]?vae|vq[-_]?gan|auto[-_]?encoder|discriminator|vocoder)([/_.-]|$)`,
	)

	// helperModel names models that serve the making of data: their training is
	// data processing, not the model's.
	helperModel = pattern.MustCompile(`(?i)(fast[-_]?text|classifier|filter|quality|ken[-_]?lm|n[-_]?gram` +
		`|tokeni[sz]er|sentence[-_]?piece|bpe|embedder|reranker|retriever|searcher|indexer)`)

	// convertDirs hold what turns documents into data, and trains models for that.
	convertDirs = pattern.MustCompile(`(?i)(^|[/_-])(convert(er|ers|ing)?|conversion|ocr)([/_-])`)

	sourceFile = pattern.MustCompile(`(?i)\.(py|sh|sbatch|slurm|ipynb|cu|cpp|cc|c|rs|go|jl|java|scala|lua|m|swift)$`)
	configFile = pattern.MustCompile(`(?i)\.(ya?ml|json|toml|gin|cfg|ini)$`)

	pretrainWord  = pattern.MustCompile(`(?i)(^|[/_.-])(pre[-_]?train(ing|er)?|continu\w*[-_]pretrain\w*)([/_.-]|$)`)
	pretrainAside = pattern.MustCompile(
		`(?i)(utils?|functions?|data|datasets?|args|processors?|evals?)(\.|/|$)|(^|/)data/`,
	)
	finetuneWord = pattern.MustCompile(`(?i)(fine[-_]?tun(e|er|ing)?|p[-_]?tuning|instruct(ion)?[-_]?tun\w*|(^` +
		`|[/_.-])(sft|qlora|ift)([/_.-]|$)|(^|[/_.-])lora[\w-]*\.(sh|ipynb)|(train|tune|script` +
		`|dreambooth)\w*[-_/]lora|lora[-_](train|script|tune|finetune)\w*)`)
	preferWord = pattern.MustCompile(`(?i)(^|[/_.-])(dpo|ppo|grpo|rlhf|orpo|kto|rloo|dapo|rlvr|reward[-_]?(model` +
		`|train)\w*|preference[-_]?(tun|optim|align)\w*|reinforce)([/_.-]|$)`)
	trainName = pattern.MustCompile(`(?i)^((run|launch|main|start|do|multi\w*|distributed|dist)[-_])?train(ing` +
		`|er)?([-_.].*)?$|[-_](train|trainer|training)(_\w+)?$`)
	trainDir   = pattern.MustCompile(`(?i)^([\w]+[-_])?(train(ing|er|ers)?|train_scripts|training_scripts)$`)
	trainAside = pattern.MustCompile(`(?i)(^(dump|plot|inspect|visual\w*|check|debug|monitor|analy[sz]\w*|count` +
		`|stop|kill|compare|list|generate|make|create|export|convert|test|to)[-_]|train(ing|er)?[-_]?(utils?|args?` +
		`|arguments|metrics?|tokenizer|data|dataset|loss|config|set|split|log)|tokenizer|disabled|_test$|quantiz` +
		`|dedup|process|eval)`)
	// trainPart names the parts of a trainer that train nothing by themselves.
	trainPart = pattern.MustCompile(`(?i)^(__init__|__main__|api|server|client|args|arguments|callbacks?|cli` +
		`|config\w*|env|set_?env\w*|constants?|consts?|data\w*|distributed|file_utils|hyper\w*|infer\w*|logg(er|ing)` +
		`|loss(es)?|metrics?|models?|params|precision|schedulers?|setup|types|utils?|zero_?shot\w*)$`)
	// tunePart names what is tuned or what it is tuned with, not the tuning.
	tunePart   = pattern.MustCompile(`(?i)[-_](args?|config|data|dataset|loss|models?|test|types|utils?)$`)
	loaderWord = pattern.MustCompile(`(?i)(sft|lora)[-_]loader|load(er)?s?/|^convert|merge|export|infer`)

	dataVerb = pattern.MustCompile(`(?i)(^|[/_.-])((pre)?process|prep(are)?|token(ize|ise)r?|clean|filter|de-?dup\w*` +
		`|curat\w*|collect|crawl|scrape|generate|synthe\w*|build|make|download|mix|convert|pack|decontaminat\w*` +
		`|minhash\w*)[\w-]*[-_](data\w*|corpus|corpora|instruct\w*|dataset\w*|pretrain\w*|text|sft|shards?|comments?` +
		`|pairs?)([/_.-]|$)`)
	dataNoun = pattern.MustCompile(`(?i)(^|[/_.-])(data\w*|corpus|dataset|instruct\w*)[-_]?((pre)?process\w*|prep\w*` +
		`|filter\w*|clean\w*|gen(eration)?|pipelines?|curation|collection|crawl\w*|mix\w*|dedup\w*|synthesis)([/_.-]` +
		`|$)|(^|[/_.-])(de-?duplicat\w+|dedup|minhash_?dedup\w*|decontaminat\w*)([/_.-]|$)`)

	// EvalWord matches what is called after a measurement.
	EvalWord  = pattern.MustCompile(`(?i)(^|[/_.-])(eval\w*|benchmarks?|lm[-_]eval\w*)([/_.-]|$)`)
	inferWord = pattern.MustCompile(`(?i)(^|[/_.-])(infer\w*|generat(e|ion|or)|demo|chat\w*|sample|sampling|serv(e|er` +
		`|ing)|web_?ui|app|predict|cli|run|example_\w*completion|transcribe)([/_.-]|$)`)
	shardConf = pattern.MustCompile(`(?i)(^|[/_.-])(deepspeed|ds_?config|zero_?[0-3]|fsdp)`)
	tuneConf  = pattern.MustCompile(`(?i)(^|[/_.-])(deepspeed|ds_?config|zero_?[0-3]|fsdp|accelerate)[\w-]*([/_.-]|$)` +
		`|(^|/)(recipes?|configs?|training|train\w*|conf)/`)
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
var namedFor = map[string]*pattern.Regexp{"code.training.entry": trainName, "code.training.pretraining": pretrainWord,
	"code.training.finetuning": finetuneWord, "code.training.preference": preferWord}

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
