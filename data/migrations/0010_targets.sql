-- Where a name led is asked of every subject: whether a hub has given it up for another.

CREATE INDEX crawls_target ON crawls (target, id);
