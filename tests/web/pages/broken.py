"""Every address, and two that always fail: with something that must not be shown, and as when the database is gone."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from tillit.web import urls

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("19121212-1212")


def gone(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection to server at 10.0.0.7 failed")


urlpatterns = [*urls.urlpatterns, path("trasig/", broken), path("borta/", gone)]
