"""Partners as the command names them: by id, with the name that the store has for it."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from staffel.cli.call import Refused
from staffel.core.engine.facts import current
from staffel.core.findings import Finding, Text
from staffel.core.ledger import State


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPartner:
    """A partner. name: its id where the store has no name. same_as: what it became part of."""

    id: str
    name: str
    same_as: str | None = None


def partner_named(state: State, partner: str, day: date) -> NamedPartner:
    """The partner of an id on a day. Raises Refused, with those that are spelled alike."""
    found = partners_on(state, day)
    if partner in found:
        return found[partner]
    raise Refused((_unknown(partner, get_close_matches(partner, found, n=3, cutoff=0.5)),))


def partners_on(state: State, day: date) -> dict[str, NamedPartner]:
    """Every partner that the store knows, by id."""
    rows = state.store.duck().execute(
        f"""select partner_id, arg_max(name, holds_from), arg_max(same_as, holds_from)
            from ({current(state, "partners")}) where holds_from <= ? group by 1 order by 1""",
        [day],
    )
    return {
        id_: NamedPartner(id=id_, name=name or id_, same_as=same_as) for id_, name, same_as in rows.fetchall()
    }


def _unknown(partner: str, alike: list[str]) -> Finding:
    shown = partner[:60]
    near = ", ".join(alike)
    way_out = (
        Text(en=f"Did you mean {near}?", de=f"Meinten Sie {near}?")
        if alike
        else Text(
            en="Partners come with `staffel load partners FILE`; `staffel standing PROGRAMME` lists them.",
            de="Partner kommen mit `staffel load partners DATEI`; `staffel standing PROGRAMM` listet sie.",
        )
    )
    return Finding(
        code="partner-unknown",
        reason=Text(en=f"There is no partner {shown!r}.", de=f"Es gibt keinen Partner {shown!r}."),
        way_out=way_out,
    )
