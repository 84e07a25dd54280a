"""Pages about members: the team, what I sign in with, where I am signed in, and how one joins."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panah import proof
from panah.proof import passkeys
from panah.team import factors, forms, joining, passwords, sittings, succession
from panah.team.acting import fresh, member_of, now, origin
from panah.team.knowing import enters, local, passkey_question, shows
from panah.team.models import Member
from panah.team.showing import browser, square

_SECRET, _MAKING = "telephone-secret", "passkey-making"


@require_GET
def team(request: HttpRequest) -> HttpResponse:
    """Who is on the team; and the form that invites, for those who may."""
    return _team(request, forms.Invite())


@require_POST
@fresh
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody. The address is shown once."""
    joining.require_administering(member_of(request))
    form, address = forms.Invite(request.POST), ""
    if form.is_valid():
        with form.saying_what_is_refused():
            token = joining.invite(**form.cleaned_data, by=member_of(request), now=now())
            address = request.build_absolute_uri(reverse("team:join", args=[token]))
    return _team(request, form, address)


def _team(request: HttpRequest, form: forms.Invite, address: str = "") -> HttpResponse:
    invitations = joining.open_invitations(member_of(request), now())
    shown = form if form.errors else forms.Invite()
    context = {"members": joining.members(), "invitations": invitations, "form": shown, "address": address}
    return render(request, "team/team.html", context, status=form.status)


@require_POST
@fresh
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw an invitation."""
    joining.withdraw_invitation(number=number, by=member_of(request), now=now())
    return redirect("team:team")


@require_POST
@fresh
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take a member off the team."""
    leaver = joining.members().filter(pk=number).first()
    if leaver is None:
        raise joining.MemberUnknown(name=number)
    joining.leave(member=leaver, by=member_of(request), now=now())
    if leaver == member_of(request):
        logout(request)
        return redirect("sign-in")
    messages.success(request, _("%(name)s is no longer on the team, and is signed in nowhere.") % {"name": leaver})
    if any(without := succession.counted()):
        messages.warning(
            request,
            _("Compartments without a lead: %(waiting)s. Compartments to which nobody belongs any more: %(shut)s.")
            % without._asdict(),
        )
    return redirect("team:team")


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an invitation, with a password of one's own choice."""
    invitation, form = joining.invited(token, now()), forms.NewPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            joined = joining.take_up(token=token, password=form.chosen(), now=now())
            enters(request, joined)
            return redirect("team:begin")
    context = {"form": form, "name": invitation.name, "shortest": passwords.SHORTEST}
    return render(request, "team/join.html", context, status=form.status)


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """What must be chosen before anything else."""
    member = member_of(request)
    if not member.has_usable_password():
        return redirect("team:password")
    if factors.has_one(member):
        return redirect("docket")
    return render(request, "team/begin.html", _about_passkeys(request))


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@fresh
def password(request: HttpRequest) -> HttpResponse:
    """Choose a password; every other browser is signed out by it."""
    member, form = member_of(request), forms.NewPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            passwords.choose(member=member, password=form.chosen(), now=now())
            sittings.end_others(member=member, session=request.session.session_key or "", now=now())
            update_session_auth_hash(request, member)
            messages.success(request, _("The password is chosen."))
            return redirect("team:me" if factors.has_one(member) else "team:begin")
    context = {"form": form, "shortest": passwords.SHORTEST, "first": not member.has_usable_password()}
    return render(request, "team/password.html", context, status=form.status)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@fresh
def telephone(request: HttpRequest) -> HttpResponse:
    """Take a telephone, or a program that does the same, as second factor."""
    member, form = member_of(request), forms.Code(request.POST or None)
    if request.method == "GET" or _SECRET not in request.session:
        request.session[_SECRET] = proof.new_code_secret().hex()
    secret = bytes.fromhex(request.session[_SECRET])
    if request.method == "POST" and form.is_valid():
        with form.saying_what_is_refused():
            is_first, code = not factors.has_one(member), "".join(form.cleaned_data["code"].split())
            factors.add_telephone(member=member, secret=secret, code=code, now=now())
            del request.session[_SECRET]
            return _added(request, member, is_first=is_first)
    address = proof.code_address(secret, member.name)
    context = {"form": form, "secret": proof.typed_secret(secret), "square": square(address)}
    return render(request, "team/telephone.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@fresh
def passkey(request: HttpRequest) -> HttpResponse:
    """Take a passkey as second factor."""
    member, form = member_of(request), forms.NewPasskey(request.POST or None)
    if request.method == "POST" and form.is_valid() and _MAKING in request.session:
        with form.saying_what_is_refused():
            state, is_first = request.session.pop(_MAKING), not factors.has_one(member)
            factors.add_passkey(member=member, **form.cleaned_data, origin=origin(request), state=state, now=now())
            return _added(request, member, is_first=is_first)
    context = {"form": form, **_about_passkeys(request)}
    if context["possible"]:
        have = factors.passkeys_at(member, origin(request))
        asked = passkeys.ask_to_make(origin(request), member=str(member.pk).encode(), name=member.name, have=have)
        context["passkey"], request.session[_MAKING] = asked
    return render(request, "team/passkey.html", context, status=form.status)


def _about_passkeys(request: HttpRequest) -> dict[str, object]:
    """Whether browsers allow passkeys here, and at which address of this machine they would."""
    host, _, port = request.get_host().rpartition(":")
    elsewhere = f"http://localhost:{port}/" if host in {"127.0.0.1", "[::1]"} else ""
    return {"possible": passkeys.can_be_used_at(origin(request)), "elsewhere": elsewhere}


def _added(request: HttpRequest, member: Member, *, is_first: bool) -> HttpResponse:
    """After the first second factor, recovery codes; after another one, back to what one signs in with."""
    if is_first:
        return _shown_once(request, factors.write_codes(member=member, now=now()))
    messages.success(request, _("The second factor is added."))
    return redirect("team:me")


def _shown_once(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "team/codes.html", {"codes": codes})


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """What I sign in with, and where I am signed in."""
    member = member_of(request)
    context = {
        "telephone": getattr(member, "code_secret", None),
        "passkeys": member.passkeys.order_by("pk"),
        "codes": member.recovery_codes.filter(used_at=None).count(),
        "sittings": [(sitting, browser(sitting.browser)) for sitting in sittings.of(member)],
        "here": request.session.session_key,
    }
    return render(request, "team/me.html", context)


@require_POST
@fresh
def remove_telephone(request: HttpRequest) -> HttpResponse:
    """Take the telephone away."""
    factors.remove_telephone(member=member_of(request), now=now())
    return redirect("team:me")


@require_POST
@fresh
def remove_passkey(request: HttpRequest, number: int) -> HttpResponse:
    """Take a passkey away."""
    factors.remove_passkey(member=member_of(request), number=number, now=now())
    return redirect("team:me")


@require_POST
@fresh
def codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes."""
    return _shown_once(request, factors.write_codes(member=member_of(request), now=now()))


@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one of my sessions."""
    sittings.end(member=member_of(request), number=number, now=now())
    return redirect("team:me")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End every session of mine but this one."""
    sittings.end_others(member=member_of(request), session=request.session.session_key or "", now=now())
    return redirect("team:me")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def known_again(request: HttpRequest) -> HttpResponse:
    """Show again who one is, and go on."""
    onward = request.POST.get("next", request.GET.get("next", ""))
    if request.method == "POST" and shows(request):
        return redirect(local(onward, "docket"))
    form = getattr(request, "known_again", forms.KnownAgain())
    question = passkey_question(request, member_of(request))
    context = {"form": form, "carried": [("next", onward)], "passkey": question}
    return render(request, "team/known.html", context, status=form.status)
