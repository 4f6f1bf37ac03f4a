"""Addresses of the gates of one LKE, the way there, and why a score is so."""

from django.urls import path

from penilaian.views import gerbang

urlpatterns = [
    path("<int:pk>/gerbang/", gerbang.gerbang_detail, name="gerbang_detail"),
    path("<int:pk>/upaya/", gerbang.upaya_edit, name="upaya_edit"),
    path("<int:pk>/mengapa/<str:simpul>/", gerbang.skor_explain, name="skor_explain"),
]
