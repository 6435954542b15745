package code

import (
	"testing"

	"openness/audit"
)

// TestTrainedWithWords: in each language the makers' repository is what trained the model where no more than an article
// or words for code stand between; what another model of theirs gave to the training, or what it did, is not.
func TestTrainedWithWords(t *testing.T) {
	const nest, condor = "[Nest](https://github.com/acme/nest)", "[Condor](https://github.com/acme/condor)"
	for said, want := range map[string]string{
		"It was trained using the " + nest + " framework.":                          "entry",
		"It was trained with\nour " + nest + ".":                                    "entry",
		"Das Modell wurde mit\n" + nest + " trainiert.":                             "entry",
		"It was trained with " + nest + " as described in the paper.":               "entry",
		nest + " was used to train Falco.":                                          "entry",
		"The " + nest + " trainer was used for fine-tuning.":                        "finetuning",
		"Das Modell wurde trainiert mit unserem Trainer " + nest + ".":              "entry",
		"Das Modell wurde mit " + nest + " auf 8 GPUs trainiert.":                   "entry",
		"Elle a été entraînée avec le code de " + nest + ".":                        "entry",
		"Il a été entraîné avec " + nest + ".":                                      "entry",
		"Fue entrenado con " + nest + ".":                                           "entry",
		"训练使用了我们自研的 " + nest + " 框架。":                                               "entry",
		"我们使用 " + nest + " 对模型进行了微调。":                                               "finetuning",
		nest + " を使って学習しました。":                                                       "entry",
		nest + "를 사용하여 학습했습니다.":                                                     "entry",
		"It is trained by the authors of " + condor + ".":                           "",
		"It was trained with twice the compute of " + condor + ".":                  "",
		"It was trained in the same way as " + condor + ".":                         "",
		"It was trained with the same recipe as " + condor + ".":                    "",
		"It was trained with " + condor + " as its teacher.":                        "",
		"It was distilled with the logits of " + condor + ".":                       "",
		"It was tuned using rewards from " + condor + ".":                           "",
		condor + " was used for training as a teacher.":                             "",
		condor + " was used to train a reward model.":                               "",
		"[Our reward model](https://github.com/acme/condor) was used for training.": "",
		"Das Modell wurde trainiert mit der Hilfe von " + condor + ".":              "",
		condor + " wurde auf Büchern trainiert.":                                    "",
		"Elle a été entraînée avec les sorties de " + condor + ".":                  "",
		"Fue entrenado con las salidas de " + condor + ".":                          "",
		"训练采用与 " + condor + " 相同的方法。":                                               "",
		condor + " 是训练好的模型。":                                                        "",
		condor + " の出力を使って学習しました。":                                                  "",
		condor + " 출력을 사용하여 학습했습니다.":                                                "",
	} {
		docs := []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", "# Falco\n\n"+said+"\n")}
		in := newInput(model("acme/Falco-7B", ""), docs)
		got := ""
		for _, id := range []string{"acme/nest", "acme/condor"} {
			got += in.statementOn(id).fact
		}
		if want != "" {
			want = "code.training." + want
		}
		if got != want {
			t.Errorf("%s: %q, want %q", said, got, want)
		}
	}
}
