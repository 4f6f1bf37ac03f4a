"""Addresses of what watches the messages."""

from django.urls import path

from satker.views import sehat

urlpatterns = [
    path("sehat/rinci/", sehat.sehat_rinci, name="sehat_rinci"),
    path("metrik/", sehat.metrik, name="metrik"),
]
