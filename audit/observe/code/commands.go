package code

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"openness/audit"
	"openness/audit/observe/document"
	"openness/audit/pattern"
	"openness/audit/phrases"
)

// A step of training is a command that names a script for it. What the script is
// for is read from its own name, or from its folder's where the script is called
// "run" or "main" or is a shell's: a path that only passes through a folder called "trainer" or
// "pretrained" says nothing.

var (
	// noCommand is a line that only installs, fetches, calls or explains.
	noCommand = phrases.ExpressionOf("code.no-command")
	script    = pattern.MustCompile(`[\w./+${}-]*\w\.(?:py|sh|slurm|sbatch|ipynb|ya?ml|toml)\b`)
	stepName  = phrases.ExpressionOf("code.step-name")
	asideStep = phrases.ExpressionOf("code.aside-step")
	genericOf = pattern.MustCompile(`(?i)^(?:run|main|launch|start|submit|entry)`)
	runner    = phrases.ExpressionOf("code.runner")
)

// trainingFolder matches a folder that holds nothing but what trains.
var trainingFolder = pattern.MustCompile(`(?i)^(?:pre-?train(?:ing)?|fine-?tun(?:e|ing)|sft|dpo)$`)

// trainStep finds a command of training or preparing data in a text and gives
// where it starts, or -1.
func trainStep(text []byte) int {
	if noCommand.Match(text) {
		return -1
	}
	if at := runner.FindIndex(text); at != nil && !asideStep.Match(text[at[0]:at[1]]) {
		return at[0]
	}
	for _, at := range script.FindAllIndex(text, 20) {
		if trainingScript(string(text[at[0]:at[1]])) && !document.InURL(text, at[1]-1) && !bytes.HasPrefix(text[at[1]:],
			[]byte(" <http")) {
			return at[0]
		}
	}
	return -1
}

// trainingScript reports whether a script's path says that it trains or
// prepares data.
func trainingScript(file string) bool {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if asideStep.MatchString(name) || partWord.MatchString(name) {
		return false // what trains a part documents no training of the whole
	}
	if stepName.MatchString(name) {
		return true
	}
	folder := path.Base(path.Dir(file))
	return (genericOf.MatchString(name) || path.Ext(file) == ".sh") && stepName.MatchString(folder) ||
		path.Ext(file) == ".py" && trainingFolder.MatchString(folder) && !trainPart.MatchString(name) &&
			!helpsTraining.MatchString(name)
}

// runsOptions is a line on which a program that a package installs is given options, here or on the next line.
var runsOptions = pattern.MustCompile(`^\s*(?:[$>] )?([a-z]\w*(?:[-_]\w+)+) +(?:\\ *$|--?\w)`)

// trainRun gives what finds a step of training on a page, or else a command that runs a script or program which is not
// for something else.
func (in *Reader) trainRun(d *audit.Document) func(text []byte) int {
	return func(text []byte) int {
		if at := trainStep(text); at >= 0 {
			return at
		}
		at := scriptRun(text)
		if m := runsOptions.FindSubmatchIndex(text); at < 0 && m != nil && !noCommand.Match(text) &&
			in.trainProgram(d, string(text[m[2]:m[3]])) {
			at = m[2]
		}
		if at < 0 || helpsTraining.Match(text[at:]) || asideStep.Match(text[at:]) || partWord.Match(text[at:]) {
			return -1
		}
		return at
	}
}

// trainProgram reports whether a program is called after training or, in front, as the model or the page's repository
// is: a page on training runs many of the system's as well.
func (in *Reader) trainProgram(d *audit.Document, name string) bool {
	first := nameWord.FindString(name)
	return stepName.MatchString(name) || slices.ContainsFunc([]string{in.ID(), d.PlaceID}, func(id string) bool {
		return slices.Contains(nameWord.FindAllString(strings.ToLower(path.Base(id)), -1), first)
	})
}

// nameWord matches what the name of a model or program is made of.
var nameWord = pattern.MustCompile(`[a-z0-9]+`)

// scriptRun finds any command that runs a script, for sections whose heading
// says that the data is made there.
func scriptRun(text []byte) int {
	if noCommand.Match(text) {
		return -1
	}
	if at := runsScript.FindIndex(text); at != nil && !bytes.Contains(text[:at[0]], []byte("#")) &&
		!document.ServesOnly.Match(text) {
		return at[0]
	}
	return -1
}
