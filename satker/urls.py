"""Addresses of people and offices."""

urlpatterns = []
