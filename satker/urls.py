"""Addresses of people and offices."""

from django.urls import include, path

urlpatterns = [
    path("", include("satker.urls_orang")),
]
