package claims

import (
	"testing"

	"openness/rubric"
)

// TestDeniedBehind: what is denied of a use is not turned round by a second denial, and where
// a clause says several things and denies one, no verdict says which.
func TestDeniedBehind(t *testing.T) {
	judgeAll(t, []judged{
		{"Dingo-2Bの商用利用は禁止されていない。", rubric.Refuted},
		{"Dingo-2Bは商用利用禁止ではない。", rubric.Refuted},
		{"Dingo-2B는 상업적 이용이 금지되지 않았다.", rubric.Refuted},
		{"Quokka-7Bの商用利用は禁止されていない。", rubric.Supported},
		{"Quokka-7B의 상업적 이용은 금지되지 않았다.", rubric.Supported},
		{"Dingo-2Bの商用利用は禁止されている。", rubric.Supported},
		{"Quokka-7Bの重みは公開されているが学習コードは公開されていない。", rubric.Unverifiable},
		{"Numbat-3Bの重みは公開されているが学習コードは公開されていない。", rubric.Unverifiable},
		{"Quokka-7Bの重みは公開されているが、学習コードは公開されていない。", rubric.Partly},
		{"Numbat-3Bの重みは公開されているが、学習コードは公開されていない。", rubric.Supported},
		{"Quokka-7Bは重みを公開しているが学習データは公開していない。", rubric.Unverifiable},
		{"Quokka-7Bの重みは公開されたが学習データは非公開だ。", rubric.Unverifiable},
		{"Numbat-3Bは学習コードを公開せずに重みを公開した。", rubric.Unverifiable},
		{"Quokka-7B는 가중치를 공개하고 학습 데이터는 공개하지 않았다.", rubric.Unverifiable},
		{"Numbat-3B는 학습 데이터를 공개하지 않고 가중치를 공개했다.", rubric.Unverifiable},
		{"Numbat-3BはMITではなくApache 2.0ライセンスだ。", rubric.Unverifiable},
		{"Numbat-3BはApache 2.0ではなくMITライセンスだ。", rubric.Unverifiable},
		{"Numbat-3B는 Apache 2.0이 아니라 MIT 라이선스이다.", rubric.Unverifiable},
		{"Numbat-3BではなくQuokka-7Bが学習コードを公開している。", rubric.Unverifiable},
		{"Wombat-7BはMITライセンスではなくApache 2.0だ。", rubric.Partly},
		{"Wombat-7Bの重みは一般公開されている。", rubric.Partly},
		{"Wombat-7B는 가중치가 공개되어 있다.", rubric.Partly},
		{"Quokka-7Bの重みは一般公開されている。", rubric.Supported},
	})
}

// TestJapaneseAndKorean: plain sentences are read, where the denial stands behind.
func TestJapaneseAndKorean(t *testing.T) {
	judgeAll(t, []judged{
		{"Quokka-7BのライセンスはApache 2.0だ。", rubric.Supported},
		{"Wombat-7BはMITライセンスで公開されている。", rubric.Refuted},
		{"Wombat-7BはMITライセンスではない。", rubric.Supported},
		{"Wombat-7Bはオープンソースではない。", rubric.Supported},
		{"Quokka-7Bはオープンソースではありません。", rubric.Refuted},
		{"Numbat-3Bの学習コードは公開されている。", rubric.Refuted},
		{"Numbat-3Bの学習コードは公開されていない。", rubric.Supported},
		{"Quokka-7Bの学習データは非公開です。", rubric.Refuted},
		{"Numbat-3Bは商用利用できる。", rubric.Supported},
		{"Numbat-3Bは商用利用できない。", rubric.Refuted},
		{"Wombat-7Bのダウンロードには申請が必要だ。", rubric.Supported},
		{"Quokka-7Bの重みは研究者だけがダウンロードできる。", rubric.NotCheckable},
		{"Quokka-7Bはオープンソースですか?", rubric.NotCheckable},
		{"Numbat-3Bの学習コードは来年公開される予定だ。", rubric.NotCheckable},
		{"Numbat-3Bの学習コードが公開されているわけではない。", rubric.Supported},
		{"Quokka-7B는 Apache 2.0 라이선스로 공개되었다.", rubric.Supported},
		{"Wombat-7B는 MIT 라이선스를 따른다.", rubric.Refuted},
		{"Wombat-7B는 MIT 라이선스가 아니다.", rubric.Supported},
		{"Wombat-7B는 오픈소스이다.", rubric.Refuted},
		{"Wombat-7B는 오픈소스가 아니다.", rubric.Supported},
		{"Quokka-7B와 달리 Numbat-3B는 학습 코드를 공개하지 않았다.", rubric.Supported},
		{"Quokka-7B의 학습 데이터는 비공개이다.", rubric.Refuted},
		{"Numbat-3B는 상업적으로 이용할 수 있다.", rubric.Supported},
		{"Numbat-3B는 상업적으로 이용할 수 없다.", rubric.Refuted},
		{"Wombat-7B를 다운로드하려면 승인이 필요하다.", rubric.Supported},
		{"Numbat-3B는 오픈소스인가?", rubric.NotCheckable},
		{"Numbat-3B의 학습 코드는 내년에 공개될 예정이다.", rubric.NotCheckable},
	})
}
