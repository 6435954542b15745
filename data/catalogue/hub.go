package catalogue

import "strings"

// OnHub finds the entry of a model by its id on Hugging Face.
func OnHub(id string) (Entry, bool) {
	for _, e := range Entries() {
		if e.Hub != "" && strings.EqualFold(e.Hub, id) {
			return e, true
		}
	}
	return Entry{}, false
}
