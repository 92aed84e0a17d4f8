"""Why a line did not count, said so that its partner understands it; one text a reason of the closed list.

A sentence names nobody: what others did is not told.
"""

from staffel.core.findings import Text

REASON_TEXTS: dict[str, Text] = {
    "withdrawn": Text(
        en="the line was taken back since, or is another partner’s",
        de="die Zeile wurde inzwischen zurückgenommen oder gehört einem anderen",
    ),
    "returned": Text(en="all of it was returned", de="alles wurde zurückgegeben"),
    "date-missing": Text(
        en="the date that counts here is not in the report",
        de="das Datum, das hier zählt, fehlt in der Meldung",
    ),
    "other-date-outside": Text(
        en="another of its dates lies outside the days that are asked",
        de="ein anderes Datum der Zeile liegt außerhalb der verlangten Tage",
    ),
    "too-late": Text(
        en="it was reported after the window was closed", de="sie wurde nach dem Abschluss gemeldet"
    ),
    "not-enrolled": Text(
        en="the partner did not take part in the programme on that day",
        de="der Partner nahm an diesem Tag nicht am Programm teil",
    ),
    "wrong-kind": Text(en="this kind of line is not asked", de="diese Art von Zeile ist nicht gefragt"),
    "wrong-product": Text(
        en="the product belongs to none of the groups that count",
        de="das Produkt gehört zu keiner der Gruppen, die zählen",
    ),
    "wrong-place": Text(
        en="the country, distributor or route is not one that counts",
        de="Land, Distributor oder Bestellweg zählen nicht",
    ),
    "wrong-customer": Text(
        en="the partner is of another kind, segment or size",
        de="der Partner ist von anderer Art, anderem Segment oder anderer Größe",
    ),
    "wrong-terms": Text(
        en="deal or project price is not as asked", de="Projekt oder Projektpreis sind nicht wie verlangt"
    ),
    "amount-missing": Text(
        en="it has no amount in the programme's currency",
        de="sie hat keinen Betrag in der Währung des Programms",
    ),
    "amount-outside": Text(
        en="its amount lies outside the bounds", de="ihr Betrag liegt außerhalb der Grenzen"
    ),
    "history": Text(
        en="the end customer's history is not as asked",
        de="die Geschichte des Endkunden ist nicht wie verlangt",
    ),
    "order": Text(en="another line of its order is missing", de="eine andere Zeile der Bestellung fehlt"),
    "not-leading": Text(
        en="another partner leads this end customer", de="ein anderer Partner führt diesen Endkunden"
    ),
    "level-that-day": Text(
        en="the partner's level on that day is not one that counts",
        de="die Partnerstufe an diesem Tag zählt nicht",
    ),
    "key-missing": Text(
        en="the report does not name what is counted here",
        de="die Meldung nennt nicht, was hier gezählt wird",
    ),
    "key-failed": Text(en="what it belongs to does not count", de="das, wozu sie gehört, zählt nicht"),
    "counted-once": Text(
        en="what it names was counted already with an earlier line",
        de="was sie nennt, wurde schon mit einer früheren Zeile gezählt",
    ),
    "gate-not-met": Text(
        en="a condition of the incentive is not met", de="eine Bedingung des Bonus ist nicht erfüllt"
    ),
    "no-figure": Text(
        en="there is no figure that could reach a step",
        de="es gibt keinen Wert, der eine Stufe erreichen könnte",
    ),
    "below-first-step": Text(
        en="the first step is not reached", de="die erste Staffelstufe ist nicht erreicht"
    ),
    "windows-used": Text(
        en="as many windows as allowed have paid already",
        de="so viele Zeiträume wie erlaubt haben schon gezahlt",
    ),
    "beaten": Text(
        en="another incentive of its group pays more", de="ein anderer Bonus der Gruppe zahlt mehr"
    ),
}
NOTE_TEXTS: dict[str, Text] = {
    "hidden": Text(en="figure not shown", de="Wert nicht gezeigt"),
    "own-part": Text(en="own part only", de="nur der eigene Teil"),
    "given": Text(en="given, not computed", de="gegeben, nicht gerechnet"),
    "capped": Text(en="cut by a cap", de="durch eine Obergrenze gekürzt"),
    "carried": Text(en="carried on", de="vorgetragen"),
    "forfeited": Text(en="forfeited", de="verfallen"),
    "newcomer": Text(en="new then, so there is none", de="damals noch nicht dabei, also keiner"),
    "no-baseline": Text(en="nothing to compare with", de="kein Vergleichswert"),
    "no-target": Text(en="no target agreed", de="kein Ziel vereinbart"),
    "least-missed": Text(en="a part misses its least", de="ein Teil verfehlt sein Mindestmaß"),
    "settled-before": Text(en="as settled before", de="wie schon abgerechnet"),
    "frozen": Text(en="stays as settled", de="bleibt wie abgerechnet"),
    "no-member": Text(
        en="the partner belonged to no alliance that counts here on that day",
        de="der Partner gehörte an diesem Tag zu keiner Allianz, die hier zählt",
    ),
}


def reason_text(code: str) -> Text:
    """What a reason or a note means; the code itself where it is a new one."""
    return REASON_TEXTS.get(code) or NOTE_TEXTS.get(code) or Text(en=code, de=code)
