"""Addresses of the door of a ceremony."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
