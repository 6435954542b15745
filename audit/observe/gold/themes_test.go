package gold

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A theme is what a candidate passage may be about. Its words are broad on
// purpose: they gather what a rule could stumble over, right or wrong, and
// have nothing to do with the phrases that the observers look for.
type theme struct {
	name string
	// A candidate holds a word of each list. A word stands for all that begin
	// with it, with "!" only for itself and its plural; "~" is a space, a
	// hyphen or nothing. After the bar come pieces that may stand anywhere, for
	// languages without spaces.
	words, with string
}

const (
	// making is what one does to a model.
	making = "train tun pretrain pre~train learn built build | 训练 微调 学習 학습"
	// giving is what one does with what one made.
	giving = "releas open publish public availab provid shar download upload access disclos host | " +
		"开源 发布 公开 下载 提供 开放 披露 公開 공개"
	// parts are what a model consists of.
	parts = "weight checkpoint model data corpus code script paper report | 权重 模型 数据 语料 代码 脚本 论文 报告"
)

var themes = []theme{
	{"weights", "weight checkpoint safetensors model~file parameter gewichte poids pesos | 权重 检查点 模型文件 参数 " +
		"重み 가중치", giving},
	{"data", "data corpus corpora token crawl wikipedia synthetic proprietary donnée daten datos | " +
		"数据 语料 样本 标注 文本 データ 데이터", making},
	{"tuning", "fine~tun instruct sft rlhf dpo preference reward align distill human~feedback annotat | " +
		"微调 指令 对齐 偏好 强化学习 奖励 蒸馏 人类反馈 精调", "data example sample pair conversation collect trained | 数据 样本 对话 条 集"},
	{"code", "code script repository reproduc recipe pipeline framework | 代码 脚本 仓库 复现 框架 源码 コード 코드",
		"train tun reproduc releas open availab publish | 训练 微调 复现 开源 公开 发布"},
	{"hardware", "gpu tpu a100 h100 v100 hours days compute carbon co2 cluster node hardware | " +
		"显卡 算力 显存 昇腾 集群 小时 时长 GPU A100 碳排放 硬件 服务器", "train tun took pretrain emission cost used | 训练 微调 耗时 使用 消耗"},
	{"architecture", "architect layer transformer attention hidden hyperparameter learning~rate batch " +
		"optimizer context~length " +
		"vocab epoch decoder encoder heads | 架构 层 注意力 学习率 批 词表 上下文 超参 结构 优化器 步",
		"model train param use size based | 模型 训练 参数 采用 使用 0 1 2 3 4 5 6 7 8 9"},
	{"paper", "paper arxiv technical~report citation cite preprint proceedings | 论文 技术报告 引用 文献",
		"model our! we! this! see! introduc present propos describ arxiv http | 我们 模型 本 介绍 提出 http"},
	{"licence", "license licence apache mit! cc~by copyright lizenz licencia commercial | 许可 协议 商用 版权 ライセンス 라이선스",
		"model weight code data use under releas for | 模型 权重 代码 数据 使用 商 遵循 学术 研究 モデル 모델"},
	{"access", "gated request apply agree form! application contact api! sdk! pip! package endpoint docker " +
		"demo! register sign~up | " +
		"申请 登记 审核 同意 接口 API 邮件 联系 表单 问卷 安装 体验 试用", "model weight access us! our! using install get! | 模型 权重 我们 " +
		"使用 获取"},
	{"others", "compar baseline outperform based~on derived built~on unlike similar versus inspired than! " +
		"other! | " +
		"基于 对比 相比 优于 超过 其他 基座 参考 感谢 类似",
		"train data releas licens gpu token weight corpus open | 训练 数据 开源 许可 语料 权重"},
	{"promise", "will! plan! soon upcoming intend! future todo coming later! | 计划 后续 将 未来 即将 敬请期待 稍后 正在", giving},
	{"denial", "not! cannot unable declin undisclosed proprietary without never no! private internal | " +
		"不 无法 尚未 没有 未 暂 仅", parts},
	{"advice", "you! your please make~sure recommend should must users need | 请 您 你 建议 用户 可以 需要",
		"train data gpu tun licens weight download request access | 训练 数据 显存 微调 许可 权重 下载 申请"},
}

// A pattern finds the candidates of one theme.
type pattern struct{ words, with *regexp.Regexp }

var patterns = func() []pattern {
	var all []pattern
	for _, th := range themes {
		all = append(all, pattern{wordList(th.words), wordList(th.with)})
	}
	return all
}()

func wordList(list string) *regexp.Regexp {
	words, pieces, _ := strings.Cut(list, "|")
	starts := strings.NewReplacer("~", "[- ]?", "!", `s?\b`).Replace(strings.Join(strings.Fields(words), "|"))
	if pieces == "" {
		return regexp.MustCompile(`(?i)\b(?:` + starts + `)`)
	}
	return regexp.MustCompile(`(?i)\b(?:` + starts + `)|(?:` + strings.Join(strings.Fields(pieces), "|") + `)`)
}

// themesOf lists the themes for which a passage is a candidate.
func themesOf(p passage) []int {
	var found []int
	for i, re := range patterns {
		if re.words.MatchString(p.plain) && re.with.MatchString(p.plain) {
			found = append(found, i)
		}
	}
	return found
}

func TestThemesOf(t *testing.T) {
	for text, want := range map[string]string{
		"We pre-trained it on two corpora.":     "data",
		"Weights can be downloaded on the hub.": "weights",
		"模型使用了三千亿词的语料。":                         "",
		"训练使用了三千亿词的语料。":                         "data",
		"A lazy afternoon in the meadow.":       "",
		"The recipe is good.":                   "",
		"Training took nine days.":              "hardware",
	} {
		var names []string
		for _, i := range themesOf(passage{plain: text}) {
			names = append(names, themes[i].name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("themesOf(%q) = %q, want %q", text, got, want)
		}
	}
	if !slices.IsSortedFunc(themesOf(passage{plain: "Weights and licence"}), func(a, b int) int { return a - b }) {
		t.Error("themes are not in order")
	}
}
