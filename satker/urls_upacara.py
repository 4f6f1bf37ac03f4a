"""Addresses of rounds and ceremonies."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
