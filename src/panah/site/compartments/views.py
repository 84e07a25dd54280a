"""Pages of compartments."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah.cases import erasing
from panah.cases import queries as cases
from panah.library import actions as library_actions
from panah.library import queries as library
from panah.site.compartments import queries
from panah.site.compartments.forms import Admit, Erase, NewCompartment, ShareCollection
from panah.site.compartments.words import MAY, ROLES
from panah.team import actions, joining
from panah.team import queries as team
from panah.team.acting import fresh, member_of, now
from panah.team.asking import Asking
from panah.team.models import Compartment, Member
from panah.team.rules import Role
from panah.vault.actions import set_up


@require_http_methods(["GET", "POST"])
def compartments(request: HttpRequest) -> HttpResponse:
    """The compartments of the asker, and a form to make one."""
    member = member_of(request)
    form = NewCompartment(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            made = set_up(name=form.cleaned_data["name"], by=member, now=now())
            return redirect("compartment", made.pk)
    mine = [(*each, ROLES[each.role]) for each in queries.mine(member)]
    return render(request, "site/compartments.html", {"mine": mine, "form": form}, status=form.status)


@require_GET
def compartment(request: HttpRequest, compartment_id: UUID) -> HttpResponse:
    """Who belongs to a compartment, what stands in it, and what others may read of it."""
    member = member_of(request)
    return _page(request, member, team.compartment_of(member, compartment_id))


def _page(request: HttpRequest, member: Member, asked: Compartment, **given: Asking) -> HttpResponse:
    """A compartment; a form that is given keeps what was typed in it."""
    context: dict[str, object] = {
        "compartment": asked,
        "may": team.allowed(member, asked),
        "members": [(each.member, ROLES[Role(each.role)]) for each in team.members(member, asked)],
        "cases": cases.cases(member).filter(compartment=asked),
        "collections": library.collections_in(member, asked),
        "shares": library.shares(member, asked),
        "shared_with": library.shared_with(member, asked),
        "admit_form": Admit(),
        "share_form": ShareCollection(member, asked),
        "erase_form": Erase(asked),
        "roles": ROLES.values(),
        "table": [(MAY[may], cells) for may, cells in queries.table()],
        **given,
    }
    status = max((form.status for form in given.values()), default=200)
    return render(request, "site/compartment.html", context, status=status)


@require_POST
def admit(request: HttpRequest, compartment_id: UUID) -> HttpResponse:
    """Give a member a role, in the place of the one she had."""
    member = member_of(request)
    asked = team.compartment_of(member, compartment_id)
    form = Admit(request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            admitted = joining.member(form.cleaned_data["member"])
            actions.admit(compartment=asked, member=admitted, role=form.cleaned_data["role"], by=member, now=now())
            return redirect("compartment", compartment_id)
    return _page(request, member, asked, admit_form=form)


@require_POST
def release(request: HttpRequest, compartment_id: UUID) -> HttpResponse:
    """Take a member out."""
    member = member_of(request)
    asked = team.compartment_of(member, compartment_id)
    released = joining.member(request.POST.get("member", ""))
    actions.release(compartment=asked, member=released, by=member, now=now())
    return redirect("compartments") if released == member else redirect("compartment", compartment_id)


@require_POST
def share(request: HttpRequest, compartment_id: UUID) -> HttpResponse:
    """Let the members of another compartment read a collection."""
    member = member_of(request)
    asked = team.compartment_of(member, compartment_id)
    form = ShareCollection(member, asked, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            shelf = library.collection(member, form.cleaned_data["collection"])
            other = team.compartment(member, form.cleaned_data["compartment"])
            library_actions.share(collection=shelf, compartment=other, by=member, now=now())
            return redirect("compartment", compartment_id)
    return _page(request, member, asked, share_form=form)


@require_POST
@fresh
def erase(request: HttpRequest, compartment_id: UUID) -> HttpResponse:
    """End a compartment for ever."""
    member = member_of(request)
    asked = team.compartment_of(member, compartment_id)
    form = Erase(asked, request.POST)
    if form.is_valid():
        with form.saying_what_is_refused():
            erasing.erase(compartment=asked, reason=form.cleaned_data["reason"], by=member, clock=now)
            messages.success(request, _("It is erased."))
            return redirect("compartments")
    return _page(request, member, asked, erase_form=form)


@require_POST
def unshare(request: HttpRequest, compartment_id: UUID, number: int) -> HttpResponse:
    """Take a collection back."""
    member = member_of(request)
    library_actions.unshare(share=library.share(member, number), by=member, now=now())
    return redirect("compartment", compartment_id)
