"""Sizes of files and moments of an event."""

from django import template

from integritas.berkas.nama import say_ukuran
from satker.waktu_upacara import say_saat

register = template.Library()
register.filter("ukuran_berkas", say_ukuran)
register.simple_tag(say_saat, name="saat_di")
