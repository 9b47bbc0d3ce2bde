"""Our side of `opinion.py`: analyse one file of votes and print CPU seconds and peak memory as JSON."""

import json
import resource
import sys
import time

import numpy as np

from decapolis_methods.opinion.analyse import analyse
from decapolis_methods.opinion.votes import Votes

arrays = np.load(sys.argv[1])
participant, statement, value = arrays["participant"], arrays["statement"], arrays["value"]
before = time.process_time()
votes = Votes.from_triplets(participant, statement, value)
analysis = analyse(votes, mode="polis" if sys.argv[3] == "polis" else "default", seed=1, bootstrap=int(sys.argv[2]))
spent = time.process_time() - before
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"cpu_s": spent, "peak_mb": peak, "groups": len(analysis.group_ids)}))
