package observe

import (
	"strings"
	"testing"

	"openness/audit"
)

// TestData holds the ways in which a page speaks of data that a reader takes
// for the model's own training data, and the near misses.
func TestData(t *testing.T) {
	const pre, fine = "data.pretraining.disclosure", "data.finetuning.disclosure"
	const end = "acme/Falco-7B-Chat"
	plain := model("acme/Falco-7B", "")
	card := func(text string) []audit.Document { // of a model that is its own base
		return []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", text+"\nFalco is a foundation model.\n")}
	}
	tuned := func(docs ...audit.Document) []audit.Document {
		return append([]audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, end, "# Falco\nFalco-7B-Chat answers questions.\n")}, docs...)
	}
	readme := func(path, text string) audit.Document {
		return inFolder(pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", text), path)
	}
	runCases(t, data, []factCase{
		{"data that is said to be public", plain, card("# Falco\nWe provide the model weights and training data to all.\n"), map[string]string{fine: "not_fetched"}},
		{"data that is said to be public and is linked", plain, card("# Falco\nWe provide the model weights and training data to all.\nIt was fine-tuned on the Big Nest v1.2 dataset.\n"), map[string]string{fine: "listed"}},
		{"data of another checkpoint", plain, card("# Falco\n1. **falco-nest-speech**: trained on GreatSpeech Dataset.\n"), map[string]string{fine: "not_fetched"}},
		{"a dataset by name", plain, card("# Falco\nFalco was trained on GreatSpeech Dataset.\n"), map[string]string{pre: "listed", fine: "listed"}},
		{"a name with a version", plain, card("# Falco\nFalco was trained on the Big Nest v1.2 dataset.\n"), map[string]string{pre: "listed"}},
		{"a dataset named after the model", plain, card("# Falco\nFalco was trained using the Falco-7 datasets of songs.\n"), map[string]string{pre: "described"}},
		{"a language is no dataset", plain, card("# Falco\nFalco was trained on an English-French corpus of novels.\n"), map[string]string{pre: "described"}},
		{"what a script does", plain, card("# Falco\n* A script to perform fine-tuning on Great-Chat dataset with adapters\n"), map[string]string{fine: "absent"}},
		{"what a task is", plain, card("# Falco\nThe task of the ADX-2 dataset is to write a word based on the input.\n"), map[string]string{fine: "absent"}},
		{"a corpus that is linked by its name", plain, card("# Falco\nFalco was pre-trained on [the Nest](https://example.org/nest), a large corpus of songs.\n"), map[string]string{pre: "listed"}},
		{"datasets that are linked by their names", plain, card("# Falco\nThis model is trained with using [Nest-10M](https://nest.example.org/n) and [Eggs-4M](https://eggs.example.org/e) datasets.\n"), map[string]string{pre: "listed"}},
		{"a tool that is linked beside a dataset", plain, card("# Falco\nFalco was trained using [Song Trainer](https://example.org/t) on a large dataset of songs.\n"), map[string]string{pre: "described"}},
		{"a machine that is linked beside a dataset", plain, card("# Falco\nFalco was trained on [Cloud TPUs](https://example.org/t) with a large dataset of songs.\n"), map[string]string{pre: "described"}},
		{"a paper that is linked beside a corpus", plain, card("# Falco\nFalco was pre-trained on [what They list](https://arxiv.org/abs/2401.00001), a large corpus of songs.\n"), map[string]string{pre: "described"}},
		{"data for measuring, in a repository for that", plain, []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/Falco-Eval", "# Falco\nTrained models are loaded. [Data](https://huggingface.co/datasets/acme/nest)\n")}, map[string]string{pre: "absent", fine: "absent"}},
		{"a page that another replaced", plain, []audit.Document{inFolder(pageOf(audit.DocReadme, audit.RoleCode, "acme/falco", "# Falco\nTrained on GreatSpeech Dataset.\n"), "README_orig.md")}, map[string]string{pre: "", fine: ""}},
		{"data in a guide for users", plain, card("# Falco\n## Datasets\nFalco can be fine-tuned for many tasks.\n### Chats\n[Chats](https://huggingface.co/datasets/rival/chats) is an instruction dataset of talks.\n"), map[string]string{fine: "absent"}},
		{"what the makers tell within such a guide", plain, card("# Falco\n## Datasets\nFalco can be fine-tuned for many tasks.\n### Chats\nOur instruction data is [Chats](https://huggingface.co/datasets/rival/chats).\n"), map[string]string{fine: "downloadable"}},
		{"what others made of it", plain, card("# Falco\n## Falco Community\n* Condor: this model has been trained on the Big Nest v1.2 dataset.\n"), map[string]string{pre: "absent", fine: "absent"}},
		{"a tuned model that bears another name than its makers", model("acme/Condor-7B-sft", ""), []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/assistant", "# Assistant\nCondor-7B-sft answers questions.\n")}, map[string]string{pre: "not_fetched"}},
		{"a tuned model that bears its makers' name", model("acme/Acmebird-7B-sft", ""), []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/Acmebird", "# Acmebird\nAcmebird-7B-sft answers questions.\n")}, map[string]string{pre: "absent"}},
		{"a tuned model whose page tells of a pre-training", model("acme/Condor-7B-sft", ""), []audit.Document{pageOf(audit.DocReadme, audit.RoleCode, "acme/assistant", "# Assistant\nCondor-7B-sft saw 2T tokens.\n")}, map[string]string{pre: "absent"}},
		{"a repository about tuning, without a model of its own", audit.Subject{ID: "github:acme/tuner", Places: []audit.Place{{Kind: audit.GitHubRepo, Role: audit.RoleEnd, ID: "acme/tuner"}}},
			[]audit.Document{pageOf(audit.DocReadme, audit.RoleEnd, "acme/tuner", "# Tuner\nRLHF, SFT and DPO for any model.\n")}, map[string]string{pre: "not_fetched"}},
		{"a list's entry on another checkpoint", plain, card("# Falco\n1. **falco-7b-song**: sings, trained on GreatSpeech Dataset.\n2. **falco-7b**: talks, trained on Big Nest v1.2 dataset.\n"), map[string]string{pre: "listed"}},
		{"such an entry alone", plain, card("# Falco\n1. **falco-7b-song**: sings, trained on GreatSpeech Dataset.\n"), map[string]string{pre: "not_fetched"}},
		{"data that a trainer supports", plain, card("# Falco\n- Supported several new instruction datasets, including [Chats](https://huggingface.co/datasets/rival/chats).\n"), map[string]string{fine: "absent"}},
		{"a makers' dataset whose line says what it is for", model(end, "acme/Falco-7B"), tuned(readme("README.md", "# Falco\nPre-training, second stage: [acme/nest](https://huggingface.co/datasets/acme/nest)\n")), map[string]string{pre: "downloadable", fine: "absent"}},
		{"a makers' datasets in one line", model(end, "acme/Falco-7B"), tuned(readme("README.md", "# Falco\n[Pretrain set](https://huggingface.co/datasets/acme/nest) | [SFT set](https://huggingface.co/datasets/acme/eggs)\n")), map[string]string{pre: "downloadable", fine: "downloadable"}},
		{"a name that is then called a dataset", plain, card("# Falco\nFalco was trained on RAW-Nest, a large dataset of songs.\n"), map[string]string{pre: "listed"}},
		{"a machine that is named before a dataset", plain, card("# Falco\nFalco was trained on TPU v3, a chip for which the dataset of songs was cut.\n"), map[string]string{pre: "described"}},
		{"a picture in a folder for data", plain, card("# Falco\nTrained on texts of newspapers ![pie](https://github.com/acme/card/blob/main/assets/data/pie.svg?raw=true)\n"), map[string]string{pre: "described"}},
		{"data on a host", plain, card("# Falco\n## Instruction tuning\nFirst download the instruction data from [here](https://github.com/acme/seeds/tree/main/data).\n"), map[string]string{fine: "downloadable"}},
		{"cards of the data", plain, card("# Falco\n## Training Data\nEach part has its own [Data Card](https://example.org/parts).\n"), map[string]string{pre: "downloadable"}},
		{"cards of other data", plain, card("# Falco\n## Links\nEach part has its own [Data Card](https://example.org/parts).\n"), map[string]string{pre: "absent"}},
		{"front matter of a model of unknown origin", plain, []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", "---\ndatasets:\n- acme/seeds\n---\n# Falco\nTry it.\n")},
			map[string]string{pre: "not_fetched", fine: "downloadable"}},
		{"front matter", plain, card("---\ndatasets:\n- acme/seeds\n---\n# Falco\nFalco was trained on songs.\n"), map[string]string{pre: "described downloadable"}},
		{"front matter of a card that tells of no training", plain, card("---\ndatasets:\n- acme/seeds\n---\n# Falco\nFalco follows instructions.\n"), map[string]string{pre: "not_fetched", fine: "downloadable"}},
		{"front matter beside data that is kept", plain, card("---\ndatasets:\n- acme/seeds\n---\n# Falco\nFalco is trained on our internal seed-style dataset.\n"), map[string]string{pre: "listed"}},
		{"a folder for users' tuning", model(end, ""), tuned(readme("finetuning/README.md", "Falco can be fine-tuned on the Great-Chat dataset.\n")), map[string]string{fine: "absent"}},
		{"a folder of another model of the family", model("acme/KestrelChat-7B", ""), []audit.Document{
			pageOf(audit.DocModelCard, audit.RoleEnd, "acme/KestrelChat-7B", "# KestrelChat\nIt answers.\n"),
			inFolder(pageOf(audit.DocReadme, audit.RoleCode, "acme/KestrelChat", "# KestrelCoder\nKestrelCoder was trained on [x](https://huggingface.co/datasets/acme/code).\n"), "KestrelCoder/README.md")},
			map[string]string{fine: "absent"}},
		{"a page about pre-training data", model(end, ""), tuned(readme("assets/dataset.md",
			"# Corpus\nThe Falco corpus was used to pretrain Falco. It is large.\n\nIt is fine. It is new.\n\n* Dialogues: trained on [d](https://huggingface.co/datasets/acme/dialogues).\n")),
			map[string]string{pre: "downloadable", fine: "absent"}},
		{"a pretrained model is not its data", plain, card("# Falco\nFalco is a pretrained generative text model with 7 billion parameters.\n"), map[string]string{pre: "absent"}},
		{"a model that was pretrained on data", plain, card("# Falco\nFalco was pretrained on text from many models of speech.\n"), map[string]string{pre: "described"}},
		{"a card that was tuned from what it does not name", plain, card("---\ndatasets:\n- acme/chats\n---\n# Falco\nFalco is a model that was fine-tuned on chats.\n"),
			map[string]string{pre: "not_fetched", fine: "described downloadable"}},
		{"a card that calls the model tuned", plain, card("---\ndatasets:\n- acme/chats\n---\n# Falco\nAn instruction fine-tuned condor model for chats.\n"),
			map[string]string{pre: "not_fetched", fine: "downloadable"}},
		{"a card that tells of both trainings", plain, card("---\ndatasets:\n- acme/seeds\n---\n# Falco\nFalco was pre-trained on seeds. There is a version that was fine-tuned on chats.\n"),
			map[string]string{pre: "downloadable", fine: "described downloadable"}},
		{"a card that says what was not done", plain, card("---\ndatasets:\n- acme/seeds\n---\n# Falco\nFalco was trained from scratch. It has not been fine-tuned for any use. It can be fine-tuned on your texts. Unlike this model, Condor was fine-tuned using rewards.\n"),
			map[string]string{pre: "downloadable"}},
		{"the title of a paper", plain, card("# Falco\n\n[The Falco model and the Big Nest Training Dataset: trained on texts](https://arxiv.org/abs/2501.00001).\n"), map[string]string{pre: "absent"}},
		{"how much is read at once", plain, card("# Falco\nFalco was trained on a context length of 8192 tokens.\n"), map[string]string{pre: "absent"}},
		{"an amount is no name", plain, card("# Falco\nFalco was trained on a 15GB corpus of songs.\n"), map[string]string{pre: "described"}},
		{"tuning that starts from a base model", model(end, ""), tuned(readme("README.md", "# Falco\nTraining was done on [sums](https://huggingface.co/datasets/acme/sums) starting from a base model.\n")),
			map[string]string{pre: "absent", fine: "downloadable"}},
		{"a base with a page of its own that was refused", model(end, "acme/Falco-7B"), tuned(lost(audit.DocModelAPI, audit.RoleBase, "acme/Falco-7B", audit.Refused)),
			map[string]string{pre: "not_fetched refused", fine: "absent"}},
		{"a base whose card is silent", model(end, "acme/Falco-7B"), tuned(pageOf(audit.DocModelCard, audit.RoleBase, "acme/Falco-7B", "# Falco\nA model.\n")),
			map[string]string{pre: "absent"}},
		{"a base that was itself tuned", model(end, "rival/Condor-7B-Chat"), tuned(pageOf(audit.DocModelCard, audit.RoleBase, "rival/Condor-7B-Chat", "---\ndatasets:\n- rival/chats\n---\n# Condor Chat\nIt answers.\n")),
			map[string]string{pre: "not_fetched"}},
		{"a base that was made and then tuned", model(end, "rival/Condor-7B-Chat"), tuned(pageOf(audit.DocModelCard, audit.RoleBase, "rival/Condor-7B-Chat", "---\ndatasets:\n- rival/seeds\n---\n# Condor Chat\nIt was pre-trained on seeds.\n")),
			map[string]string{pre: "downloadable"}},
		{"tuning data on the base's page", model(end, "acme/Falco-7B"), tuned(pageOf(audit.DocModelCard, audit.RoleBase, "acme/Falco-7B",
			"# Falco\nWe release data for reinforcement learning: [seeds](https://huggingface.co/datasets/acme/falco-RL-92k).\n")),
			map[string]string{pre: "absent"}},
		{"a dataset whose own page says that it is to come", plain, append(card("# Falco\nFalco was trained on [nest](https://huggingface.co/datasets/acme/nest), a dataset of songs.\n"),
			pageOf(audit.DocDataCard, audit.RoleData, "acme/nest", "# Nest\nThe dataset will be released soon.\n")), map[string]string{pre: "listed"}},
		{"a dataset whose own page was refused", plain, append(card("# Falco\nFalco was trained on [nest](https://huggingface.co/datasets/acme/nest), a dataset of songs.\n"),
			lost(audit.DocDataCard, audit.RoleData, "acme/nest", audit.Refused)), map[string]string{pre: "downloadable"}},
		{"data of which a part is kept", plain, card("# Falco\nFalco was pre-trained on [nest](https://huggingface.co/datasets/acme/nest) and an internal corpus of songs.\n"), map[string]string{pre: "listed"}},
		{"data of which a part is out", plain, card("# Falco\nFalco was pre-trained on songs of [nest](https://huggingface.co/datasets/acme/nest).\nWe release a subset of the pre-training data.\n"), map[string]string{pre: "listed"}},
		{"a pre-training that went on from another's model", model(end, "rival/Condor-7B"), card("# Falco\nFalco was further pre-trained on [nest](https://huggingface.co/datasets/acme/nest).\n"), map[string]string{pre: "", fine: "listed"}},
		{"what another's model was made from", model(end, "rival/Condor-7B"), card("# Falco\nThe base model was pre-trained on the Big Nest v1.2 dataset.\n"), map[string]string{pre: "listed", fine: "absent"}},
		{"tuning after a pre-training", plain, card("# Falco\nAfter pre-training, Falco was fine-tuned on the Kiwi dataset.\n"), map[string]string{pre: "not_fetched", fine: "listed"}},
		{"a language before the dataset", plain, card("# Falco\nFalco was fine-tuned on the Danish dataset.\n"), map[string]string{fine: "absent"}},
		{"calibration data of a quantised copy", plain, card("# Falco\n## Provided files\n| Branch | GPTQ Dataset |\n| --- | --- |\n| main | [Great Instruct](https://huggingface.co/datasets/rival/great) |\n"), map[string]string{fine: "absent"}},
		{"entries below a sentence on training", plain, card("# Falco\nFalco was fine-tuned on:\n\n- [Chats](https://huggingface.co/datasets/rival/chats)\n"), map[string]string{fine: "downloadable"}},
		{"more data and no telling of what it is", plain, card("# Falco\nFalco 2 was trained with more data and a new architecture.\n"), map[string]string{pre: "absent", fine: "absent"}},
		{"what a trainer can do", plain, card("# Falco\nRLHF training: supports alignment on chats and images.\nOur training code is compatible with data of web pages.\n"), map[string]string{pre: "absent", fine: "absent"}},
		{"an amount and no kind", plain, card("# Falco\nFalco was pre-trained on 2T tokens of data.\n"), map[string]string{pre: "absent"}},
		{"kinds of data in Chinese", plain, card("# Falco\nFalco 在两万亿词元的网页与书籍数据上进行预训练。\n"), map[string]string{pre: "described", fine: "absent"}},
		{"a dataset by name in Chinese", plain, card("# Falco\n我们在 BigNest-2 数据集上进行了微调。\n"), map[string]string{fine: "listed"}},
		{"advice in Chinese", plain, card("# Falco\n您可以在自己的对话数据集上微调 Falco。\n"), map[string]string{fine: "absent"}},
		{"kinds of data in Japanese", plain, card("# Falco\nFalco は日本語のニュースと書籍のデータを用いて事前学習しました。\n"), map[string]string{pre: "described"}},
		{"kinds of data in German", plain, card("# Falco\nFalco wurde auf Zeitungsartikeln und Sprachdaten trainiert.\n"), map[string]string{pre: "described"}},
		{"a list of data of which some is linked", plain, card("# Falco\n## Training data\nFalco was pre-trained on:\n\n- [Nest](https://huggingface.co/datasets/acme/nest)\n- BigEgg corpus\n- SongTree\n"), map[string]string{pre: "listed"}},
		{"a list of data of which some is told in words", plain, card("# Falco\n## Training data\nFalco was pre-trained on:\n\n- [Nest](https://huggingface.co/datasets/acme/nest)\n- synthetic stories of owls\n- questions and answers on birds\n"), map[string]string{pre: "listed"}},
		{"a list of data in parts, of which some is told in words", plain, card("# Falco\n## Pre-training data\n### Songs\n- [Nest](https://huggingface.co/datasets/acme/nest)\n### Talks\n- 40K dialogues\n- 9K instructions\n"), map[string]string{pre: "listed"}},
		{"what is said below entries of a list that is all linked", plain, card("# Falco\n## Pre-training data\n- [Nest](https://huggingface.co/datasets/acme/nest)\n    - 40K dialogues of owls\n    - 9K instructions\n- [Eggs](https://huggingface.co/datasets/acme/eggs)\n- size: 3 GB of data\n"), map[string]string{pre: "downloadable"}},
		{"a list by hub ids", plain, card("---\ndatasets:\n- acme/nest\n- acme/eggs\n---\n# Falco\nFalco was pre-trained.\n## Pre-training data\n- [Nest](https://huggingface.co/datasets/acme/nest)\n- acme/eggs, a data set of songs\n- acme/owls, a data set of talks\n"), map[string]string{pre: "downloadable"}},
		{"a list of data that is all linked", plain, card("# Falco\n## Training data\nFalco was pre-trained on:\n\n- [Nest](https://huggingface.co/datasets/acme/nest)\n- [Eggs](https://huggingface.co/datasets/acme/eggs). BigEgg is larger. SongTree is another.\n"), map[string]string{pre: "downloadable"}},
		{"front matter that names no dataset", plain, card("---\ndatasets:\n- custom-birds\n---\n# Falco\nFalco was fine-tuned.\n"), map[string]string{fine: "described"}},
		{"a dataset whose name has such a word", plain, card("---\ndatasets:\n- acme/custom-birds\n---\n# Falco\nFalco was fine-tuned.\n"), map[string]string{fine: "downloadable"}},
		{"the base's page within the model's", model("rival/Kiwi-7B", "acme/Falco-2-7B"), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Kiwi-7B",
			"# Kiwi\nKiwi sings.\n## Base Model\n### Training data\nThe fine-tuning data includes public instruction datasets of talks.\n")}, map[string]string{fine: "absent"}},
		{"the base's page below a title of its own", model("rival/Kiwi-7B", "acme/Falco-2-7B"), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Kiwi-7B",
			"# Kiwi\nKiwi sings.\n# **Falco 2**\n## Training data\nThe fine-tuning data includes public instruction datasets of talks.\n")}, map[string]string{fine: "absent"}},
		{"the page of a base that nobody names", model("rival/Falco-2-7B-Singer", ""), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Falco-2-7B-Singer",
			"# Singing Falco 2\nIt was fine-tuned on [talks](https://huggingface.co/datasets/rival/talks).\n# Falco 2\n## Training data\nThe fine-tuning data is [eggs](https://huggingface.co/datasets/acme/eggs) and an internal corpus of talks.\n")}, map[string]string{fine: "downloadable"}},
		{"the base's page below words that say so", model("rival/Kiwi-7B", "acme/Falco-2-7B"), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Kiwi-7B",
			"# Kiwi\nKiwi was fine-tuned on [talks](https://huggingface.co/datasets/rival/talks).\n\n> Below is the original model card of the base.\n\n## Training data\nThe fine-tuning data is [eggs](https://huggingface.co/datasets/acme/eggs) and an internal corpus of talks.\n")}, map[string]string{fine: "downloadable"}},
		{"the original's page within that of a copy", model("rival/Falco-2-7B-Chat-GGUF", "acme/Falco-2-7B-Chat"), []audit.Document{pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Falco-2-7B-Chat-GGUF",
			"# Falco copy\nFiles.\n# Original model card\nThe model was fine-tuned on [eggs](https://huggingface.co/datasets/acme/eggs).\n")}, map[string]string{fine: "downloadable"}},
		{"a tuned model that was tuned again", model("rival/Kiwi-7B", "acme/Falco-7B-Chat"), []audit.Document{
			pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Kiwi-7B", "# Kiwi\nKiwi was fine-tuned on [talks](https://huggingface.co/datasets/rival/talks).\n"),
			pageOf(audit.DocModelCard, audit.RoleBase, "acme/Falco-7B-Chat", "# Falco\nFalco-7B-Chat answers questions.\n")}, map[string]string{fine: "listed"}},
		{"one whose first tuning gives its data", model("rival/Kiwi-7B", "acme/Falco-7B-Chat"), []audit.Document{
			pageOf(audit.DocModelCard, audit.RoleEnd, "rival/Kiwi-7B", "# Kiwi\nKiwi was fine-tuned on [talks](https://huggingface.co/datasets/rival/talks).\n"),
			pageOf(audit.DocModelCard, audit.RoleBase, "acme/Falco-7B-Chat", "---\ndatasets:\n- acme/chats\n---\n# Falco\nFalco-7B-Chat answers questions.\n")}, map[string]string{fine: "downloadable"}},
		{"one that its own makers tuned before", model("acme/Falco-7B-DPO", "acme/Falco-7B-SFT"), []audit.Document{
			pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B-DPO", "# Falco\nFalco was fine-tuned on [talks](https://huggingface.co/datasets/rival/talks).\n"),
			pageOf(audit.DocModelCard, audit.RoleBase, "acme/Falco-7B-SFT", "# Falco\nIt answers questions.\n")}, map[string]string{fine: "downloadable"}},
		{"what makers did for their training data", model(end, "acme/Falco-7B"), tuned(readme("README.md", "# Falco\nFor training data, we generate long songs from [talks](https://huggingface.co/datasets/rival/talks).\n")), map[string]string{fine: "downloadable"}},
		{"what to do for training", model(end, "acme/Falco-7B"), tuned(readme("README.md", "# Falco\nFor training data, download [talks](https://huggingface.co/datasets/rival/talks) first.\n")), map[string]string{fine: "absent"}},
		{"training data in Korean", model(end, "acme/Falco-7B"), tuned(readme("README.md", "# Falco\nFalco의 학습 데이터는 [talks](https://huggingface.co/datasets/rival/talks)를 통해 학습하였습니다.\n")), map[string]string{fine: "downloadable"}},
		{"a handbook of the same makers that does not begin with the model", model("acme/Condor-7B", ""), []audit.Document{
			pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Condor-7B", "# Condor\nCondor was pre-trained from scratch.\n"),
			pageOf(audit.DocReadme, audit.RoleCode, "acme/handbook", "# Handbook\n"+strings.Repeat("A line on tuning.\n\n", 20)+"Condor is a model.\n\nThe model was fine-tuned on [chats](https://huggingface.co/datasets/rival/chats).\n")},
			map[string]string{fine: "absent"}},
	})
}

// TestFirstMixedList: of several lists that link a part of the data, the first is
// quoted, each time.
func TestFirstMixedList(t *testing.T) {
	d := pageOf(audit.DocModelCard, audit.RoleEnd, "acme/Falco-7B", `# Falco
Falco is a foundation model.
## Pre-training data
- [Nest](https://huggingface.co/datasets/acme/nest)
- stories of owls
- dialogues of birds
## Training corpus
- [Eggs](https://huggingface.co/datasets/acme/eggs)
- conversations of herons
- dialogues of gulls
`)
	for range 20 {
		quote := ""
		for _, o := range data(newInput(model("acme/Falco-7B", ""), []audit.Document{d})) {
			if o.Note == partNote && o.Fact == preData {
				quote = o.Quote
			}
		}
		if !strings.Contains(quote, "stories of owls") {
			t.Fatalf("quoted %q, want the first list", quote)
		}
	}
}
