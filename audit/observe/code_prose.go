package observe

import (
	"bytes"
	"path"
	"strings"

	"openness/audit"
	"openness/audit/card"
	"openness/audit/identity"
	"openness/audit/pattern"
)

// A claim is a line of prose that says what code is public or withheld.
var (
	codeOut = pattern.MustCompile(`(?i)(?:provid\w+|releas\w+|open[- ]?sourc\w+|contains?|includes?|shar(?:e|ed|ing)|publish\w*|available|find|found|see|set ?up|run)\b[^.•|\n]{0,60}\b((?:pre-?|post-?)?training|fine-?tuning|finetune|fine-tune|train)\b[^.,:;•|\n]{0,25}\b(?:code|codes|codebase|scripts?)\b` +
		`|\b((?:pre-?|post-?)?training|fine-?tuning|finetune|fine-tune|train)\b[^.,:;•|\n]{0,25}\b(?:code|codes|codebase|scripts?)\b[^.\n]{0,50}\b(?:available|released|open[- ]?sourced|provided|found|here|public|are all|added)\b`)
	codeLink = pattern.MustCompile(`(?i)github\.com/[\w.-]+/[\w.-]+/(?:tree|blob)/[^\s)"'>]*?[/_-](pre-?train(?:ing)?|fine-?tun(?:e|ing)|finetun(?:e|ing)|training|train)(?:[/_-][^\s)"'>]*)?(?:\.py|\.sh|\.ipynb|/|\)|"|\s)`)
	codeIn   = pattern.MustCompile(`(?i)\b(?:not|n't|no|without|neither|never|cannot|unable to|your|you (?:would|should|must|need))\b`)
	laterOn  = pattern.MustCompile(`(?i)(cite|if you find|coming soon|soon\b|will (?:be )?(?:release|open|publish|share|provid)|plan(?:s|ning)? to|to be released|stay tuned|\[ \]|todo|working on|in the future)`)
	withheld = pattern.MustCompile(`(?i)(?:(?:not|n't|no plans? to|unable to|cannot)\b[^.\n]{0,40}\b(?:releas\w+|open[- ]?sourc\w+|provid\w+|contain|includ\w+|shar\w+|publish\w*)[^.\n]{0,60}\b(?:training|fine-?tuning|train)\b[^.\n]{0,20}\b(?:code|scripts?|pipelines?)\b|\b(?:training|fine-?tuning)\b[^.\n]{0,20}\b(?:code|scripts?)\b[^.\n]{0,40}\b(?:not|n't|never)\b[^.\n]{0,20}\b(?:releas\w+|available|public|open[- ]?sourc\w+|provid\w+|includ\w+))`)
)

// preTalk matches a word for more than tuning beside one for tuning: "training
// and fine-tuning code", "pre-training".
var preTalk = pattern.MustCompile(`(?i)\bpre-?train|\b(?:training|train)\b[ ,/&]{1,3}(?:and |or )?(?:fine-?tun|finetun|evaluation|inference)|(?:fine-?tun|finetun)\w*[ ,/&]{1,3}(?:and |or )?train`)

// namedCode matches where "Code" begins the name of something: "Code Alpaca".
var namedCode = pattern.MustCompile(`Code [A-Z]$`)

// notCode matches an address of something to read or look at.
var notCode = pattern.MustCompile(`(?i)\.(pdf|png|jpe?g|gif|svg|md|txt)(#[\w-]*)?\W?$`)

// exampleLink matches the address of a notebook among examples: it is for users.
var exampleLink = pattern.MustCompile(`(?i)^[^\s)"'>]*/(?:examples?|notebooks?|cookbooks?|tutorials?)/[^\s)"'>]*`)

// linksPart reports whether an address ends at a file that is a part of a trainer
// and trains nothing by itself.
func linksPart(address []byte) bool {
	file := path.Base(strings.TrimRight(string(address), "/)\" \n"))
	return path.Ext(file) == ".py" && (trainPart.MatchString(stem(file)) || helpsTraining.MatchString(file))
}

// proseCode reads what a page says of training code: that it is out, that it is
// withheld, or where it lies.
func (in *input) proseCode(d *audit.Document) []audit.Observation {
	var out []audit.Observation
	seen := make(map[string]bool)
	for _, pattern := range []*pattern.Regexp{codeOut, codeLink} {
		for _, m := range pattern.FindAllSubmatchIndex(d.Body, 30) {
			span := in.said(d, m[0])
			text := d.Body[span.Start:span.End]
			fact := trainingFact(group(d.Body, m))
			if fact == "code.training.entry" && tuneTalk.Match(text) && !preTalk.Match(text) {
				fact = "code.training.finetuning"
			}
			if pattern == codeOut && inURL(d.Body, m[1]-1) || pattern == codeLink && (notCode.Match(d.Body[m[0]:m[1]]) || exampleLink.Match(d.Body[m[0]:min(len(d.Body), m[1]+longestQuote)]) || linksPart(d.Body[m[0]:m[1]])) || namedCode.Match(d.Body[m[0]:min(len(d.Body), m[1]+2)]) {
				continue
			}
			if seen[fact] || codeIn.Match(text) || laterOn.Match(text) || in.elsewhere(d, text) {
				continue
			}
			seen[fact] = true
			out = append(out, audit.Observe(d, fact, "true", span, "the page says where the code is"))
		}
	}
	if m := withheld.FindIndex(d.Body); m != nil {
		out = append(out, audit.Observe(d, "code.training.denied", "true", in.said(d, m[0]), "the page says that this code is not released"))
	}
	return out
}

// group is the text of the first group that took part in a match.
func group(body []byte, m []int) []byte {
	for i := 2; i+1 < len(m); i += 2 {
		if m[i] >= 0 {
			return body[m[i]:m[i+1]]
		}
	}
	return nil
}

// trainingFact says which fact a word for training stands for.
func trainingFact(word []byte) string {
	w := bytes.ToLower(word)
	switch {
	case bytes.Contains(w, []byte("tun")), bytes.Contains(w, []byte("微调")), bytes.HasPrefix(w, []byte("post")):
		return "code.training.finetuning"
	case bytes.HasPrefix(w, []byte("pre")):
		return "code.training.pretraining"
	}
	return "code.training.entry"
}

// A trainingHeading is a heading under which a page shows how the model was
// trained or tuned.
var trainingHeading = pattern.MustCompile(`(?i)\b((?:pre-?|post-?|re)?train(?:ing)?|fine-?tun(?:e|ing)|reproduc\w* (?:the )?training|微调|训练)\b`)

// dataHeading matches a heading on the data of a training.
var dataHeading = pattern.MustCompile(`(?i)\btraining (?:data|set|corpus)\b`)

var (
	runsScript = pattern.MustCompile(`(?m)\b(?:python3?|torchrun|deepspeed|accelerate launch|bash|sh|sbatch|srun|composer|mpirun|\./)[^\n]*?([\w./-]+\.(?:py|sh|sbatch|slurm))`)
	clonesRepo = pattern.MustCompile(`git clone[^\n]*?github\.com/([\w.-]+/[\w.-]+)`)
)

// sectionCode reads the commands under training headings: one that runs a
// script of the repository itself, or that takes the makers' own repository,
// shows training code whatever the script is called.
func (in *input) sectionCode(d *audit.Document, files map[string]bool) []audit.Observation {
	c := in.card(d)
	var out []audit.Observation
	seen := make(map[string]bool)
	for _, block := range c.Code {
		word, ok := headingAbove(c, block.Body.Start)
		if finetuneWord.MatchString(d.Path) {
			word = "code.training.finetuning" // the page of a folder for tuning
		}
		if !ok || seen[word] {
			continue
		}
		text := d.Body[block.Body.Start:block.Body.End]
		at, ok := ownCommand(d, text, files)
		if !ok {
			continue
		}
		seen[word] = true
		out = append(out, audit.Observe(d, word, "true", line(d.Body, block.Body.Start+at), "the page shows how to run this code"))
	}
	return out
}

// headingAbove gives the fact that the nearest training heading over an offset
// stands for.
func headingAbove(c *card.Card, at int) (string, bool) {
	for i := range c.Sections {
		if s := c.Sections[i]; s.Body.Start <= at && at < s.Body.End {
			found := ""
			for j := i; j >= 0; j = c.Sections[j].Parent {
				if m := trainingHeading.FindString(c.Sections[j].Heading); m != "" && !dataHeading.MatchString(c.Sections[j].Heading) && found != "code.training.finetuning" {
					found = trainingFact([]byte(m)) // training below a heading on tuning is tuning
				}
			}
			return found, found != ""
		}
	}
	return "", false
}

// helpsTraining matches scripts that are run beside a training, not the training.
var helpsTraining = pattern.MustCompile(`(?i)(data|extract|index|search|query|api|request|client|meta|caption|record|token|convert|merge|download|checksum|shard|infer|generat|demo|cli|chat|serv|export|upload|install|setup|requirements|prepare|process|patch|quantiz|sample|test|build|node_check)`)

// withConfig matches a setting file that a command is given.
var withConfig = pattern.MustCompile(`(?m)^[ \t]*[\w./-]+ (?:[^\n]*[ =])?["']?([\w./-]+\.(?:gin|ya?ml|toml|json|cfg|ini))\b`)

// ownConfig reports whether a repository has a setting file by that name or the
// end of its path.
func ownConfig(files map[string]bool, config string) bool {
	if files[config] {
		return true
	}
	for file := range files {
		if strings.HasSuffix(file, "/"+config) {
			return true
		}
	}
	return false
}

// lineStart is where the line around an offset begins.
func lineStart(text []byte, at int) int { return bytes.LastIndexByte(text[:at], '\n') + 1 }

// ownCommand finds a command that runs a script of the repository, or that
// clones another repository of the same makers.
func ownCommand(d *audit.Document, text []byte, files map[string]bool) (int, bool) {
	for _, m := range runsScript.FindAllSubmatchIndex(text, 20) {
		if script := strings.TrimPrefix(string(text[m[2]:m[3]]), "./"); files[script] && !helpsTraining.MatchString(script) && !evalWord.MatchString(script) {
			return m[0], true
		}
	}
	for _, m := range withConfig.FindAllSubmatchIndex(text, 20) {
		if config := string(text[m[2]:m[3]]); strings.Contains(config, "/") && ownConfig(files, config) && !helpsTraining.MatchString(path.Base(config)) {
			return lineStart(text, m[0]), true
		}
	}
	for _, m := range clonesRepo.FindAllSubmatchIndex(text, 5) {
		id := strings.TrimSuffix(string(text[m[2]:m[3]]), ".git")
		if !strings.EqualFold(id, d.PlaceID) && identity.SameMaker(path.Dir(id), path.Dir(d.PlaceID)) {
			return m[0], true
		}
	}
	return 0, false
}
