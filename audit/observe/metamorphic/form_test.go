package metamorphic

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Changes of form: the page says the same in the same words.

const column = 60

// unlikeProse are lines that a reader takes as lines of their own: they are not
// joined with the line before, and no line may begin so by wrapping.
var (
	unlikeProse = regexp.MustCompile(`^\s*(?:[-*+#<>|=~_\[!$\\]|\d+[.)]|[^:：]{1,40}[:：](?:\s|\*|$)|\P{L})`)
	hardBreak   = regexp.MustCompile(`(?:  |\\)$|<br */?>\s*$`)
	opensBlock  = regexp.MustCompile("^(?:[-*+#<>|=~_`\\[]|\\d+[.)]|:)")
)

// unwrap joins the lines of each paragraph that were cut by a wrap.
func unwrap(text string) (string, bool) {
	all := blocks(text)
	for i, b := range all {
		if b.kind == paragraph {
			all[i].lines = unwrapped(b.lines)
		}
	}
	return join(all), true
}

func unwrapped(lines []string) []string {
	var out []string
	for i, line := range lines {
		if i > 0 && utf8.RuneCountInString(lines[i-1]) >= 40 && !hardBreak.MatchString(lines[i-1]) &&
			!unlikeProse.MatchString(line) {
			out[len(out)-1] += gap(out[len(out)-1], line) + strings.TrimLeft(line, " ")
			continue
		}
		out = append(out, line)
	}
	return out
}

// gap is what stands between two joined lines: nothing between two Chinese characters.
func gap(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(b, " "))
	if wide(last) && wide(first) {
		return ""
	}
	return " "
}

func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("，。；：、（）“”！？", r)
}

// rewrap wraps each paragraph at 60 columns, at spaces.
func rewrap(text string) (string, bool) {
	all := blocks(text)
	for i, b := range all {
		if b.kind != paragraph {
			continue
		}
		var lines []string
		for _, line := range unwrapped(b.lines) {
			lines = append(lines, wrapped(line)...)
		}
		all[i].lines = lines
	}
	return join(all), true
}

// unbreakable are spans of a line that no line end may part.
var unbreakable = regexp.MustCompile("`[^`]*`|\\]\\([^)]*\\)|<[^>]*>|\\$[^$]*\\$|!?\\[[^\\]]*\\]\\([^)]*\\)")

func wrapped(line string) []string {
	var out []string
	spans := unbreakable.FindAllStringIndex(line, -1)
	whole := func(at int) bool {
		return slices.ContainsFunc(spans, func(m []int) bool { return m[0] < at && at < m[1] })
	}
	start, space := 0, -1
	for at := 0; at < len(line); at++ {
		if line[at] != ' ' || whole(at) || at+1 == len(line) || line[at+1] == ' ' ||
			opensBlock.MatchString(line[at+1:]) {
			continue
		}
		if space > start && utf8.RuneCountInString(line[start:at]) > column {
			out = append(out, strings.TrimRight(line[start:space], " "))
			start = space + 1
		}
		space = at
	}
	if space > start && utf8.RuneCountInString(line[start:]) > column {
		out = append(out, strings.TrimRight(line[start:space], " "))
		start = space + 1
	}
	return append(out, line[start:])
}

// sections are a page's opening and its top-level sections. Where one heading
// of the first level is the title, the second level is the top.
func sections(all []block) (opening []block, parts [][]block) {
	count := map[int]int{}
	for _, b := range all {
		count[b.level()]++
	}
	top := 1
	for top < 6 && count[top] < 2 {
		top++
	}
	skip := top == 1 // the first of several titles stays where it is
	for _, b := range all {
		switch l := b.level(); {
		case l == top && skip:
			skip = false
		case l > 0 && l <= top && (len(parts) > 0 || l == top):
			parts = append(parts, nil)
		}
		if len(parts) == 0 {
			opening = append(opening, b)
		} else {
			parts[len(parts)-1] = append(parts[len(parts)-1], b)
		}
	}
	return opening, parts
}

// reorder turns the order of the top-level sections round.
func reorder(text string) (string, bool) {
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	opening, parts := sections(blocks(strings.TrimSuffix(text, "\n")))
	for _, p := range parts {
		if p[0].level() < parts[0][0].level() || unclosed(p) {
			return text, false // a title among the sections, or code without an end: what follows belongs to it
		}
	}
	slices.Reverse(parts)
	gap := block{blank, []string{""}}
	var all []block
	all = append(all, opening...)
	for _, p := range parts {
		all = append(append(all, gap), p...)
	}
	return join(all) + "\n", len(parts) > 1
}

// unclosed reports whether code is opened in these blocks and not closed.
func unclosed(all []block) bool {
	return slices.ContainsFunc(all, func(b block) bool {
		return b.kind == code && fenceLine.MatchString(b.lines[0]) && (len(b.lines) < 2 ||
			!fenceLine.MatchString(b.lines[len(b.lines)-1]))
	})
}

// setext underlines the headings of the first two levels.
func setext(text string) (string, bool) {
	return eachHeading(text, func(level int, title string) []string {
		if level > 2 || title == "" || strings.HasPrefix(title, "<") || listLine.MatchString(title) {
			return nil
		}
		return []string{title, strings.Repeat(string("=-"[level-1]), max(3, utf8.RuneCountInString(title)))}
	})
}

// atx begins each heading with #.
func atx(text string) (string, bool) {
	return eachHeading(text, func(level int, title string) []string {
		return []string{strings.Repeat("#", level) + " " + title}
	})
}

// boldLine makes the headings of the lowest level bold lines.
func boldLine(text string) (string, bool) {
	lowest := 0
	for _, b := range blocks(text) {
		lowest = max(lowest, b.level())
	}
	if lowest < 2 {
		return text, false
	}
	return eachHeading(text, func(level int, title string) []string {
		if level < lowest || title == "" || strings.ContainsAny(title, "*_<[`") {
			return nil
		}
		return []string{"", "**" + title + "**", ""}
	})
}

// deeper makes each heading below the title one level deeper.
func deeper(text string) (string, bool) {
	for _, b := range blocks(text) {
		if b.level() == 6 {
			return text, false
		}
	}
	return eachHeading(text, func(level int, title string) []string {
		if level < 2 {
			return nil
		}
		return []string{strings.Repeat("#", level+1) + " " + title}
	})
}

// eachHeading replaces the lines of headings; nil leaves one as it is.
func eachHeading(text string, change func(level int, title string) []string) (string, bool) {
	var out []block
	for _, b := range blocks(text) {
		if l := b.level(); l > 0 {
			if lines := change(l, b.title()); lines != nil {
				if len(out) > 0 && out[len(out)-1].kind != blank {
					out = append(out, block{blank, []string{""}}) // an underline would take in a line above
				}
				b = block{other, append(lines, "")}
			}
		}
		out = append(out, b)
	}
	return join(out), true
}

// kept are the parts of prose that upper case would damage: code, links,
// addresses, tags, mathematics.
var kept = regexp.MustCompile("`[^`]*`|\\]\\([^)]*\\)|\\]\\[[^\\]]*\\]|<[^>]*>|https?://\\S+|\\$[^$]*\\$|" +
	"[^\\s\\[\\]()]*\\w[@/_.\\\\]\\w[^\\s\\[\\]()]*|&#?\\w+;|[^\\s\\[\\]()]*\\d[^\\s\\[\\]()]*")

// upper puts the prose of paragraphs, lists and headings in capital letters.
func upper(text string) (string, bool) {
	all := blocks(text)
	for i, b := range all {
		if b.kind != paragraph && b.kind != list && b.level() == 0 ||
			b.kind == list && strings.Contains(join(all[i:i+1]), "```") {
			continue
		}
		lines := slices.Clone(b.lines)
		for k, line := range lines {
			lines[k] = upperLine(line)
		}
		all[i].lines = lines
	}
	return join(all), true
}

func upperLine(line string) string {
	var w strings.Builder
	at := 0
	for _, m := range kept.FindAllStringIndex(line, -1) {
		w.WriteString(strings.ToUpper(line[at:m[0]]))
		w.WriteString(line[m[0]:m[1]])
		at = m[1]
	}
	w.WriteString(strings.ToUpper(line[at:]))
	return w.String()
}

// crlf changes the line ends; a page that has CRLF gets LF, one that has both is left out.
func crlf(text string) (string, bool) {
	pairs, carriages := strings.Count(text, "\r\n"), strings.Count(text, "\r")
	if carriages > 0 {
		return strings.ReplaceAll(text, "\r\n", "\n"), pairs == carriages && pairs == strings.Count(text, "\n")
	}
	return strings.ReplaceAll(text, "\n", "\r\n"), true
}

// headingsIn are common headings in German and in Chinese.
var headingsIn = map[string][2]string{
	"training data":                  {"Trainingsdaten", "训练数据"},
	"training dataset":               {"Trainingsdatensatz", "训练数据集"},
	"training":                       {"Training", "训练"},
	"training procedure":             {"Trainingsverfahren", "训练过程"},
	"training details":               {"Einzelheiten des Trainings", "训练细节"},
	"training hyperparameters":       {"Hyperparameter des Trainings", "训练超参数"},
	"preprocessing":                  {"Vorverarbeitung", "预处理"},
	"pretraining":                    {"Vortraining", "预训练"},
	"fine-tuning":                    {"Feinabstimmung", "微调"},
	"evaluation":                     {"Bewertung", "评估"},
	"evaluation results":             {"Ergebnisse der Bewertung", "评估结果"},
	"results":                        {"Ergebnisse", "结果"},
	"benchmarks":                     {"Benchmarks", "基准测试"},
	"performance":                    {"Leistung", "性能"},
	"testing data":                   {"Testdaten", "测试数据"},
	"metrics":                        {"Metriken", "评价指标"},
	"model details":                  {"Angaben zum Modell", "模型详情"},
	"model description":              {"Beschreibung des Modells", "模型描述"},
	"model summary":                  {"Überblick über das Modell", "模型概述"},
	"model architecture":             {"Modellarchitektur", "模型架构"},
	"description":                    {"Beschreibung", "描述"},
	"introduction":                   {"Einführung", "介绍"},
	"overview":                       {"Überblick", "概述"},
	"intended use":                   {"Verwendungszweck", "预期用途"},
	"intended uses":                  {"Verwendungszwecke", "预期用途"},
	"intended uses & limitations":    {"Verwendungszwecke und Grenzen", "预期用途与局限性"},
	"uses":                           {"Verwendung", "用途"},
	"usage":                          {"Verwendung", "使用方法"},
	"how to use":                     {"Verwendung", "如何使用"},
	"quickstart":                     {"Schnellstart", "快速开始"},
	"quick start":                    {"Schnellstart", "快速开始"},
	"direct use":                     {"Direkte Verwendung", "直接使用"},
	"out-of-scope use":               {"Nicht vorgesehene Verwendung", "超出范围的使用"},
	"limitations":                    {"Grenzen", "局限性"},
	"limitations and bias":           {"Grenzen und Verzerrungen", "局限性与偏差"},
	"bias, risks, and limitations":   {"Verzerrungen, Risiken und Grenzen", "偏差、风险与局限性"},
	"ethical considerations":         {"Ethische Erwägungen", "伦理考量"},
	"recommendations":                {"Empfehlungen", "建议"},
	"environmental impact":           {"Umweltauswirkungen", "环境影响"},
	"hardware":                       {"Hardware", "硬件"},
	"software":                       {"Software", "软件"},
	"hardware and software":          {"Hardware und Software", "硬件与软件"},
	"compute infrastructure":         {"Recheninfrastruktur", "计算基础设施"},
	"citation":                       {"Zitierweise", "引用"},
	"bibtex entry and citation info": {"BibTeX-Eintrag und Zitierweise", "BibTeX 引用信息"},
	"license":                        {"Lizenz", "许可证"},
	"acknowledgements":               {"Danksagung", "致谢"},
	"contact":                        {"Kontakt", "联系方式"},
	"model card contact":             {"Kontakt", "模型卡联系方式"},
	"disclaimer":                     {"Haftungsausschluss", "免责声明"},
	"requirements":                   {"Voraussetzungen", "环境要求"},
	"installation":                   {"Installation", "安装"},
	"model sources":                  {"Quellen des Modells", "模型来源"},
	"datasets":                       {"Datensätze", "数据集"},
	"dataset":                        {"Datensatz", "数据集"},
	"data":                           {"Daten", "数据"},
}

// translated puts common English headings in another language.
func translated(language int) func(string) (string, bool) {
	return func(text string) (string, bool) {
		any := false
		changed, _ := eachHeading(text, func(level int, title string) []string {
			in, ok := headingsIn[strings.ToLower(strings.Trim(title, "*: "))]
			if !ok {
				return nil
			}
			any = true
			return []string{strings.Repeat("#", level) + " " + in[language]}
		})
		return changed, any
	}
}
