"""`/healthz` says whether the process answers, `/readyz` whether it should get visitors."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ashar.web import readiness


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process lives; asks nothing of anybody."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Answer every probe's finding: 503 when one has failed, 200 when all is well or merely degraded."""
    state, findings = readiness.examine(timezone.now())
    report = {"state": state, "probes": {name: asdict(finding) for name, finding in findings.items()}}
    return JsonResponse(report, status=503 if state == "failed" else 200)
