package phrases

import (
	"strings"
	"sync"
)

// The words, and the Chinese characters, that are most frequent in model cards and
// READMEs, in this order, so that no phrase is looked for wherever one of them
// stands.
const (
	commonLatin = `
the and to of a model for in is with on this you from b or we that models are as use can be it by data llama
training if an text using not language your code dataset our pretrained have will all tokenizer trained i any
input true which more at n chat tokens prompt used was fine transformers please run image following other also
large m size base path has open output generation e gpu each these ai inference python but new set tasks torch
based one see only evaluation results s like should how config performance generate when example such file so
train paper token may name tuned do format pre into version ids content t tuning here out source instruction
available task note user datasets title license including its context import first their quality type up then
batch return generated below time information different install max need no english support get about been
make device length author learning sentence steps some original same download they than attention provide work
research files release released access`
	commonHan = `
的 模 用 型 在 和 我 了 数 一 们 以 是 使 中 可 能 个 文 行 有 为 于 不 对 下 上 大 本 训 练 据 如 进 要 理 成 多 生 开
果 量 更 这 时 过 分 人 同 力 语 代 到 加 提 任 性 参 方 来 并 出 学 推 发 需 表 化 会 现 度 调 测 基 通 源 你 将 等 后
码 合 高 评 自 持 问 包 最 其 件 法 解 式 入 或 请 集 定 所`
)

var rank = sync.OnceValue(func() map[string]int {
	m := make(map[string]int)
	for _, list := range []string{commonLatin, commonHan} {
		for i, w := range strings.Fields(list) {
			m[w] = i + 1
		}
	}
	return m
})

// cost estimates how often an atom is met in a text: by Zipf's law a frequent
// word as often as its rank is low, a word that is not listed seldom, one that
// may go on as often as all that begin or end like it.
func (a atom) cost() float64 {
	const seldom, most = 1, 4000
	ranks := rank()
	if a.kind == exact {
		if r := ranks[a.text]; r > 0 {
			return seldom + most/float64(r+3)
		}
		return seldom
	}
	cost := 3.0
	for w, r := range ranks {
		if a.kind == prefix && strings.HasPrefix(w, a.text) || a.kind == suffix && strings.HasSuffix(w, a.text) {
			cost += most / float64(r+3)
		}
	}
	return cost
}
