"""Being known: the second factor at the door, and being asked again at an act that cannot be taken back."""

from __future__ import annotations

from threading import Lock
from typing import Any

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from panah import proof
from panah.errors import PanahError
from panah.proof import passkeys
from panah.team import factors, knocking
from panah.team.acting import known, member_of, now, origin
from panah.team.actions import Verb, enter
from panah.team.forms import KnownAgain
from panah.team.models import Member

_ONE_AT_A_TIME = Lock()
"""Two tries at once would both be within what is free."""
_STATE = "passkey-asked"
_ASKED = "known_password"


class PasswordWrong(PanahError):
    """This is not the password."""

    status = 403


class NothingShown(PanahError):
    """Give the password, a code, or a passkey."""


def enters(request: HttpRequest, member: Member) -> None:
    """Sign a member in, under a new session; what she showed for it counts as shown just now."""
    login(request, member)
    known(request)
    enter(verb=Verb.SIGNED_IN, kind="member", subject=member.name, by=member, now=now())


def passkey_question(request: HttpRequest, member: Member) -> dict[str, Any] | None:
    """What the browser is to ask for, if the member has a passkey for this address; remembered until it answers."""
    have = factors.passkeys_at(member, origin(request))
    if not have:
        return None
    asked = passkeys.ask_to_use(origin(request), have)
    request.session[_STATE] = asked.state
    return asked.options


def show_factor(request: HttpRequest, member: Member, *, code: str, answer: str) -> None:
    """Take a code or a passkey for the member's second factor. Raises `Wait`, `CodeWrong`, `PasskeyRefused`."""
    with _ONE_AT_A_TIME:
        knocking.require_none([knocking.factor(member)], now())
        try:
            if answer:
                state = request.session.pop(_STATE, {"challenge": "", "user_verification": None})
                factors.show_passkey(member=member, origin=origin(request), state=state, answer=answer)
            else:
                factors.show_code(member=member, code=code, now=now())
        except (factors.CodeWrong, passkeys.PasskeyRefused):
            knocking.refused(whose=[knocking.factor(member)], member=member, now=now())
            raise
        knocking.welcomed(whose=[knocking.factor(member)])


def show_password(member: Member, password: str) -> None:
    """Take the password of a member who is signed in. Raises `Wait`, `PasswordWrong`."""
    with _ONE_AT_A_TIME:
        knocking.require_none([knocking.factor(member)], now())
        if not proof.password_fits(password, member.password):
            knocking.refused(whose=[knocking.factor(member)], member=member, now=now())
            raise PasswordWrong
        knocking.welcomed(whose=[knocking.factor(member)])


def shows(request: HttpRequest) -> bool:
    """Whether this request carries what shows who the member is, and it is right."""
    if _ASKED not in request.POST:
        return False
    form = KnownAgain(request.POST)
    request.known_again = form  # type: ignore[attr-defined]  # for `ask_again`, which says what was wrong
    if not form.is_valid():
        return False
    with form.saying_what_is_refused():
        said = form.cleaned_data
        if said["known_password"]:
            show_password(member_of(request), said["known_password"])
        elif said["known_code"] or said["known_answer"]:
            show_factor(request, member_of(request), code=said["known_code"], answer=said["known_answer"])
        else:
            raise NothingShown
        known(request)
    return form.refusal is None


def ask_again(request: HttpRequest) -> HttpResponse:
    """The page that asks; where a form was sent, it takes along what was typed."""
    if not member_of(request).has_usable_password():  # who has nothing to show yet begins again at the door
        logout(request)
        return redirect("sign-in")
    if request.method != "POST":
        return redirect(f"{reverse('team:known')}?{urlencode({'next': request.get_full_path()})}")
    form: KnownAgain = getattr(request, "known_again", KnownAgain())
    carried = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and name not in form.fields
        for value in values
    ]
    question = passkey_question(request, member_of(request))
    context = {"form": form, "carried": carried, "passkey": question}
    return render(request, "team/known.html", context, status=form.status if form.is_bound else 403)


def local(address: str, otherwise: str) -> str:
    """Where to go on: only to a page of this workbench."""
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else reverse(otherwise)
