"""The styleguide: every component of every app, drawn with the sample data that lies beside its template."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from ashar.web import samples


def index(request: HttpRequest) -> HttpResponse:
    """Show the colours, the type and all components."""
    shown = [_drawn(request, component) for component in samples.components()]
    return render(request, "styleguide/index.html", {"components": shown, "colours": samples.COLOURS})


def component(request: HttpRequest, name: str) -> HttpResponse:
    """Show one component alone."""
    found = next((each for each in samples.components() if each.name == name), None)
    if found is None:
        raise Http404
    return render(request, "styleguide/component.html", {"component": _drawn(request, found)})


def _drawn(request: HttpRequest, component: samples.Component) -> dict[str, Any]:
    pieces = [
        {"name": sample.name, "html": render_to_string(component.template, sample.context, request)}
        for sample in component.samples
    ]
    return {"name": component.name, "use": component.use, "pieces": pieces}
