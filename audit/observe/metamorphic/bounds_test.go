package metamorphic

// atMost is how many judgements of the rubrics osai-2026 and radboud-2023 flip
// today by kind of change, as TestSameSaidOtherwise counts them. None should:
// each number is to be brought to 0, and none may grow.
var atMost = map[string]int{
	"unwrapped paragraphs":             0,
	"paragraphs wrapped at 60 columns": 0,
	"sections in reverse order":        0,
	"headings underlined":              0,
	"headings with #":                  0,
	"headings as bold lines":           2,
	"headings one level deeper":        0,
	"prose in capital letters":         2,
	"other line ends":                  0,
	"German headings":                  0,
	"Chinese headings":                 0,
	"thanks":                           0,
	"table of others' scores":          0,
	"table of others' making":          0,
	"section on another model":         0,
	"sentence on another model":        0,
	"section on a sibling":             0,
	"sentence on a sibling":            0,
	"promise":                          0,
	"denial":                           0,
	"request form":                     0,
}

// atMostLost is the same for sources that are lost, under all built-in rubrics,
// as TestLostSourceTellsNothing counts them. Each is to be brought to 0.
var atMostLost = map[string]int{
	"model_api lost":    0,
	"model_card lost":   0,
	"dataset_api lost":  0,
	"dataset_card lost": 0,
	"license lost":      0,
	"repo_api lost":     0,
	"repo_tree lost":    0,
	"readme lost":       0,
	"prose lost":        0,
	"citation lost":     0,
	"config lost":       0,
	"paper lost":        0,
}
