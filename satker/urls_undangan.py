"""Addresses of invitations and calendars."""

from django.urls import path

from satker.views import kalender

urlpatterns = [
    path("kalender/", kalender.langganan_list, name="langganan_list"),
    path("kalender/<int:pk>/perbarui/", kalender.langganan_renew, name="langganan_renew"),
    path("kalender/<str:token>.ics", kalender.kalender_ics, name="kalender_ics"),
    path("upacara/<slug:kode>/undangan/", kalender.undangan_list, name="undangan_list"),
    path("upacara/<slug:kode>/undangan/kirim/", kalender.undangan_send, name="undangan_send"),
    path("SEMENTARA/<slug:kode>/", kalender.undangan_list, name="upacara_detail"),
    path("SEMENTARA2/<str:token>/", kalender.kalender_ics, name="undangan_pribadi"),
]
