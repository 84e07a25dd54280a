"""Gives the demonstration's member what a member chooses who comes in for the first time: python -m panah.site.demo_member.

It runs where the demonstration's workspace is named in the environment, and prints the recovery codes, one a line.
"""

from __future__ import annotations

import sys

from panah.site.command import set_up


def main(password: str) -> None:
    """Choose the password, a telephone that nobody has, and recovery codes to sign in with instead."""
    set_up()
    from panah import proof
    from panah.team import factors, joining, passwords
    from panah.team.acting import now
    from panah.vault import workspace

    workspace.unlock(workspace.given_passphrase() or "")
    member, secret = joining.alone(), proof.new_code_secret()
    passwords.choose(member=member, password=password, now=now())
    factors.add_telephone(member=member, secret=secret, code=proof.code_now(secret, now()), now=now())
    for code in factors.write_codes(member=member, now=now()):
        sys.stdout.write(f"{code}\n")
    workspace.lock()


if __name__ == "__main__":
    main(sys.argv[1])
