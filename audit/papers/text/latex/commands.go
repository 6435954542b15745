package latex

import (
	"fmt"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// command acts on a command by its name.
func (r *reader) command(name string) {
	if m, ok := r.macros[name]; ok {
		r.expand(m)
		return
	}
	if depth, ok := sections[strings.TrimSuffix(name, "*")]; ok {
		r.in.optional()
		title := r.in.argument()
		if r.body {
			r.section(depth, strings.HasSuffix(name, "*"), title)
		}
		return
	}
	if n, ok := dropped[name]; ok {
		r.drop(n)
		return
	}
	if s, ok := said[name]; ok {
		r.say(s)
		return
	}
	if mark, ok := accents[name]; ok {
		r.accent(mark)
		return
	}
	if act, ok := actions[name]; ok {
		act(r)
		return
	}
	switch {
	case strings.HasPrefix(name, "cite") || strings.HasPrefix(name, "Cite") || strings.HasSuffix(name, "cite") ||
		strings.HasSuffix(name, "cite*"):
		r.cite(name)
	case strings.HasPrefix(name, "if"):
		r.condition(name)
	case strings.HasSuffix(name, "true") && r.isFlag(strings.TrimSuffix(name, "true")):
		r.flags[strings.TrimSuffix(name, "true")] = true
	case strings.HasSuffix(name, "false") && r.isFlag(strings.TrimSuffix(name, "false")):
		r.flags[strings.TrimSuffix(name, "false")] = false
	}
	// What is not known leaves its words: its arguments are read as text.
}

var sections = map[string]int{
	"part": 0, "chapter": 0, "section": 0, "subsection": 1, "subsubsection": 2, "paragraph": 3, "subparagraph": 4,
}

// dropped commands say nothing. The number is of arguments that follow; options
// in brackets are dropped with them.
var dropped = map[string]int{
	"vspace": 1, "vspace*": 1, "hspace": 1, "hspace*": 1, "includegraphics": 1, "includegraphics*": 1,
	"bibliographystyle": 1, "usepackage": 1,
	"documentclass": 1, "documentstyle": 1, "setlength": 2, "addtolength": 2, "setcounter": 2, "addtocounter": 2,
	"color": 1, "cellcolor": 1, "rowcolor": 1,
	"columncolor": 1, "arrayrulecolor": 1, "definecolor": 3, "colorlet": 2, "pagestyle": 1, "thispagestyle": 1,
	"hypersetup": 1, "captionsetup": 1,
	"resizebox": 2, "scalebox": 1, "raisebox": 1, "rotatebox": 1, "parbox": 1, "textcolor": 1, "colorbox": 1,
	"fcolorbox": 2, "multirow": 2, "multirow*": 2,
	"makecell": 0, "cmidrule": 1, "cline": 1, "hline": 0, "toprule": 0, "midrule": 0, "bottomrule": 0,
	"specialrule": 3, "addlinespace": 0,
	"RequirePackage": 1, "PassOptionsToPackage": 2, "graphicspath": 1, "newtheorem": 2, "theoremstyle": 1,
	"newlength": 1, "newcounter": 1, "setlist": 1,
	"lstset": 1, "lstdefinestyle": 2, "lstdefinelanguage": 2, "tikzset": 1, "usetikzlibrary": 1, "pgfplotsset": 1,
	"tcbset": 1, "newtcolorbox": 2, "DeclareTColorBox": 3,
	"crefname": 3, "Crefname": 3, "bibpunct": 6, "setcitestyle": 1, "linewidth": 0, "textwidth": 0, "columnwidth": 0,
	"nocite": 1, "phantom": 1, "vphantom": 1,
	"hphantom": 1, "rule": 2, "index": 1, "pdfinfo": 1, "titleformat": 5, "titlespacing": 4, "titlespacing*": 4,
	"linespread": 1, "fontsize": 2, "selectfont": 0,
	"affil": 1, "date": 1, "newcolumntype": 2, "tabcolsep": 0, "pdfbookmark": 2, "addcontentsline": 3, "markboth": 2,
	"hyphenation": 1, "input@path": 1,
	"DeclareUnicodeCharacter": 2, "AtBeginDocument": 1, "todo": 1, "tableofcontents": 0, "listoftables": 0,
	"maketitle": 0, "rowcolors": 3, "hskip": 0, "vskip": 0,
	"thanksref": 1, "orcidlink": 1, "ccsdesc": 1, "acmDOI": 1, "acmISBN": 1, "citestyle": 1, "appendixpage": 0,
	"newboolean": 1, "setboolean": 2,
	"iclrfinalcopy": 0, "centering": 0, "noindent": 0, "clearpage": 0, "newpage": 0, "footnotemark": 0,
	"fontfamily": 1, "urlstyle": 1, "floatname": 2,
}

func (r *reader) drop(args int) {
	for range 3 {
		if _, ok := r.in.optional(); !ok {
			break
		}
	}
	if rest := r.in.rest(); strings.HasPrefix(rest, "(") && args == 1 { // \cmidrule(lr){2-3}
		r.in.until(")")
	}
	for range args {
		r.in.argument()
		r.in.optional()
	}
}

// said commands stand for signs.
var said = map[string]string{
	"%": "%", "&": "&", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", ",": " ", ";": " ", ":": " ",
	"!": "", "/": "", "-": "", "@": "",
	"ldots": "…", "dots": "…", "textellipsis": "…", "textbackslash": "\\", "textasciitilde": "~",
	"textasciicircum": "^", "textbar": "¦", "textless": "<", "textgreater": ">",
	"ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å",
	"AA": "Å", "i": "i", "j": "j", "dag": "†", "ddag": "‡", "S": "§",
	"P": "¶", "copyright": "©", "textregistered": "®", "texttrademark": "™", "pounds": "£", "euro": "€",
	"textdegree": "°", "degree": "°", "textbullet": "•",
	"textemdash": "—", "textendash": "–", "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘",
	"textquoteright": "’", "slash": "/",
	"LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "times": "×", "checkmark": "✓", "cmark": "✓", "xmark": "✗",
	"quad": " ", "qquad": " ", "enspace": " ", "thinspace": " ",
	"newline": " ", "linebreak": " ", "break": " ", "and": ", ", "And": ", ", "AND": ", ", "textmu": "μ",
	"textperthousand": "‰", "approx": "≈", "sim": "~", "rightarrow": "→",
}

var accents = map[string]rune{
	"'": '\u0301', "`": '\u0300', "^": '\u0302', `"`: '\u0308', "~": '\u0303', "=": '\u0304', ".": '\u0307',
	"c": '\u0327', "v": '\u030c', "u": '\u0306', "H": '\u030b', "r": '\u030a', "k": '\u0328', "d": '\u0323',
	"b": '\u0331',
}

func (r *reader) accent(mark rune) {
	letter := []rune(r.inline(r.in.argument()))
	if len(letter) == 0 {
		return
	}
	r.say(norm.NFC.String(string(letter[0])+string(mark)) + string(letter[1:]))
}

// xspace is a space where a word follows.
func (r *reader) xspace() {
	if c, _ := utf8.DecodeRuneInString(r.in.rest()); unicode.IsLetter(c) || unicode.IsDigit(c) ||
		c == '(' || c == '\\' || c == '$' {
		r.say(" ")
	}
}

// multicolumn fills the first of its columns and leaves the rest empty.
func (r *reader) multicolumn() {
	span, _ := strconv.Atoi(strings.TrimSpace(r.in.argument()))
	r.in.argument()
	r.say(r.inline(r.in.argument()))
	for i := 1; i < min(span, maxColumns) && len(r.tables) > 0; i++ {
		r.nextCell()
	}
}

func (r *reader) lineBreak() {
	if strings.HasPrefix(r.in.rest(), "*") {
		r.in.skip(1)
	}
	if rest := r.in.rest(); strings.HasPrefix(rest, "[") && (len(r.tables) > 0 ||
		strings.Contains(rest[:min(len(rest), 12)], "]")) {
		r.in.optional()
	}
	if n := len(r.tables); n > 0 && r.tables[n-1].depth <= 0 {
		r.nextRow()
		return
	}
	r.say(" ")
}

func (r *reader) title() {
	r.in.optional()
	title := r.inlineAlways(r.in.argument())
	if r.info.Title == "" && title != "" {
		r.info.Title = title
		if r.body {
			r.heading(1, title)
		}
	}
}

// inlineAlways reads an argument before the document begins, too.
func (r *reader) inlineAlways(text string) string {
	body, notes := r.body, r.notes
	r.body = true
	text = r.inline(text)
	r.body, r.notes = body, notes
	return text
}

func (r *reader) author() {
	r.in.optional()
	authors := r.in.argument()
	if r.body {
		r.flush()
		r.say(r.inline(authors))
		r.flush()
	}
}

// abstract is a command in some classes; as an environment it comes by \begin.
func (r *reader) abstract() {
	if strings.HasPrefix(r.in.rest(), "{") {
		text := r.in.argument()
		r.heading(2, "Abstract")
		r.push(text+"\n\n", "")
	}
}

func (r *reader) footnote() {
	r.in.optional()
	text := r.in.argument()
	if !r.body {
		return
	}
	r.counts["note"]++
	n := note{fmt.Sprint(r.counts["note"]), r.inline(text)}
	r.notes = append(r.notes, n)
}

func (r *reader) caption() {
	r.in.optional()
	r.writeCaption(r.float, r.in.argument())
}

func (r *reader) captionOf() {
	kind := r.in.argument()
	r.in.optional()
	name := "Figure"
	if strings.Contains(kind, "table") {
		name = "Table"
	}
	r.writeCaption(name, r.in.argument())
}

func (r *reader) writeCaption(kind, text string) {
	if kind == "" {
		kind = "Figure"
	}
	r.counts[kind]++
	r.reference = fmt.Sprint(r.counts[kind])
	r.flush()
	caption := fmt.Sprintf("%s %s: %s", kind, r.reference, r.inline(text))
	if r.level > 1 || len(r.tables) > 0 {
		r.say(caption)
		return
	}
	if r.body {
		r.w.Paragraph(caption)
		r.writeNotes()
	}
}

func (r *reader) label() {
	if name := r.in.argument(); r.reference != "" && len(r.labels) < maxMacros {
		r.labels[name] = r.reference
	}
}

func (r *reader) ref() {
	var numbers []string
	for name := range strings.SplitSeq(r.in.argument(), ",") {
		if n := r.labels[strings.TrimSpace(name)]; n != "" {
			numbers = append(numbers, n)
		}
	}
	r.say(strings.Join(numbers, ", "))
}

// cite says the keys of what is cited: they name authors and year.
func (r *reader) cite(name string) {
	r.in.optional()
	r.in.optional()
	keys := strings.Join(strings.Fields(strings.ReplaceAll(r.in.argument(), ",", ", ")), " ")
	if strings.Contains(name, "citet") || strings.Contains(name, "text") || strings.Contains(name, "author") {
		r.say(keys)
		return
	}
	r.say("(" + keys + ")")
}

func (r *reader) item() {
	r.flush()
	label, ok := r.in.optional()
	if n := len(r.lists); n > 0 {
		r.lists[n-1] = "item"
	}
	if ok {
		if text := r.inline(label); strings.ContainsFunc(text, isLetter) {
			r.say(text + " ")
		}
	}
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127 }

func (r *reader) bibItem() {
	r.flush()
	r.in.optional()
	r.in.argument()
}

func (r *reader) addLink(address string) {
	if r.body && !r.seen[address] && len(r.info.Links) < maxMacros &&
		(strings.HasPrefix(address, "https://") || strings.HasPrefix(address, "http://")) {
		r.seen[address] = true
		r.info.Links = append(r.info.Links, address)
	}
}

var unescapeURL = strings.NewReplacer(`\%`, "%", `\#`, "#", `\_`, "_", `\&`, "&", `\~`, "~", "{", "", "}", "", "\n", "",
	" ", "")

func (r *reader) href() {
	r.in.optional()
	address, shown := unescapeURL.Replace(r.in.verbatim()), r.inline(r.in.argument())
	r.addLink(address)
	switch {
	case shown == "" || strings.TrimRight(shown, "/") == strings.TrimRight(address, "/"):
		r.say(address)
	case strings.ContainsAny(address, "()<>") || !strings.HasPrefix(address, "http"):
		r.say(shown)
	default:
		r.say("[" + strings.NewReplacer("[", "(", "]", ")").Replace(shown) + "](" + address + ")")
	}
}

func (r *reader) url() {
	rest := r.in.rest()
	address := ""
	if rest != "" && rest[0] != '{' { // \url|...|
		r.in.skip(1)
		address = r.in.until(rest[:1])
	} else {
		address = r.in.verbatim()
	}
	address = unescapeURL.Replace(address)
	r.addLink(address)
	r.say(address)
}

func (r *reader) verb() {
	r.in.optional()
	rest := r.in.rest()
	if rest == "" {
		return
	}
	if rest[0] == '{' {
		r.say(r.in.argument())
		return
	}
	line, _, _ := strings.Cut(rest, "\n")
	if line == "" {
		return
	}
	if end := strings.IndexByte(line[1:], rest[0]); end >= 0 {
		r.in.skip(end + 2)
		r.say(line[1 : end+1])
	}
}

// Files.

func (r *reader) include() {
	in := r.in
	in.spaces()
	name := ""
	if strings.HasPrefix(in.rest(), "{") {
		name = in.argument()
	} else { // \input name
		rest := in.rest()
		n := strings.IndexAny(rest, " \t\n\\%")
		if n < 0 {
			n = len(rest)
		}
		name = rest[:n]
		in.skip(n)
	}
	r.file(name)
}

func (r *reader) importFile() {
	folder := r.in.argument()
	r.file(path.Join(folder, r.in.argument()))
}

// file reads a file of the archive in place. Names are those of the archive,
// relative to its root or to the folder of the main file.
func (r *reader) file(name string) {
	name = strings.TrimSpace(name)
	for _, root := range []string{"", path.Dir(r.info.Main)} {
		for _, ext := range []string{"", ".tex", ".ltx"} {
			clean := path.Clean("/" + root + "/" + name + ext)[1:]
			text, ok := r.files[clean]
			if !ok {
				continue
			}
			if r.open(clean) {
				r.unread(fmt.Sprintf("the file %q within itself", clean))
				return
			}
			if r.includes++; r.includes > maxIncludes {
				r.unread(fmt.Sprintf("what is behind %d files that are included", maxIncludes))
				return
			}
			r.push(text+"\n", clean)
			return
		}
	}
}

// open reports whether a file is being read.
func (r *reader) open(name string) bool {
	for _, f := range r.in.frames {
		if f.file == name {
			return true
		}
	}
	return false
}

// bibliography reads the list of references that BibTeX made.
func (r *reader) bibliography() {
	r.in.optional()
	if strings.HasPrefix(r.in.rest(), "{") {
		r.in.argument()
	}
	want := strings.TrimSuffix(r.info.Main, path.Ext(r.info.Main)) + ".bbl"
	if _, ok := r.files[want]; !ok {
		want = ""
		for name := range r.files {
			if strings.HasSuffix(name, ".bbl") && (want == "" || name < want) {
				want = name
			}
		}
	}
	if want != "" && !r.open(want) && r.includes < maxIncludes {
		r.includes++
		r.push(r.files[want], want)
	}
}
