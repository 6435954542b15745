package document

// Remembered is the answer to a question that is asked again and again of the same key:
// it is worked out when it is first asked, and kept among the answers.
func Remembered[K comparable, V any](answers map[K]V, key K, ask func(K) V) V {
	answer, known := answers[key]
	if !known {
		answer = ask(key)
		answers[key] = answer
	}
	return answer
}
