"""The life of a Perjanjian Kinerja: lock the unit, refuse, change, record."""

from satker.alur.janji.dipa import record_dipa, record_dipa_many
from satker.alur.janji.draf import cancel, choose_pihak, save_isi, start
from satker.alur.janji.tanda import sign
from satker.alur.janji.turunan import cascade
from satker.alur.janji.versi import revise

__all__ = [
    "cancel",
    "cascade",
    "choose_pihak",
    "record_dipa",
    "record_dipa_many",
    "revise",
    "save_isi",
    "sign",
    "start",
]
