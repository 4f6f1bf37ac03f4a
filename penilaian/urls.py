"""Addresses of predicates and dashboards."""

urlpatterns = []
