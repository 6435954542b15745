package phrases

import "testing"

// TestHeading: headings in other languages are the usual English ones; what is
// more than a heading, or is none of these, is not.
func TestHeading(t *testing.T) {
	for text, want := range map[string]string{
		"Trainingsdaten":                    "training data",
		"3.1 Trainingsdaten:":               "training data",
		"🔥 Verwendung":                      "usage",
		"TRAININGSDATEN":                    "training data",
		"Trainingsdaten und Hyperparameter": "training data and training hyperparameters",
		"Verzerrungen, Risiken und Grenzen": "bias, risks, and limitations",
		"训练数据":                              "training data",
		"一、训练数据":                            "training data",
		"模型训练数据":                            "training data",
		"训练超参数":                             "training hyperparameters",
		"数据集与训练过程":                          "datasets and training procedure",
		"偏差、风险与局限性":                         "bias, risks, and limitations",
		"許可證":                               "license",
		"Training data":                     "",
		"Trainingsdaten fehlen":             "",
		"训练数据很多":                            "",
		"":                                  "",
	} {
		if got := Heading(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
