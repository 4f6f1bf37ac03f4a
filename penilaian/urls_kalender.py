"""Address of an assessment's evidence calendar."""

from django.urls import path

from penilaian.views import kalender

urlpatterns = [path("<int:pk>/kalender/", kalender.kalender_bukti, name="kalender_bukti")]
