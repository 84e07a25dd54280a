"""Pages on which a case is handed over: what was asked for, approvals, and the profiles of redacted copies."""

from __future__ import annotations

import json
import tempfile
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.cases import queries as cases
from panah.cases.handing import actions, forms, queries
from panah.cases.handing.copying import preview
from panah.cases.handing.packing import ZIP
from panah.cases.models import Case, HandOver
from panah.cases.views.page import head
from panah.proof import age
from panah.team import queries as team
from panah.team.acting import fresh, member_of, now
from panah.team.asking import Asking
from panah.team.models import Member
from panah.team.rules import May

IN_MEMORY = 1 << 22
"""Bytes of a file on its way to the browser; more lie on the disk, encrypted as they are."""


@require_GET
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """What was asked for and handed over, and a form to hand over."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    return _page(request, member, case, forms.HandOverForm(member, case))


@require_POST
@fresh
def ask(request: HttpRequest, reference: str) -> HttpResponse | FileResponse:
    """Ask to hand over. Where no approval is needed, the answer is the encrypted file."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    form = forms.HandOverForm(member, case, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        with form.saying_what_is_refused():
            asked = actions.ask(
                case=case, wanted=form.wanted(), recipients=said["recipients"].split(),
                passphrase=bool(said["passphrase"]), reason=said["reason"], by=member, now=now(),
            )  # fmt: skip
            if not asked.needs_approval:
                return _encrypted(asked, member, said["passphrase"])
            messages.success(request, _("It is asked for. Another member has to approve it."))
            return redirect("cases:hand-over", reference)
    return _page(request, member, case, form)


@require_POST
@fresh
def decide(request: HttpRequest, reference: str, hand_over_id: UUID) -> HttpResponse:
    """Approve or decline what another member asked for."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    asked = queries.hand_over(member, case, hand_over_id)
    approve = request.POST.get("decision") == "approve"
    actions.decide(asked=asked, approve=approve, why=request.POST.get("why", ""), by=member, now=now())
    return redirect("cases:hand-over", reference)


@require_POST
@fresh
def take(request: HttpRequest, reference: str, hand_over_id: UUID) -> FileResponse:
    """Hand over what was approved: the answer is the encrypted file."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    asked = queries.hand_over(member, case, hand_over_id)
    return _encrypted(asked, member, request.POST.get("passphrase", ""))


@require_POST
@fresh
def look(request: HttpRequest, reference: str, hand_over_id: UUID) -> StreamingHttpResponse:
    """What is to be approved, in plain, for whoever is to approve it."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    asked = queries.hand_over(member, case, hand_over_id)
    response = StreamingHttpResponse(actions.look_at(asked=asked, by=member, now=now()), content_type=ZIP)
    named = content_disposition_header(as_attachment=True, filename=f"{case.reference}-{asked.what}.zip")
    response.headers["Content-Disposition"] = named or "attachment"
    return response


@require_POST
@fresh
def demand(request: HttpRequest, reference: str) -> HttpResponse:
    """Demand a second pair of eyes, or demand it no more."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    actions.demand_approval(case=case, demanded=bool(request.POST.get("demanded")), by=member, now=now())
    return redirect("cases:hand-over", reference)


@require_http_methods(["GET", "POST"])
def new_profile(request: HttpRequest, reference: str) -> HttpResponse:
    """A form for a profile, in which the applicant's names stand already."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    team.require(member, case.compartment, May.EXPORT)
    form = forms.ProfileForm(request.POST or None, initial=forms.for_applicant(case))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with form.saying_what_is_refused():
            kept = actions.keep_profile(
                case=case,
                called=said["called"],
                entries=form.entries(),
                pictures=said["pictures"],
                by=member,
                now=now(),
            )
            return redirect("cases:profile", reference, kept.number)
    return render(request, "cases/profile.html", head(request, "dossier", case) | {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A profile: where what it names stands in the papers, and a form to change it."""
    member, case = member_of(request), cases.case(member_of(request), reference)
    kept = queries.profile(member, case, str(number))
    form = forms.ProfileForm(request.POST or None, initial=forms.as_initial(kept))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with form.saying_what_is_refused():
            actions.keep_profile(
                case=case, called=said["called"], entries=form.entries(), pictures=said["pictures"], profile=kept,
                by=member, now=now(),
            )  # fmt: skip
            return redirect("cases:profile", reference, number)
    seen = preview(case, member, queries.redactor(kept))
    return render(
        request,
        "cases/profile.html",
        head(request, "dossier", case) | {"form": form, "profile": kept, "seen": seen},
        status=form.status,
    )


def _encrypted(asked: HandOver, member: Member, passphrase: str) -> FileResponse:
    """The age file. It is whole before a byte of it leaves."""
    lock = actions.lock_of(asked=asked, passphrase=passphrase)
    pieces = actions.hand_over(asked=asked, by=member, now=now())
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  the answer closes it
    try:
        age.encrypt(pieces, file, lock)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    named = f"panah-{asked.case.reference}-{asked.what}.zip.age"
    return FileResponse(file, as_attachment=True, filename=named, content_type="application/octet-stream")


def _page(request: HttpRequest, member: Member, case: Case, form: Asking) -> HttpResponse:
    may = {may.name: team.role(member, case.compartment) is not None and _may(member, case, may) for may in May}
    rows = [_row(asked, member) for asked in queries.hand_overs(member, case)]
    context = {
        "form": form,
        "rows": rows,
        "profiles": queries.profiles(member, case),
        "may": may,
        "valid": queries.VALID.days,
    }
    return render(request, "cases/hand_over.html", head(request, "dossier", case) | context, status=form.status)


def _row(asked: HandOver, member: Member) -> dict[str, object]:
    return {
        "asked": asked,
        "keys": queries.keys_of(asked),
        "report": json.loads(asked.report or "{}"),
        "ready": queries.is_ready(asked, now()) and asked.needs_approval,
        "waits": asked.needs_approval and asked.approved is None and not asked.handed_at,
        "own": asked.asked_by_id == member.pk,
    }


def _may(member: Member, case: Case, may: May) -> bool:
    return team.compartments(member, may).filter(pk=case.compartment_id).exists()
