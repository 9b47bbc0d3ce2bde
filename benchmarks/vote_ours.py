"""What the benchmark of votes needs of ours, a process each: ask, answer, count, analyse. Run by benchmarks/vote.py."""

import http.client
import json
import re
import statistics
import sys
import threading
import time
from urllib.parse import urlencode

STATEMENTS = 600
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
ANSWERS = ("agree", "disagree", "pass")


class Resident(threading.Thread):
    """Somebody who answers one statement after the other over one connection."""

    def __init__(self, port: int, slug: str, votes: int) -> None:
        super().__init__()
        self.path, self.votes = f"/listen/take-part/{slug}/", votes
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {"Host": f"localhost:{port}"}
        self.taken: list[float] = []
        self.errors = self.kept = self.bytes = 0

    def run(self) -> None:
        """Answer so many statements."""
        page = self._ask("GET")
        self.headers |= {"HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}
        for number in range(self.votes):
            fields = dict(FIELD.findall(page)) | {"answer": ANSWERS[number % 3]}
            started = time.perf_counter()
            page = self._ask("POST", urlencode(fields))
            self.taken.append((time.perf_counter() - started) * 1000)

    def _ask(self, method: str, body: str | None = None) -> str:
        self.connection.request(method, self.path, body=body, headers=self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        cookie = answer.headers.get("Set-Cookie")
        if cookie:
            self.headers["Cookie"] = cookie.partition(";")[0]
        if method == "POST":
            self.kept += answer.status == 200
            self.errors += answer.status != 200
            self.bytes += len(content)
        return content.decode()


def answer(port: int, slug: str, clients: int, votes: int) -> dict[str, float]:
    """Let so many residents answer at once."""
    residents = [Resident(port, slug, votes) for _ in range(clients)]
    started = time.perf_counter()
    for each in residents:
        each.start()
    for each in residents:
        each.join()
    taken = sorted(each for resident in residents for each in resident.taken)
    kept = sum(each.kept for each in residents)
    return {
        "kept": kept,
        "errors": sum(each.errors for each in residents),
        "per_s": kept / (time.perf_counter() - started),
        "p50_ms": statistics.median(taken),
        "p95_ms": taken[int(len(taken) * 0.95)],
        "bytes": sum(each.bytes for each in residents) / max(kept, 1),
    }


def ask() -> dict[str, object]:
    """Open a conversation of many statements."""
    import decapolis.web.application  # noqa: F401, PLC0415  # loads the settings; clients need none of it
    from decapolis.plumbing.acting import act  # noqa: PLC0415  # as above
    from decapolis.understand.listening.factories.open import make_open_conversation  # noqa: PLC0415  # as above

    name = f"bench-{time.time_ns()}"
    texts = [f"Statement {number}: benches by the water should be repaired." for number in range(STATEMENTS)]
    with act():
        conversation = make_open_conversation(texts, slug=name, reference=name[-16:])
    return {"slug": conversation.slug}


def count(slug: str) -> dict[str, object]:
    """Count the rows of a conversation."""
    import decapolis.web.application  # noqa: F401, PLC0415  # as above
    from decapolis.understand.listening.models import Vote  # noqa: PLC0415  # as above

    return {"votes": Vote.objects.filter(participant__conversation__slug=slug).count()}


def analyse() -> dict[str, object]:
    """Analyse 3.6 M planted votes again and again, until killed."""
    import numpy as np  # noqa: PLC0415  # clients need none of it

    from decapolis_methods.opinion.analysis import Moderation  # noqa: PLC0415  # as above
    from decapolis_methods.opinion.default.method import analyse_default  # noqa: PLC0415  # as above
    from decapolis_methods.opinion.planted import Plan, conversation  # noqa: PLC0415  # as above

    votes, none = conversation(Plan(100_000, 500, density=0.07), seed=1).votes, np.zeros(500, dtype=bool)
    while True:
        analyse_default(votes, Moderation(none, none))


def main(words: list[str]) -> dict[str, object] | dict[str, float]:
    """Do what the words say."""
    if words[0] == "answer":
        return answer(int(words[1]), words[2], int(words[3]), int(words[4]))
    return {"ask": ask, "count": lambda: count(words[1]), "analyse": analyse}[words[0]]()


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
