"""What belongs to no business app."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from integritas.sehat import find_galat_broker, is_database_up


@require_safe
@never_cache
@login_not_required
def sehat(request):
    """For the proxy and the container: can this copy serve? Its database, and on a server Redis, without
    which neither sign-in nor kept pages work. What stands still beside the pages (the beat, mail) is
    told on sehat_rinci, by list_pengingat and by metrik: for that a proxy must not drop its copies."""
    if not is_database_up():
        return _answer("database tidak menjawab", 503)
    if settings.SERVER and find_galat_broker():
        return _answer("antrean tidak menjawab", 503)
    return _answer("sehat", 200)


def _answer(kata: str, status: int) -> HttpResponse:
    return HttpResponse(f"{kata}\n", status=status, content_type="text/plain")
