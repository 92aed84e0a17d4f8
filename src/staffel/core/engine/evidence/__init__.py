"""Evidence: how a figure came about, as a tree from the amount through clause, measure and window to rows.

`language.md`, 4. Every figure in it is one that the plan made; here they are only added up and shared out.
"""

from staffel.core.engine.evidence.amounts import NothingAsked, explain
from staffel.core.engine.evidence.deciding import key_day_of, with_review
from staffel.core.engine.evidence.inquiry import NotKept
from staffel.core.engine.evidence.listing import explain_sql
from staffel.core.engine.evidence.node import Kind, Node, Owners, adds_up
from staffel.core.engine.evidence.payments import explain_payment
from staffel.core.engine.evidence.standing import NoLadder, explain_standing
from staffel.core.engine.evidence.viewers import Viewer, evidence_for

__all__ = [
    "Kind",
    "NoLadder",
    "Node",
    "NotKept",
    "NothingAsked",
    "Owners",
    "Viewer",
    "adds_up",
    "evidence_for",
    "explain",
    "explain_payment",
    "explain_sql",
    "explain_standing",
    "key_day_of",
    "with_review",
]
