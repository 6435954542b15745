package claims

import (
	"testing"

	"openness/rubric"
)

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
