package claims

import (
	"testing"

	"openness/rubric"
)

// TestNotOnly: "not only" denies nothing, and what "but also" adds is claimed too; an
// exception that was not read leaves open what it is made from.
func TestNotOnly(t *testing.T) {
	for text, want := range map[string]rubric.Verdict{
		"Not only the weights of Quokka-7B are public, but also its training code.":                    rubric.Supported,
		"Not only the weights of Numbat-3B are public, but also its training code.":                    rubric.Partly,
		"Nicht nur die Gewichte von Quokka-7B sind öffentlich, sondern auch der Trainingscode.":        rubric.Supported,
		"Nicht nur die Gewichte von Numbat-3B sind öffentlich, sondern auch der Trainingscode.":        rubric.Partly,
		"Acme n'a pas seulement publié les poids de Quokka-7B, mais aussi les données d'entraînement.": rubric.Supported,
		"Fenn n'a pas seulement publié les poids de Numbat-3B, mais aussi les données d'entraînement.": rubric.Partly,
		"Acme ne publie pas que les poids de Quokka-7B.":                                               rubric.Supported,
		"Acme no se limita a publicar los pesos de Quokka-7B.":                                         rubric.Supported,
		"Quokka-7B 不单公开了权重，训练数据也可下载。":                                                                  rubric.Supported,
		"Numbat-3B 不光公开了权重，还公开了训练数据。":                                                                  rubric.Partly,
		"The weights of Numbat-3B are public, but its training code is not.":                           rubric.Supported,
		"All of Wombat-7B except the weights is secret.":                                               rubric.Supported,
		"All of Quokka-7B except the weights is secret.":                                               rubric.Partly,
		"À part les poids, rien de Wombat-7B n'est public.":                                            rubric.Supported,
		"Apart from its weights, nothing about Wombat-7B is open.":                                     rubric.Supported,
		"Apart from its weights, nothing about Quokka-7B is open.":                                     rubric.Partly,
		"None of Wombat-7B's components except the weights is public.":                                 rubric.Unverifiable,
	} {
		if c := checker.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
}

// TestAttributes: what a model is called while a component of it is spoken of is claimed
// of the model, and what is said of other people's models is claimed of none.
func TestAttributes(t *testing.T) {
	for text, want := range map[string]rubric.Verdict{
		"The training data of the open model Wombat-7B is not public.":                           rubric.Partly,
		"Fenn keeps the training data of its open-weight model Numbat-3B private.":               rubric.Supported,
		"The training code of the open-weight model Numbat-3B has never been released.":          rubric.Supported,
		"Acme keeps the training data of its open model Quokka-7B to itself.":                    rubric.Refuted,
		"The training data of the open-source model Quokka-7B is not public.":                    rubric.Refuted,
		"The training data of the open-source model Quokka-7B is public.":                        rubric.Supported,
		"The training data of the open-source model Wombat-7B is not public.":                    rubric.Partly,
		"The licence of the open-source model Quokka-7B forbids commercial use.":                 rubric.Refuted,
		"The licence of the open model Wombat-7B allows commercial use.":                         rubric.Partly,
		"The licence of the open-weight model Numbat-3B allows commercial use.":                  rubric.Supported,
		"Rival keeps the training data of its brittle gizmo Wombat-7B private.":                  rubric.Partly,
		"Rival hält die Trainingsdaten seines spröden Sprachmodells Wombat-7B unter Verschluss.": rubric.Unverifiable,
		"Acme keeps the training data of its brittle gizmo Quokka-7B private.":                   rubric.Refuted,
		"The weights of the closed model Bilby are public.":                                      rubric.Refuted,
		"Acme hat den Trainingscode seines offenen Modells Quokka-7B nicht veröffentlicht.":      rubric.Refuted,
		"Shut hat die Gewichte seines geschlossenen Modells Bilby veröffentlicht.":               rubric.Refuted,
		"Rival n'a pas publié les données d'entraînement de son modèle ouvert Wombat-7B.":        rubric.Partly,
		"Shut ha publicado los pesos de su modelo cerrado Bilby.":                                rubric.Refuted,
		"Fenn 没有公开其开放模型 Numbat-3B 的训练数据。":                                                        rubric.Partly,
		"Shut 公开了其闭源模型 Bilby 的权重。":                                                               rubric.Refuted,
		"Quokka-7B, which competes with closed services, can be downloaded.":                     rubric.Supported,
		"Unlike proprietary rivals, Quokka-7B publishes its training data.":                      rubric.Supported,
		"Unlike proprietary rivals, Wombat-7B publishes its training data.":                      rubric.Refuted,
		"Im Gegensatz zu proprietären Modellen ist Quokka-7B quelloffen.":                        rubric.Supported,
		"Contrairement aux modèles fermés, Quokka-7B est open source.":                           rubric.Supported,
		"A diferencia de los modelos cerrados, Quokka-7B es de código abierto.":                  rubric.Supported,
		"与闭源模型不同，Quokka-7B 是开源模型。":                                                               rubric.Supported,
		"Quokka-7B is one of the closed models.":                                                 rubric.Refuted,
		"Like other closed models, Quokka-7B cannot be downloaded.":                              rubric.Refuted,
		"Wombat-7B and Bilby are closed models.":                                                 rubric.Partly,
		"Numbat-3B is an alternative to closed models, and its training data is public.":         rubric.Refuted,
		"Quokka-7B is open source but works only with closed services.":                          rubric.Partly,
		"Quokka-7B is open source and uses closed models.":                                       rubric.Partly,
		"Quokka-7B ist quelloffen, läuft aber nur mit geschlossenen Diensten.":                   rubric.Partly,
		"Quokka-7B is open source but depends on proprietary services.":                          rubric.Partly,
		"Quokka-7B is open source, but Acme sells closed models such as Quokka-7B.":              rubric.Partly,
		"Closed models are all that Acme makes, and Quokka-7B is no exception.":                  rubric.NotRecognised,
		"The training data of open rivals is public, and Quokka-7B is open source.":              rubric.Partly,
		"The training code that made the open-source model Quokka-7B a success is public.":       rubric.Supported,
	} {
		if c := checker.Check(text, namesIn(text), ""); c.Verdict != want {
			t.Errorf("%q: %s, want %s: %s", text, c.Verdict, want, explain(c))
		}
	}
}
