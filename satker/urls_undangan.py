"""Addresses of invitations and calendars."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
