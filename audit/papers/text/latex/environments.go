package latex

import (
	"strings"
)

// What an environment is to the text.
type environmentKind int

const (
	plainEnvironment environmentKind = iota
	documentEnvironment
	listEnvironment
	floatEnvironment
	tableEnvironment
	formulaEnvironment
	verbatimEnvironment
	skippedEnvironment
	headedEnvironment
	bibliographyEnvironment
)

// environments that need more than their words be read; args are what follows
// \begin{name} in braces.
var environments = map[string]struct {
	kind environmentKind
	args int
	word string
}{
	"document":         {kind: documentEnvironment},
	"itemize":          {kind: listEnvironment},
	"enumerate":        {kind: listEnvironment},
	"description":      {kind: listEnvironment},
	"compactitem":      {kind: listEnvironment},
	"compactenum":      {kind: listEnvironment},
	"inparaenum":       {kind: listEnvironment},
	"table":            {kind: floatEnvironment, word: "Table"},
	"table*":           {kind: floatEnvironment, word: "Table"},
	"sidewaystable":    {kind: floatEnvironment, word: "Table"},
	"longtable":        {kind: tableEnvironment, args: 1, word: "Table"},
	"wraptable":        {kind: floatEnvironment, args: 2, word: "Table"},
	"figure":           {kind: floatEnvironment, word: "Figure"},
	"figure*":          {kind: floatEnvironment, word: "Figure"},
	"wrapfigure":       {kind: floatEnvironment, args: 2, word: "Figure"},
	"algorithm":        {kind: floatEnvironment, word: "Algorithm"},
	"listing":          {kind: floatEnvironment, word: "Listing"},
	"SCfigure":         {kind: floatEnvironment, word: "Figure"},
	"tabular":          {kind: tableEnvironment, args: 1},
	"tabular*":         {kind: tableEnvironment, args: 2},
	"tabularx":         {kind: tableEnvironment, args: 2},
	"tabulary":         {kind: tableEnvironment, args: 2},
	"tblr":             {kind: tableEnvironment, args: 1},
	"supertabular":     {kind: tableEnvironment, args: 1},
	"equation":         {kind: formulaEnvironment},
	"equation*":        {kind: formulaEnvironment},
	"align":            {kind: formulaEnvironment},
	"align*":           {kind: formulaEnvironment},
	"gather":           {kind: formulaEnvironment},
	"gather*":          {kind: formulaEnvironment},
	"multline":         {kind: formulaEnvironment},
	"eqnarray":         {kind: formulaEnvironment},
	"displaymath":      {kind: formulaEnvironment},
	"math":             {kind: formulaEnvironment},
	"multline*":        {kind: formulaEnvironment},
	"eqnarray*":        {kind: formulaEnvironment},
	"verbatim":         {kind: verbatimEnvironment},
	"Verbatim":         {kind: verbatimEnvironment},
	"lstlisting":       {kind: verbatimEnvironment},
	"minted":           {kind: verbatimEnvironment, args: 1},
	"alltt":            {kind: verbatimEnvironment},
	"comment":          {kind: skippedEnvironment},
	"tikzpicture":      {kind: skippedEnvironment},
	"pgfpicture":       {kind: skippedEnvironment},
	"picture":          {kind: skippedEnvironment},
	"filecontents":     {kind: skippedEnvironment},
	"filecontents*":    {kind: skippedEnvironment},
	"CCSXML":           {kind: skippedEnvironment},
	"forest":           {kind: skippedEnvironment},
	"axis":             {kind: skippedEnvironment},
	"abstract":         {kind: headedEnvironment, word: "Abstract"},
	"ack":              {kind: headedEnvironment, word: "Acknowledgments"},
	"acks":             {kind: headedEnvironment, word: "Acknowledgments"},
	"acknowledgments":  {kind: headedEnvironment, word: "Acknowledgments"},
	"acknowledgements": {kind: headedEnvironment, word: "Acknowledgments"},
	"thebibliography":  {kind: bibliographyEnvironment, args: 1},
	"minipage":         {args: 1},
	"adjustbox":        {args: 1},
	"multicols":        {args: 1},
	"spacing":          {args: 1},
	"subtable":         {args: 1},
	"subfigure":        {args: 1},
	"CJK":              {args: 2},
	"CJK*":             {args: 2},
	"textblock":        {args: 1},
	"icmlauthorlist":   {},
	"restatable":       {args: 2},
	"appendices":       {word: "appendix"},
	"appendix":         {word: "appendix"},
}

func (r *reader) begin() {
	name := strings.TrimSpace(r.in.argument())
	if own, ok := r.environ[name]; ok {
		args := r.arguments(own.args, own.optional)
		r.expand(macro{body: substitute(own.begin, args)})
		return
	}
	e := environments[name]
	if e.kind == verbatimEnvironment || e.kind == skippedEnvironment {
		r.raw(name, e.kind, e.args)
		return
	}
	if e.kind != documentEnvironment {
		r.in.optional()
	}
	for range e.args {
		r.in.argument()
	}
	if e.kind == tableEnvironment {
		r.in.optional()
	}
	switch e.kind {
	case documentEnvironment:
		r.body = true
		if r.info.Title != "" {
			r.heading(1, r.info.Title)
		}
	case listEnvironment:
		r.flush()
		if len(r.lists) < maxNest {
			r.lists = append(r.lists, "")
		}
	case floatEnvironment:
		r.flush()
		r.float = e.word
	case tableEnvironment:
		if e.word != "" {
			r.float = e.word
		}
		if len(r.tables) < maxNest {
			r.flush()
			r.openTable()
		}
	case formulaEnvironment:
		r.counts["equation"]++
		r.say(" " + r.formula(unnumbered.Replace(r.in.until(`\end{`+name+`}`))) + " ")
	case headedEnvironment:
		r.heading(2, e.word)
	case bibliographyEnvironment:
		r.heading(2, "References")
	case plainEnvironment:
		if e.word == "appendix" {
			r.appendix = true
			clear(r.sections[:])
		}
		r.flush()
	}
}

var unnumbered = strings.NewReplacer(`\nonumber`, "", `\notag`, "", "&", " ")

func (r *reader) end() {
	name := strings.TrimSpace(r.in.argument())
	if own, ok := r.environ[name]; ok {
		r.expand(macro{body: own.end})
		return
	}
	switch e := environments[name]; e.kind {
	case documentEnvironment:
		r.flush()
		r.ended = true
	case listEnvironment:
		r.flush()
		if n := len(r.lists); n > 0 {
			r.lists = r.lists[:n-1]
		}
	case floatEnvironment:
		r.flush()
		r.float = ""
	case tableEnvironment:
		r.closeTable()
	default:
		r.flush()
	}
}

// raw reads an environment in which nothing is a command.
func (r *reader) raw(name string, kind environmentKind, args int) {
	if kind == verbatimEnvironment {
		r.in.optional()
		for range args {
			r.in.argument()
		}
	}
	text := r.in.until(`\end{` + name + `}`)
	if kind == verbatimEnvironment {
		r.flush()
		r.say(text)
		r.flush()
	}
}
