#!/bin/sh
# A list spread over an array of eight tasks, each with a store of its own:
#   sbatch slurm-array.sh models.csv
# and when all are done:
#   openness merge part-*.db --db all.db
#SBATCH --job-name=openness
#SBATCH --array=1-8
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --time=04:00:00
#SBATCH --requeue

list=${1:?name a list of models}
part=$SLURM_ARRAY_TASK_ID

# The store is made on the node's own disk, since SQLite needs locks that network
# file systems do not always keep, and put in its place at the end.
store=${TMPDIR:-/tmp}/part-$part.db
[ -f "part-$part.db" ] && cp "part-$part.db" "$store"

openness audit --from "$list" --shard "$part/$SLURM_ARRAY_TASK_COUNT" --db "$store" --format json > "part-$part.json"
status=$?

openness export --format sqlite --db "$store" --out "part-$part.db" || exit 1
[ $status -eq 3 ] && exit 0 # finished; some source could not be reached
exit $status
