"""Every address, and one that always fails with something that must not be shown."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from tillit.web import urls

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("19121212-1212")


urlpatterns = [*urls.urlpatterns, path("trasig/", broken)]
