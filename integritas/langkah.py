"""The one shape of a step's page: the form, the refusal standing on the form, or the way on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from integritas.alur import AlurError


def run_step(
    request,
    template: str,
    form,
    call: Callable[..., Any],
    go_on: Callable[[Any], HttpResponse],
    *,
    berhasil: str,
    list_peringatan: Callable[[Any], list[str]] = lambda hasil: [],
    **konteks,
) -> HttpResponse:
    """Validate, act, answer. `call` takes the form's cleaned values; what it returns goes to
    `list_peringatan` and `go_on`. A form that is wrong, or a step that is refused, comes back with
    status 422 and everything that was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            hasil = call(**form.cleaned_data)
        except AlurError as error:
            form.refuse(str(error))
        else:
            messages.success(request, berhasil)
            for peringatan in list_peringatan(hasil):
                messages.warning(request, peringatan)
            return go_on(hasil)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **konteks}, status=status)
