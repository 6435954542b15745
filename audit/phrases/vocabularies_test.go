package phrases

import "testing"

// TestEarlierVocabularies: what the four lists of promise and the lists of
// denial and of advice of the observers caught is caught here, by one
// vocabulary, and what they took for it by mistake is not.
func TestEarlierVocabularies(t *testing.T) {
	for _, c := range []struct{ mode, sentence string }{
		// promises
		{"promised", "The code: coming soon."},
		{"promised", "We will release the rest."},
		{"promised", "The lab will open the weights."},
		{"promised", "This repository will share the data."},
		{"promised", "We plan to add the scripts."},
		{"promised", "Planning to release the logs."},
		{"promised", "Weights to be released."},
		{"promised", "Stay tuned."},
		{"promised", "- [ ] weights"},
		{"promised", "TODO: data card"},
		{"promised", "We are working on the data card."},
		{"promised", "More sizes may be added in the future."},
		{"promised", "The weights will be available."},
		{"promised", "The weights will be open."},
		{"promised", "The paper is on its way."},
		{"promised", "The data will be made publicly available."},
		{"promised", "The scripts will be open-sourced."},
		{"promised", "The corpus will be fully published."},
		{"promised", "We hope to share the corpus."},
		{"promised", "We intend to open source the corpus."},
		{"promised", "TBD"},
		{"promised", "More soon."},
		// no promises
		{"done", "It was posted to Mastodon."},
		{"done", "It stops as soon as the loss rises."},
		{"done", "It sooner or later converges."},
		{"done", "Posts on Mastodon in the future tense were kept."},
		{"done", "The release plan was followed."},
		{"done", "Its opening was shared by all."},
		{"advice", "If you find our work useful, please cite it."},
		// denials
		{"denied", "The weights are not available."},
		{"denied", "It will not be released."},
		{"denied", "We cannot share the weights."},
		{"denied", "The training code is not included."},
		{"denied", "We do not provide the fine-tuning scripts."},
		{"denied", "Fine-tuning code is never released."},
		{"denied", "We are unable to publish the data."},
		{"denied", "The data can't be shared."},
		{"denied", "No plan to disclose the corpus."},
		{"denied", "The dataset is not public."},
		{"denied", "It was tuned on proprietary data."},
		{"denied", "The corpus is undisclosed."},
		{"denied", "The model was never fine-tuned."},
		// no denials
		{"done", "We release not only weights but data."},
		{"done", "If the path is not available, the default is used."},
		{"done", "It does not share parameters across layers."},
		{"done", "It beats closed-source rivals."},
		// advice
		{"advice", "The model can be fine-tuned further."},
		{"advice", "Fine-tune it on your data."},
		{"advice", "To reproduce the results, run this."},
		{"advice", "Run the following command."},
		{"advice", "In this tutorial it is fine-tuned."},
		{"advice", "Download the data from the page."},
		{"advice", "It is recommended to use two cards."},
		{"advice", "One must set the path."},
	} {
		if mode, m := Mode(c.sentence); mode != c.mode {
			t.Errorf("%q is %s, want %s (%v)", c.sentence, mode, c.mode, m.Phrase)
		}
	}
}

// TestLanguages: the plain ways of each language to promise, to deny and to ask
// for a request, and to say that it is done.
func TestLanguages(t *testing.T) {
	for _, c := range []struct{ mode, sentence string }{
		{"promised", "推理代码已放出，训练代码会在近期发布。"},
		{"promised", "我们计划后续开放全部语料。"},
		{"promised", "敬请期待！"},
		{"promised", "技术报告待发布"},
		{"denied", "由于合规要求，我们无法公开预训练语料。"},
		{"denied", "训练代码目前尚未开源。"},
		{"denied", "暂无公开训练数据的计划。"},
		{"conditional", "如需完整语料，请发邮件至课题组。"},
		{"conditional", "商用前需取得书面授权。"},
		{"conditional", "填写申请表后可下载权重。"},
		{"done", "我们已经公开了训练数据。"},
		{"done", "我們開源了訓練代碼。"},
		{"denied", "訓練數據不公開。"},
		{"promised", "学習データセットは後日公開する予定です。"},
		{"promised", "学習コードは近日公開。"},
		{"denied", "学習データは公開していません。"},
		{"denied", "学習コードは非公開です。"},
		{"conditional", "商用利用の際はお問い合わせください。"},
		{"conditional", "データの利用には申請が必要です。"},
		{"done", "学習コードを公開しました。"},
		{"promised", "학습 데이터는 추후 공개할 예정입니다."},
		{"denied", "학습 데이터는 공개하지 않습니다."},
		{"denied", "학습 코드는 비공개입니다."},
		{"conditional", "상업적 이용은 연락 주시기 바랍니다."},
		{"done", "학습 코드를 공개했습니다."},
		{"promised", "Le code d’entraînement sera publié prochainement."},
		{"promised", "Nous prévoyons de publier les données."},
		{"denied", "Les données d'entraînement ne sont pas publiques."},
		{"denied", "Nous ne partageons pas le corpus."},
		{"conditional", "Les poids sont disponibles sur demande."},
		{"done", "Nous avons publié les poids."},
		{"promised", "Der Trainingscode wird in Kürze veröffentlicht."},
		{"promised", "Wir planen, die Trainingsdaten freizugeben."},
		{"denied", "Die Trainingsdaten wurden nicht veröffentlicht."},
		{"denied", "Der Trainingscode ist leider noch nicht verfügbar."},
		{"conditional", "Das Modell gibt es auf Anfrage."},
		{"done", "Wir haben den Trainingscode veröffentlicht."},
		{"promised", "El código de entrenamiento se publicará pronto."},
		{"promised", "Tenemos previsto liberar los datos."},
		{"denied", "Los datos de entrenamiento no son públicos."},
		{"denied", "No podemos compartir el código."},
		{"conditional", "Disponible bajo solicitud."},
		{"done", "Hemos publicado los pesos."},
	} {
		if mode, m := Mode(c.sentence); mode != c.mode {
			t.Errorf("%q is %s, want %s (%v)", c.sentence, mode, c.mode, m.Phrase)
		}
	}
}
