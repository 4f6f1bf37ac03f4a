"""Addresses of invitations and calendars."""

from django.urls import path

from satker.views import kalender

urlpatterns = [
    path("kalender/", kalender.langganan_list, name="langganan_list"),
    path("kalender/<int:pk>/perbarui/", kalender.langganan_renew, name="langganan_renew"),
    path("kalender/<str:token>.ics", kalender.kalender_ics, name="kalender_ics"),
    path("upacara/<slug:kode>/undangan/", kalender.tamu_list, name="tamu_list"),
    path("upacara/<slug:kode>/undangan/slip.pdf", kalender.tamu_slip, name="tamu_slip"),
    path("upacara/<slug:kode>/undangan/kirim/", kalender.tamu_invite, name="tamu_invite"),
]
