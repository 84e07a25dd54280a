"""Commands about compartments."""

from __future__ import annotations

import click

from panah.library import actions as library_actions
from panah.library import queries as library
from panah.site.compartments import queries
from panah.team import actions, joining
from panah.team import queries as team
from panah.team.acting import now
from panah.team.rules import Role
from panah.vault.actions import set_up
from panah.vault.commands import Unlocked, acting_member, json_line, tame

_inside = click.option("--in", "place", default="", help="The compartment in which it stands, where that is open.")


@click.group()
def compartment() -> None:
    """Make compartments, and say who belongs to them and what others may read."""


@compartment.command("list", cls=Unlocked)
@click.option("--json", "as_json", is_flag=True, help="One JSON line per compartment.")
def list_compartments(as_json: bool) -> None:
    """List the compartments that you belong to, with their members."""
    member = acting_member()
    for each in queries.mine(member):
        place, roles = each.compartment, {row.member.name: row.role for row in team.members(member, each.compartment)}
        if as_json:
            json_line({
                "id": str(place.pk), "name": place.name, "role": str(each.role), "cases": each.cases,
                "collections": each.collections, "members": roles,
            })  # fmt: skip
        else:
            click.echo(f"{place.pk}  {tame(place.name)}")
            click.echo("    " + ", ".join(f"{tame(name)}: {role}" for name, role in roles.items()))


@compartment.command("new", cls=Unlocked)
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def new(name: str, as_json: bool) -> None:
    """Make a compartment, which you lead."""
    made = set_up(name=name, by=acting_member(), now=now())
    if as_json:
        json_line({"id": str(made.pk), "name": made.name})
    else:
        click.echo(f"Made the compartment {tame(made.name)}: {made.pk}")


@compartment.command("admit", cls=Unlocked)
@click.argument("name")
@click.argument("member")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def admit(name: str, member: str, role: str, as_json: bool) -> None:
    """Give a member a role in the compartment NAME, in the place of the one they had."""
    by = acting_member()
    place, admitted = team.compartment(by, name), joining.member(member)
    actions.admit(compartment=place, member=admitted, role=Role(role), by=by, now=now())
    if as_json:
        json_line({"id": str(place.pk), "member": admitted.name, "role": role})
    else:
        click.echo(f"{tame(admitted.name)} is {role} of {tame(place.name)}.")


@compartment.command("release", cls=Unlocked)
@click.argument("name")
@click.argument("member")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def release(name: str, member: str, as_json: bool) -> None:
    """Take a member out of the compartment NAME. They see nothing of it from then on."""
    by = acting_member()
    place, released = team.compartment(by, name), joining.member(member)
    actions.release(compartment=place, member=released, by=by, now=now())
    if as_json:
        json_line({"id": str(place.pk), "member": released.name})
    else:
        click.echo(f"{tame(released.name)} does not belong to {tame(place.name)}.")


@compartment.command("share", cls=Unlocked)
@click.argument("collection")
@click.argument("name")
@_inside
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def share(collection: str, name: str, place: str, as_json: bool) -> None:
    """Let the members of the compartment NAME read a collection of a compartment that you lead."""
    by = acting_member()
    shelf = library.collection_named(by, collection, compartment=team.compartment(by, place) if place else None)
    other = team.compartment(by, name)
    library_actions.share(collection=shelf, compartment=other, by=by, now=now())
    if as_json:
        json_line({"id": str(other.pk), "collection": shelf.name, "compartment": other.name})
    else:
        click.echo(f"The members of {tame(other.name)} may read {tame(shelf.name)}.")


@compartment.command("unshare", cls=Unlocked)
@click.argument("collection")
@click.argument("name")
@_inside
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def unshare(collection: str, name: str, place: str, as_json: bool) -> None:
    """Take a collection back from the compartment NAME."""
    by = acting_member()
    shelf = library.collection_named(by, collection, compartment=team.compartment(by, place) if place else None)
    shared = library.share_named(by, shelf, name)
    library_actions.unshare(share=shared, by=by, now=now())
    if as_json:
        json_line({"id": str(shared.compartment_id), "collection": shelf.name, "compartment": name})
    else:
        click.echo(f"The members of {tame(name)} may not read {tame(shelf.name)} any more.")
