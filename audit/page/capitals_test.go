package page

import (
	"testing"
)

func TestSmallLetters(t *testing.T) {
	for text, want := range map[string]string{
		"FALCO WAS TRAINED ON THE BIGNEST DATASET.":                                    "FALCO was trained on the BIGNEST dataset.",
		"THE MODEL WAS TRAINED ON [NEST-5B](https://nest.example/a) WITH 8 A100 GPUS.": "The model was trained on [NEST-5B](https://nest.example/a) with 8 A100 GPUS.",
		"Falco was trained on songs.":                                                  "Falco was trained on songs.",
		"MIT LICENSE":                                                                  "MIT LICENSE",
		"WE USE `RUN ME` AND GPT-4 FOR THE TRAINING.":                                  "We use `RUN ME` and GPT-4 for the training.",
		"IT WAS INITIALIZED WITH FALCO-MONO 16B AND BIGNEST. THE DATA CONSISTS OF TEXTS THAT WERE FOUND ON THE WEB.": "It was initialized with FALCO-MONO 16B and BIGNEST. The data consists of texts that were found on the web.",
		"DAS MODELL WURDE MIT LIEDERN TRAINIERT.": "DAS MODELL WURDE MIT LIEDERN TRAINIERT.",
	} {
		got := []byte(text)
		if SmallLetters(got, Parse(got)); string(got) != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
