"""What every page knows about itself."""

from django.conf import settings


def page(request):
    """Version and mode for the layout, and whether debug helpers are mounted."""
    return {"versi": settings.VERSI, "mode": settings.MODE, "debug": settings.DEBUG}
