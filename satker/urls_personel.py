"""Addresses of the roster and the pact."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
