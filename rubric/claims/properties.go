package claims

import "slices"

// ofPart is the claim that a property makes of a component.
func ofPart(part, state *wording) (predicate, value string) {
	switch state.Value {
	case "use", "unconditional", "general":
		return "", "" // they belong to a topic
	case "gated":
		if part.Predicate != "open-weights" { // "the code on request"
			return "", ""
		}
	}
	switch state.Value { // words that only some components can be
	case "allowed", "forbidden":
		if part.Predicate != "commercial-use" {
			return "", ""
		}
	case "noncommercial":
		if part.Predicate == "license" {
			return "commercial-use", ""
		}
		return "", ""
	case "permissive":
		if part.Predicate != "license" {
			return "", ""
		}
	}
	switch part.Predicate {
	case "open-weights":
		if part.Value == "base" || part.Value == "intermediate" {
			return part.Predicate, part.Value
		}
		switch state.Value {
		case "free":
			return "downloadable", "free"
		case "gated":
			return "gated", ""
		case "open-source":
			return part.Predicate, "open-source"
		}
		return part.Predicate, ""
	case "open-data":
		switch {
		case part.Value == "sources":
			return part.Predicate, "disclosed"
		case (part.Value == tunedData || part.Value == publicTuned) && (state.Value == "disclosed" || state.Value == "described"):
			return part.Predicate, "finetuning-" + state.Value
		case part.Value == "pretraining" && state.Value != "disclosed" && state.Value != "described":
			return part.Predicate, ""
		}
		if state.Value == "disclosed" || state.Value == "described" {
			return part.Predicate, state.Value
		}
		return part.Predicate, part.Value
	case "license":
		if !slices.Contains([]string{"open", "open-source", "free", "closed", "permissive"}, state.Value) {
			return "", ""
		}
		return "license", "open"
	case "commercial-use":
		if !slices.Contains([]string{"allowed", "forbidden", "free", "open"}, state.Value) {
			return "", ""
		}
	}
	return part.Predicate, part.Value
}

// aloneValue is the value of a property that is said of the model itself.
func aloneValue(w *wording) string {
	switch {
	case w.Predicate == "other":
		return w.Value
	case w.Value == "free", w.Value == "open-weights":
		return w.Value
	}
	return ""
}
