package data

// A View is a table that people ask for by name: what is stored, joined the way
// questions are put. Views are of the latest crawl of each model.
type View struct {
	Name    string       `json:"name"`
	About   string       `json:"about"`
	Columns []ViewColumn `json:"columns"`
	SQL     string       `json:"-"` // over the tables of the file, each called main.NAME
}

// A ViewColumn is a column of a view.
type ViewColumn struct {
	Name  string `json:"name"`
	About string `json:"about"`
}

// latest picks the latest crawl c of each subject s.
const latest = `main.subjects s JOIN main.crawls c ON c.id = (SELECT max(id) FROM main.crawls WHERE subject = s.id)`

// latestAssessments picks the latest assessment a of each subject and rubric.
const latestAssessments = latest +
	` JOIN main.assessments a ON a.id IN (SELECT max(a2.id) FROM main.crawls c2 JOIN main.assessments a2 ON a2.crawl = c2.id
	WHERE c2.subject = s.id GROUP BY a2.rubric)`

// lookedAt is when the answer f was given last; k is looks.
const lookedAt = `CASE WHEN k.at IS NULL THEN f.retrieved_at ELSE strftime('%Y-%m-%dT%H:%M:%fZ', k.at / 1e9, 'unixepoch') END`

var (
	modelColumn = ViewColumn{"model", "id: org/name on Hugging Face, or github:owner/repo and so on"}
	labelColumn = ViewColumn{"label", "the id column of the list that it was audited from; empty without one"}
)

// Views are what Query knows by name, besides the tables of the file.
func Views() []View {
	return []View{
		{"models", "the audited models, one row each", []ViewColumn{modelColumn, labelColumn,
			{"name", "as people write it"}, {"organisation", "who made it"},
			{"base", "id of the model that it was made from; empty where none is known"},
			{"released", "date of first publication"},
			{"target", "as it was given to audit"}, {"audited_at", "time of the latest crawl"},
			{"tool_version", "that made it"},
			{"sources", "documents that were looked at"}, {"observations", "facts that were read"}},
			`SELECT s.model, s.label, c.name, c.organisation, c.base, c.released, c.target, c.at AS audited_at, c.tool_version,
				(SELECT count(*) FROM main.crawl_documents d WHERE d.crawl = ` + ownCrawl + `) AS sources,
				(SELECT count(*) FROM main.observations o WHERE o.crawl = ` + ownObservations + `) AS observations FROM ` +
				latest},
		{"scores", "the latest assessment of each model under each rubric", []ViewColumn{modelColumn, labelColumn,
			{"rubric", "id"}, {"rubric_version", ""},
			{"strict", "points, undetermined as closed"},
			{"determined", "points over what was determined, scaled to all"}, {"max", "points that can be had"},
			{"percent", "strict of max"}, {"coverage", "share that was determined, 0 to 1"}, {"assessed_at", ""}},
			`SELECT s.model, s.label, a.rubric, a.rubric_version, a.strict, a.determined, a.max, a.percent, a.coverage, a.at AS assessed_at FROM ` + latestAssessments},
		{"judgements", "the class of each dimension in these assessments; a review by a person goes before the rule",
			[]ViewColumn{modelColumn, labelColumn,
				{"rubric", "id"}, {"dimension", "id"}, {"class", "open, partial, closed or undetermined"},
				{"reason", "a sentence"}, {"origin", "rule or review"},
				{"rule_class", "what the rule says"}, {"rule", "the predicate that decided, or default"},
				{"cause", "why undetermined"}, {"assessed_at", ""}},
			`SELECT s.model, s.label, a.rubric, j.dimension, coalesce(r.class, j.class) AS class, coalesce(r.reason, j.reason) AS reason,
				CASE WHEN r.id IS NULL THEN j.origin ELSE 'review' END AS origin, j.class AS rule_class, j.rule, j.cause, a.at AS assessed_at
				FROM ` + latestAssessments + ` JOIN main.judgements j ON j.assessment = ` + ownJudgements + ` LEFT JOIN main.reviews r
				ON r.id = (SELECT max(id) FROM main.reviews WHERE subject = s.id AND dimension = j.dimension)`},
		{"evidence", "what was read of each model, with the words and where they stand",
			[]ViewColumn{modelColumn, labelColumn, {"fact", "see openness facts"},
				{"finding", "present, absent, unreadable, not_fetched or refused"}, {"value", ""},
				{"quote", "bytes start_byte to end_byte of the document; empty in the built-in snapshot"},
				{"url", "of the document"}, {"revision", "commit or version"}, {"retrieved_at", ""},
				{"sha256", "of the document"}, {"start_byte", ""}, {"end_byte", ""},
				{"note", "for people"}, {"about", "whom the words are about"},
				{"mode", "done, denied, promised and so on"},
				{"stage", "of training"},
				{"indirect", "1 where the quote only points to the fact"}},
			`SELECT s.model, s.label, o.fact, o.finding, o.value, o.quote, coalesce(o.url, f.url) AS url, f.revision, ` + lookedAt + ` AS retrieved_at, f.sha256, o.start_byte, o.end_byte,
				o.note, o.about, o.mode, o.stage, o.indirect FROM ` + latest +
				` JOIN main.observations o ON o.crawl = ` + ownObservations + `
				LEFT JOIN main.crawl_documents d ON d.crawl = ` + ownCrawl + ` AND d.position = o.document LEFT JOIN main.fetches f ON f.id = d.fetch
				LEFT JOIN main.looks k ON k.fetch = f.id`},
		{"licences", "licences of weights, code, data, documentation and base, as they were found",
			[]ViewColumn{modelColumn, labelColumn,
				{"component", "weights, code, data, docs or base"}, {"licence", "an SPDX id or LicenseRef-"},
				{"openness", "open, noncommercial, restricted or none, of the component"},
				{"quote", ""}, {"url", "where it was read"}},
			`SELECT s.model, s.label, substr(o.fact, 9, length(o.fact) - 11) AS component, o.value AS licence,
				(SELECT o2.value FROM main.observations o2 WHERE o2.crawl = ` + ownObservations +
				` AND o2.finding = 'present' AND o2.fact = substr(o.fact, 1, length(o.fact) - 2) || 'openness'
					ORDER BY instr('none restricted noncommercial open', o2.value) DESC LIMIT 1) AS openness,
				o.quote, coalesce(o.url, f.url) AS url FROM ` + latest + ` JOIN main.observations o ON o.crawl = ` +
				ownObservations + ` AND o.finding = 'present'
				AND o.fact IN ('license.weights.id', 'license.code.id', 'license.data.id', 'license.docs.id', 'license.base.id')
				LEFT JOIN main.crawl_documents d ON d.crawl = ` + ownCrawl +
				` AND d.position = o.document LEFT JOIN main.fetches f ON f.id = d.fetch`},
		{"sources", "every document that was looked at, and how that ended", []ViewColumn{modelColumn, labelColumn,
			{"url", "public"}, {"kind", "model_card, license, repo_tree and so on"},
			{"place", "hub_model, github_repository and so on"}, {"place_id", ""},
			{"role", "what the document is to the model"}, {"path", "within the place"},
			{"status", "HTTP status, 0 without an answer"},
			{"outcome", "fetched, not_modified, absent, refused, failed or skipped"}, {"detail", "what went wrong"},
			{"retrieved_at", ""}, {"revision", ""}, {"sha256", ""}, {"bytes", ""},
			{"stale_since", "when the source began to fail, where an earlier look stands in"}},
			`SELECT s.model, s.label, f.url, f.kind, f.place, f.place_id, d.role, f.path, coalesce(k.status, f.status) AS status,
				coalesce(k.outcome, f.outcome) AS outcome, f.detail, ` + lookedAt +
				` AS retrieved_at, f.revision, f.sha256, b.bytes, d.stale_since
				FROM ` + latest + ` JOIN main.crawl_documents d ON d.crawl = ` + ownCrawl +
				` JOIN main.fetches f ON f.id = d.fetch LEFT JOIN main.bodies b ON b.sha256 = f.sha256
				LEFT JOIN main.looks k ON k.fetch = f.id`},
		{"census", "the models of the latest finished census of the hub, as its list tells of them",
			[]ViewColumn{modelColumn, {"organisation", "the account; empty for a bare name"},
				{"gate", "none, automatic or manual"},
				{"weights", "whole, adapter, either, none or unclear, by the names of files"},
				{"card", "there or missing"},
				{"licence", "by the tag"},
				{"class", "what the tag says: open, noncommercial, restricted, unclear or none"},
				{"bases", "models that it was made from, with blanks between"},
				{"relation", "finetune, adapter, quantized or merge"}, {"datasets", ""}, {"papers", "arXiv ids"},
				{"library", ""}, {"pipeline", ""}, {"downloads", "of a month"}, {"likes", ""},
				{"parameters", ""}, {"created", ""}, {"modified", ""}, {"sha", "of the revision"}},
			`SELECT model, CASE WHEN instr(model, '/') > 0 THEN substr(model, 1, instr(model, '/') - 1) ELSE '' END AS organisation, gate, weights, card, licence, class,
				bases, relation, datasets, papers, library, pipeline, downloads, likes, parameters, datetime(created, 'unixepoch') AS created,
				datetime(modified, 'unixepoch') AS modified, lower(hex(sha)) AS sha FROM main.census_models
				WHERE census = (SELECT max(id) FROM main.censuses WHERE ended_at IS NOT NULL)`},
	}
}
