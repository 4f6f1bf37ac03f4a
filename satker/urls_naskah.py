"""Addresses of signing and closing."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
