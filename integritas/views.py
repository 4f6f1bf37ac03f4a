"""What belongs to no business app."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
@login_not_required
def sehat(request):
    """For the proxy and the container: does this copy answer, and does its database?"""
    try:
        with connection.cursor() as kursor:
            kursor.execute("SELECT 1")
            kursor.fetchone()
    except DatabaseError:
        return HttpResponse("database tidak menjawab\n", status=503, content_type="text/plain")
    return HttpResponse("sehat\n", content_type="text/plain")
