"""A drawn signature on a page."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from satker.goresan import draw_goresan

register = template.Library()


@register.simple_tag
def goresan(path: str, sebutan: str = "") -> SafeString:
    """`{% goresan tanda.goresan "Tanda tangan …" %}`: the picture, or nothing."""
    return mark_safe(draw_goresan(path, sebutan))  # nosec B308 B703: written anew from numbers
