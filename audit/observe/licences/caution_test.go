package licences

import (
	"strings"
	"testing"

	"openness/audit"
)

// suspects tells what a page that says something leaves of the open licence in its tag.
func suspects(t *testing.T, want string, said ...string) {
	t.Helper()
	for _, text := range said {
		in := newInput(model(tuned, ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, tuned,
			"---\nlicense: mit\n---\n# Falco-7B-Chat\n\nA model that answers questions.\n\n"+text+"\n"),
			answer(tuned, "", []string{"README.md", "model.safetensors"})})
		in.Look()
		got := values(Read(in), "license.weights.openness")
		if want == "open" && got != "open" || want != "open" && got == "open" {
			t.Errorf("%s\nis %s, want %s", strings.TrimSpace(text), got, want)
		}
	}
}

// TestHandedOn: that copies are not to be handed on is a limit in every language, and a
// limit on something else is none on the weights.
func TestHandedOn(t *testing.T) {
	suspects(t, "limited",
		"Never post the checkpoint on other hosts.", "Please do not pass the files on.",
		"Bitte verteilen Sie keine Kopien.", "Reichen Sie die Gewichte nicht weiter.",
		"Ne transmettez pas les poids à des tiers.", "Il est défendu de rediffuser le modèle.",
		"No difundas los pesos.", "Se prohíbe la redistribución de los archivos.",
		"Não repasse os pesos.", "É vedada a divulgação dos pesos.",
		"Non inoltrate i pesi.", "È proibita la ridistribuzione del modello.",
		"Не пересылайте веса.", "请不要把权重传给别人。", "重みを第三者に渡さないでください。", "가중치를 남에게 넘기지 마세요.")
	suspects(t, "open",
		"Do not pass the files to the old parser.", "Never post private data in a prompt.",
		"Geben Sie keine persönlichen Daten ein.", "Ne partagez pas de données privées avec lui.",
		"No compartas tus datos con el modelo.", "Não envie dados pessoais.", "Non condividete dati personali.",
		"不要上传个人照片。", "個人情報を入力しないでください。")
}

// TestAnswersInTraining: that its answers are not to train other models limits the model.
func TestAnswersInTraining(t *testing.T) {
	suspects(t, "limited",
		"You may read its answers, but not train on them.", "Never distil from it.",
		"Synthetic dialogues written by Falco are off limits for rival systems.",
		"Outputs may only be quoted.",
		"Ausgaben dürfen nicht als Trainingsdaten fremder Netze dienen.",
		"生成した回答を別のモデルの学習に使わないでください。",
		"É proibido alimentar outros modelos com as respostas.",
		"È vietato addestrare altri modelli con le risposte.")
	suspects(t, "open",
		"We did not train on old pages.", "Outputs are yours.",
		"Die Antworten der Tests waren nicht in den Trainingsdaten.",
		"回答を学習データから除外しました。", "As respostas são boas.")
}

// TestPrice: what is to be paid for a model, how long it may be had and who may have it
// limit it, though nothing is said of use.
func TestPrice(t *testing.T) {
	suspects(t, "limited",
		"We want a share of net earnings.", "A monthly fee extends your right.",
		"The gold level and higher may run it.",
		"Free for clubs and firms with fewer than twelve employees.",
		"Les agences de presse paient par mois, les sociétés aussi.", "Au-delà de dix salariés, une redevance est exigible.",
		"Las compañías abonan una suma.", "As companhias pagam por mês.", "Le aziende pagano al mese.",
		"Ab zwölf Mitarbeitenden wird eine Gebühr fällig.",
		"Your access lapses the day you leave the club.", "You promise to erase every copy at the end of the course.",
		"Free during the pilot.", "Gratis während der Pilotphase.", "Gratuit durant la phase pilote.",
		"Gratuito durante la fase piloto.", "Grátis enquanto durar o teste.", "Gratuito fino alla fine della prova.",
		"公测期间免费,随后将收费。", "Бесплатно на время пилота.",
		"Issued to paying partners.", "Subscribers only.", "Solo los socios pueden descargarlo.",
		"Apenas os sócios podem baixá-lo.", "회원사만 쓸 수 있습니다.", "たばこ業者は使用できません。")
	suspects(t, "open",
		"Training takes a third of the time.", "You can delete the cached files after conversion.",
		"The text ends with a full stop.", "Free for everyone, and it stays so.",
		"Bei langen Texten fällt die Güte ab.", "La différence est due aux données.",
		"It was trained by four partners.", "The demo is open to all.", "Es gratis y rápido.", "誰でも利用できます。")
}

// TestFencedTerms: terms that are set off like code limit a model; prompts, commands and what an
// example answers do not.
func TestFencedTerms(t *testing.T) {
	suspects(t, "limited",
		"```\nLicense: CC-BY-NC-4.0. Commercial use is prohibited.\n```",
		"## License\n\n```text\nYou may not use the weights for commercial purposes.\nSee the license.\n```")
	suspects(t, "open",
		"```\nSystem: You must not talk about commercial products.\n```",
		"```python\n# license of this snippet: not for commercial use\nload('falco')\n```",
		"```\n@misc{falco, title={A licence for non-commercial birds}}\n```",
		"## License\n\n```\nMIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy\n```")
}

// TestUnasked: a grant that asks for nothing is none, whatever words of trade stand in it, and
// what is told of other things beside the model takes nothing from it.
func TestUnasked(t *testing.T) {
	suspects(t, "open",
		"Die Dateien dürfen in bezahlten Diensten stecken, ohne dass jemand zahlen muss.",
		"Vous pouvez vendre vos applications, sans nous consulter.",
		"Se puede integrar en servicios de pago sin solicitar autorización a nadie.",
		"Potete metterlo in servizi a pagamento, senza avvisare nessuno.",
		"有料サービスでも登録なしでご利用いただけます。", "연구자든 회사든 자유롭게 쓸 수 있습니다.",
		"Large customers can order an SLA.", "Our API at acme.example has its own rules and a price; these files do not.",
		"Der Trainingsdatensatz darf nur in der Forschung verwendet werden.",
		"Il set di addestramento è solo per la ricerca.", "经费来自科研项目,与模型的许可无关。",
		"O nosso modelo irmão Condor é só para estudantes.",
		"- [x] Academic research paper\n- [x] Weights\n- [ ] Commercial API")
	suspects(t, "limited",
		"Die Dateien dürfen in bezahlten Diensten nur stecken, wenn man uns fragt.",
		"Se puede integrar en servicios de pago pidiendo permiso.", "Per i servizi a pagamento chiedete il permesso.",
		"商用サービスでは登録が必要です。", "Customers must order an SLA before they use the weights.",
		"The checkpoint follows the conditions you accepted on our site.", "Academic License v2, text to follow.",
		"- [x] study\n- [x] teaching\n- [ ] products")
}

// TestEverydayLimits: what is earned, lent, ended or to be asked before limits in everyday words.
func TestEverydayLimits(t *testing.T) {
	suspects(t, "limited",
		"Anyone who profits from it owes us a tenth.", "Please consult the chair before it reaches a customer.",
		"Study is free. Anything else needs a contract.", "Never serve it over a public endpoint.",
		"The free licence stops at fifty seats.", "Whatever you build with its answers belongs to the lab.",
		"The tag is for the scripts; for the checkpoints please ask.", "Companies may test for two weeks.",
		"It may not become part of any app.", "Die Dateien sind nur geliehen.", "Les poids sont prêtés pour un an.",
		"No debe integrarse en servicios.", "Não pode ser incluído em produtos.", "Non può entrare in un prodotto.")
	suspects(t, "limited", "O uso em empresas é permitido com licença CC BY paga.",
		"O uso comercial é permitido sob licença CC BY paga.")
	suspects(t, "open", "O uso comercial é permitido sob licença CC BY.")
	suspects(t, "limited", "If you plan to sell it, tell us about your project.")
	suspects(t, "open",
		"Tell us about your project!", "Ask on the forum before you post an issue.", "Everything else is as before.", "Serve it over an endpoint.",
		"The text stops at fifty tokens.", "We never bill anyone.", "Tell us your results.", "It was tested for two weeks on a cluster.")
}
