"""Addresses of Perjanjian Kinerja."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
