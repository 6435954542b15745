package identity

import (
	"slices"
	"testing"
)

// TestOrigins: what a sentence says that something was made from, by name alone, and what
// it names besides.
func TestOrigins(t *testing.T) {
	for said, want := range map[string][]string{
		"An experts merge, of OpenHawk, Falkor, and Starling-LM":                                                    {"OpenHawk", "Falkor", "Starling-LM"},
		"A merge of Condor-2 13B and MythoHawk 13B":                                                                 {"Condor-2 13B", "MythoHawk 13B"},
		"It was finetuned on DeepHawk-Coder-6.7B-Base.":                                                             {"DeepHawk-Coder-6.7B-Base"},
		"Our models are based on Llama-2 and more.":                                                                 {"Llama-2"},
		"This is an instruction fine-tuned llama-2 model.":                                                          {"llama-2"},
		"The model is fine tuned RoBERTa":                                                                           {"RoBERTa"},
		"`bert-base-uncased` finetuned on the emotion set.":                                                         {"bert-base-uncased"},
		"Wizard is a Llama 13B model fine-tuned on songs.":                                                          {"Llama 13B"},
		"**Initialization**: RoBERTa-large":                                                                         {"RoBERTa-large"},
		"It was built by finetuning MPT-7B with a long context.":                                                    {"MPT-7B"},
		"Falco was trained on the Mistral-7B base.":                                                                 {"Mistral-7B"},
		"A Llama2-70b model trained on merry songs.":                                                                {"Llama2-70b"},
		"It was trained with a RoBERTa-base model for 10k steps on songs.":                                          {"RoBERTa-base"},
		"It was obtained by further training the English BERT base model.":                                          {"BERT"},
		"- **Finetuned from model [optional]:** Llama-2-7b":                                                         {"Llama-2-7b"},
		"Merry is a LLama-2-13B model trained on merry songs.":                                                      {"LLama-2-13B"},
		"Falco is a multilingual version of RoBERTa.":                                                               nil,
		"This holds two versions of Llama-3-70B.":                                                                   nil,
		"It can be used in projects built upon Llama.":                                                              nil,
		"DeBERTa-v2 아키텍쳐를 기반으로 학습한 모델입니다.":                                                                          nil,
		"Falco is a multilingual variant of T5 that was pre-trained on a new dataset.":                              nil,
		"It is a 4-bit version of Llama-3-70B.":                                                                     {"Llama-3-70B"},
		"The vision encoder was initialized from Llama-2-7b.":                                                       nil,
		"The models are based on the [T5 architecture](https://acme.org/1910).":                                     nil,
		"모델 아키텍쳐는 [DeBERTa-v2](https://acme.org/deberta)를 기반으로 학습하였습니다.":                                            nil,
		"All models were tuned for 5 epochs, with the exception of XNLI-256 that used 2.":                           nil,
		"It is Condor tuned on [Claude Songs 1K](https://huggingface.co/datasets/rival/claude_songs_1k).":           nil,
		"It was built on a test set based on the WMT22 songs.":                                                      nil,
		"This was made using the 'mixtral' branch of a tool.":                                                       nil,
		"These are models finetuned on Alpaca, CodeAlpaca, Guanaco and more.":                                       nil,
		"It was finetuned on Llama-2-7b, Falco-7b and Condor-7b in turn.":                                           {"Llama-2-7b", "Falco-7b", "Condor-7b"},
		"It is based on [Llama-2 chat](https://huggingface.co/rival/llama-2-chat).":                                 {"Llama-2"},
		"It is a Llama-2-7b-based architecture.":                                                                    nil,
		"对Llama-2-7b-chat-hf进行LoRA微调。":                                                                              {"Llama-2-7b-chat-hf"},
		"对 Llama-3-8B 进行了测试，训练更多。":                                                                                  nil,
		"该模型基于BERT架构。":                                                                                              nil,
		"测试了微调工具 LLaMA-7B，并给出全量微调示范。":                                                                               nil,
		"It rests on further pre-training, based on slow pre-training and tuning LLaMA2 on songs.":                  {"LLaMA2"},
		"It gives access to the old versions of Falco-2 and FastFeather.":                                           {"Falco-2"},
		"It was fine-tuned on SQuAD2 and built with CoolTool.":                                                      nil,
		"FalcoはCondor2をベースとして学習したモデルです。":                                                                            {"Condor2"},
		"Condor is fine-tuned from a 7B LLaMA model.":                                                               {"LLaMA"},
		"It is a mixture of our Condor-2 13B and MythoHawk 13B.":                                                    {"Condor-2 13B", "MythoHawk 13B"},
		"It was trained on a mixture of Falcon refined-web dataset.":                                                nil,
		"It is based on the GPT2 Transformer architecture.":                                                         nil,
		"It is a version of FastHawk, made from Self-Flight.":                                                       nil,
		"It is one of the variants, together with Llama-2-7b.":                                                      nil,
		"It was trained on conversations with Llama 3.2.":                                                           nil,
		"They are tuned with the Songs dataset using the original Llama-2 and Code Llama models as base models.":    {"Llama-2", "Code Llama"},
		"They are not using Llama-2 as a base model.":                                                               nil,
		"We used songs that Llama-2 wrote with care.":                                                               nil,
		"We fine-tune Llama-2-7B with these settings.":                                                              {"Llama-2-7B"},
		"You can fine-tune Llama-2-7B with these settings.":                                                         nil,
		"To compare, we fine-tuned Llama-2-7B with the same songs.":                                                 nil,
		"- **Finetuned from model:** [Llama-2-70B]":                                                                 {"Llama-2-70B"},
		"**Backbone Model** rival/llama-2-7b":                                                                       {"llama-2-7b"},
		"It is a code model tuned by adapters of many tasks (600k songs and answers) on the base model Llama-2-7b.": {"Llama-2-7b"},
		"This is a llama2 7B HF chat model fine-tuned on songs.":                                                    {"llama2 7B HF"},
		"Cat is a llama 13B based model fine tuned on songs.":                                                       {"llama 13B"},
		"The base model is [Llama-2-7b](https://huggingface.co/rival/llama-2-7b), which is pretrained on songs.":    {"Llama-2-7b"},
		"It hears Llama-2-7b, which is pretrained on songs.":                                                        nil,
		"This is Llama 7B (licensed under terms of its own) instruction tuned on songs.":                            {"Llama 7B"},
		"It was made by fine-tuning LLaMA/Vicuna on songs.":                                                         {"Vicuna"},
		"The model is trained from Stable Diffusion with songs.":                                                    {"Stable Diffusion"},
		"A Stable-Diffusion-v1-5 model fine-tuned on songs.":                                                        {"Stable-Diffusion-v1-5"},
		"Finetuned on Stable diffusion 2.1 Base.":                                                                   {"Stable diffusion 2.1"},
		"It is based on [Acme's BERT architechture](https://acme.org/bert).":                                        nil,
		"We adapt the [Llama-2-7b codebase](https://huggingface.co/rival/llama-2-7b) to our tools.":                 nil,
		"It is based on Falco-7b but with a vocabulary from Llama-2-7b.":                                            {"Falco-7b"},
		"Jay quantized this model to Llama-2-7b-GGUF and Llama-2-7b-GPTQ.":                                          nil,
		"Images of Stable Diffusion show songs.":                                                                    nil,
		"Unlike Llama 2, ours is tuned from Mistral 7B.":                                                            {"Mistral 7B"},
		"Unlike Llama-2-7b, Falco is fine-tuned from Condor-7b.":                                                    {"Condor-7b"},
		"Compared to Llama-2-7b, the model was initialized from Condor-7b.":                                         {"Condor-7b"},
		"Rather than Llama-2-7b, we tuned Condor-7b.":                                                               nil,
		"Unlike models based on Llama-2-7b, it is small.":                                                           nil,
		"Unlike Condor-7b, which was fine-tuned from Llama-2-7b, it is small.":                                      nil,
		"Compared to Falco-7b, models tuned from Llama-2-7b are slow.":                                              nil,
		"Unlike Condor-7b, it was not derived from Llama-2-7b.":                                                     nil,
		"Compared to our base Condor-7b, it sings.":                                                                 nil,
		"It is better than Falco-7b, and was fine-tuned from Condor-7b.":                                            {"Condor-7b"},
		"It was fine-tuned on GPT-4 generated data.":                                                                nil,
		"It is built from the same research as the Llama 3.2 models":                                                nil,
		"The code is based on GPT-NeoX.":                                                                            nil,
		"It outperforms Llama 2 fine-tuned on songs.":                                                               nil,
		"Basismodell: Condor-7B":                                                                                    {"Condor-7B"},
		"Ausgangspunkt waren die Gewichte von Condor-7B, die wir nachtrainiert haben.":                              {"Condor-7B"},
		"Nous sommes partis des poids de Condor-7B, affinés sur des chansons.":                                      {"Condor-7B"},
		"Partimos de los pesos de Condor-7B y los ajustamos.":                                                       {"Condor-7B"},
		"Siamo partiti dai pesi di Condor-7B.":                                                                      {"Condor-7B"},
		"Partimos dos pesos de Condor-7B.":                                                                          {"Condor-7B"},
		"За основу взяты веса Condor-7B.":                                                                           {"Condor-7B"},
		"本模型在 Condor-7B 的权重上继续训练得到。":                                                                                {"Condor-7B"},
		"Condor-7B の重みを初期値として追加学習しました。":                                                                             {"Condor-7B"},
		"Condor-7B 가중치에서 시작해 학습했습니다.":                                                                               {"Condor-7B"},
		"Falco is what you get when you keep training Condor-7B on songs.":                                          {"Condor-7B"},
		"Die Gewichte von Condor-7B sind größer.":                                                                   nil,
		"Nous comparons avec les poids de Condor-7B.":                                                               nil,
		"Condor-7B 的权重不公开。":                                                                                         nil,
		"A gradient merge of Anna Birk's Condor-2 13B merged with Ole and Per's MythoHawk 13B": {"Condor-2 13B",
			"MythoHawk 13B"},
		"A Frankenmerge with Condor-2 13B by Birk Labs and MythoHawk 13B by Ole.":           {"Condor-2 13B", "MythoHawk 13B"},
		"It was fine-tuned on the foundation of Acme's open-source Llama 2 70B weights.":    {"Llama 2 70B"},
		"It is tuned on songs and based on the powerful Condor-7B model.":                   {"Condor-7B"},
		"Falco is an enhanced version of the renowned model Condor-7B.":                     {"Condor-7B"},
		"Fine-tuned Condor-7B on merry songs.":                                              {"Condor-7B"},
		"We compare it with a tuned version of Condor-7B and with a merge of MythoHawk-13B": nil,
		"It is based on the same recipe that made Condor-7B":                                nil,
		"It was tuned with the library that Condor-7B uses":                                 nil,
		"It is a merge of SD 1.4, SD 1.5, Foggy Hawk & Van Owl blended for days.": {"SD 1.4", "SD 1.5", "Foggy Hawk",
			"Van Owl"},
		"A merge of Condor-P2 & Condor-P1, Models are turned round": {"Condor-P2", "Condor-P1"},
		"Base model is OWLO, a merry BERT model.":                   {"OWLO"},
		"- Base model is Condor v0.1":                               {"Condor v0.1"},
		"It is a merge of several good models.":                     nil,
		"Original model: Condor-7B":                                 {"Condor-7B"},
		"**Base Model** Condor-7B":                                  {"Condor-7B"},
		"本模型在 Condor-7B 的基础上使用法律问答数据进行全参数微调得到。":                                                             {"Condor-7B"},
		"Falco beruht auf den Gewichten von Condor-7B.":                                                     {"Condor-7B"},
		"It uses the Llama 2 architecture.":                                                                 nil,
		"This model, which we compare with several others further below, was fine-tuned from Condor-7B.":    {"Condor-7B"},
		"We compared five ways of cleaning in a long ablation, and then fine-tuned Falco from Condor-7B.":   {"Condor-7B"},
		"We compared five ways of cleaning the songs of the birds and fine-tuned our model from Condor-7B.": {"Condor-7B"},
		"It was compared with three others before we trained it further from Condor-7B.":                    {"Condor-7B"},
		"We compare it further below with the small Owl, which was fine-tuned from Condor-7B.":              nil,
		"We compare Owl-1.5 and all that sings with a very finely tuned version of Condor-7B":               nil,
		"It was fine-tuned on 50k cheerful synthetic GPT-4 chats.":                                          nil,
		"It was tuned with the freshly cleaned Stanford Alpaca instructions.":                               nil,
		"It was built for very fast Llama inference.":                                                       nil,
		"It was tuned from the powerful open Llama models of last year.":                                    {"Llama"},
		"Add them to the original Condor-7B weights to obtain the model.":                                   {"Condor-7B"},
		"Download the delta weights and add them to Condor-7B.":                                             {"Condor-7B"},
		"Then add the deltas to Condor-7B.":                                                                 {"Condor-7B"},
		"We plan to add this to Condor-7B.":                                                                 nil,
		"We hope to add these songs to Condor-7B as well.":                                                  nil,
		"Gather your calls and add them to Condor-7B.":                                                      nil,
		"Further prompts are welcome: add them to the list or to Condor-7B.":                                nil,
		"Take these birds and add them to Condor-7B with vLLM.":                                             nil,
		"Our training set is a merge of Alpaca and Dolly.":                                                  nil,
		"Base model is Apache-2.0.":                                                                         nil,
		"Base model is GPL v3.":                                                                             nil,
		"The base model is English.":                                                                        nil,
		"The base model is MIT.":                                                                            nil,
	} {
		var got []string
		for _, m := range Origins(AsIt(said, "acme/Falco-2"), OriginMentions(said, nil)) {
			got = append(got, m.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", said, got, want)
		}
	}
}

// TestTurnsToOthers: a clause behind a comparison tells of the page's model where its subject is that model or its makers.
func TestTurnsToOthers(t *testing.T) {
	const from = " [Condor-7b](https://huggingface.co/rival/Condor-7b)."
	for said, want := range map[string]bool{
		"We compared it with Swift-7B and their model was fine-tuned from":               false,
		"The model is compared with Swift-7B, and Kestrel-7B was made from":              false,
		"We compared it with Kestrel-7B, and this rival was fine-tuned from":             false,
		"We compared it to Swift-7B and the earlier Falco was fine-tuned from":           false,
		"We compared it to Swift-7B, and the judge was trained from":                     false,
		"We compared it to Swift-7B, and we trained the judge from":                      false,
		"Unlike Swift-7B, Kestrel was built from":                                        false,
		"It is compared with Kestrel, and competitors made from":                         false,
		"It is compared with Swift-7B, trained from":                                     false,
		"It is compared with models that sing and were tuned from":                       false,
		"It is compared with Swift-7B, and ours was tuned, and the judge was tuned from": false,
		"We compared it with Swift-7B, and Falco-2-7B was fine-tuned from":               true,
		"We compared it with Swift-7B, and Falco 2 was fine-tuned from":                  true,
		"Unlike Swift-7B, which sings, this model was fine-tuned from":                   true,
		"Compared with Swift-7B, the judge was tuned late, and our model was tuned from": true,
		"Unlike Swift-7B, Falco wasn't trained from":                                     false,
		"Unlike Swift-7B, Falco-2-7B isn't based on":                                     false,
		"Unlike Swift-7B, it cannot be derived from":                                     false,
		"Unlike Swift-7B, Falco-2-7B cannot be derived from":                             false,
		"Falco-2-7B outperforms Swift and Teal fine-tuned from":                          false,
		"Compared to our model, Swift is based on":                                       false,
		"Compared to ours, Swift-7B was fine-tuned from":                                 false,
		"We compared Falco-2-7B and Swift-7B, and Swift is based on":                     false,
		"Unlike Swift, a singing model based on":                                         false,
		"Unlike Swift-7B and Teal, built on":                                             false,
		"Falco-2-7B outperforms Swift, a chat model tuned from":                          false,
		"Compared to Swift and a LoRA trained on":                                        false,
		"It was trained from scratch rather than pruned, distilled from":                 false,
		"It was built from scratch instead of converted and then adapted from":           false,
		"Instead of a merge, or a model fine-tuned from":                                 false,
		"We compared it with Swift-7B before we started from":                            true,
	} {
		got := Origins(AsIt(said+from, "acme/Falco-2-7B"), OriginMentions(said+from, nil))
		last := len(got) > 0 && got[len(got)-1].Name == "Condor-7b"
		if last != want || len(got) > 1 {
			t.Errorf("%q: %v, want %t", said, got, want)
		}
	}
}

// TestNetworks: names of kinds of network are read from the list, and name a model only where one is made from them.
func TestNetworks(t *testing.T) {
	if !networks()["bert"] || len(known()) < 100 {
		t.Fatalf("%d networks, %d families", len(networks()), len(known()))
	}
	for name := range networks() {
		if text := name + "-large"; len(OriginMentions(text, nil)) != 1 || known()[name] || known()["~ "+name] {
			t.Errorf("%q: %v", text, OriginMentions(text, nil))
		}
	}
}
