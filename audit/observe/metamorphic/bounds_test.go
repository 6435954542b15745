package metamorphic

// atMost is how many judgements of the rubrics osai-2026 and radboud-2023 flip
// today by kind of change, as TestSameSaidOtherwise counts them. None should:
// each number is to be brought to 0, and none may grow.
var atMost = map[string]int{
	"unwrapped paragraphs":             2,
	"paragraphs wrapped at 60 columns": 8,
	"sections in reverse order":        16,
	"headings underlined":              0,
	"headings with #":                  0,
	"headings as bold lines":           0,
	"headings one level deeper":        0,
	"prose in capital letters":         20,
	"other line ends":                  0,
	"German headings":                  48,
	"Chinese headings":                 58,
	"thanks":                           2,
	"table of others' scores":          0,
	"table of others' making":          127,
	"section on another model":         1023,
	"sentence on another model":        467,
	"promise":                          117,
	"denial":                           17,
	"request form":                     12,
}

// atMostLost is the same for sources that are lost, under all built-in rubrics,
// as TestLostSourceTellsNothing counts them. Each is to be brought to 0.
var atMostLost = map[string]int{
	"model_api lost":    0,
	"model_card lost":   72,
	"dataset_card lost": 0,
	"license lost":      0,
	"repo_api lost":     0,
	"repo_tree lost":    0,
	"readme lost":       64,
	"prose lost":        8,
	"citation lost":     0,
	"config lost":       2,
	"paper lost":        0,
}
