"""Addresses of the X-ray of one LKE."""

from django.urls import path

from penilaian.views import temuan

urlpatterns = [
    path("<int:pk>/periksa/", temuan.temuan_list, name="temuan_list"),
    path("<int:pk>/periksa/<int:temuan>/terima/", temuan.temuan_accept, name="temuan_accept"),
    path("<int:pk>/periksa/<int:temuan>/tarik/", temuan.temuan_withdraw, name="temuan_withdraw"),
]
