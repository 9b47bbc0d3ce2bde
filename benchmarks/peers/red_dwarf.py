"""The peer's side of `opinion.py`: red-dwarf's whole pipeline on the same votes, in its own environment."""

import json
import resource
import sys
import time

import numpy as np
from reddwarf.implementations.polis import run_pipeline

arrays = np.load(sys.argv[1])
columns = (arrays["participant"].tolist(), arrays["statement"].tolist(), arrays["value"].tolist())
votes = [
    {"participant_id": who, "statement_id": what, "vote": how, "modified": 0}
    for who, what, how in zip(*columns, strict=True)
]
before = time.process_time()
result = run_pipeline(votes=votes, random_state=1)
spent = time.process_time() - before
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
groups = int(result.participants_df["cluster_id"].nunique())
print(json.dumps({"cpu_s": spent, "peak_mb": peak, "groups": groups}))
