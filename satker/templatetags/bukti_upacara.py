"""Sizes of files of an event."""

from django import template

from integritas.berkas.nama import say_ukuran

register = template.Library()
register.filter("ukuran_berkas", say_ukuran)
