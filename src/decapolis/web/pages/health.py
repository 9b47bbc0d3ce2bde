"""Whether the site can work: for the machine that watches it. Strangers learn yes or no, and nothing else."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from decapolis.city.access.public import page


@page(open_because="A monitor asks without an account; the answer is one word.")
@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Answer "ok" where the database answers and all migrations are applied."""
    del request
    is_well = is_ready()
    word, status = ("ok", 200) if is_well else ("not ready", 503)
    return HttpResponse(word + "\n", status=status, content_type="text/plain")


def is_ready() -> bool:
    """Whether the database answers and every migration is applied."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False
