"""Evidence: how a figure came about, as a tree from the amount through clause, measure and window to the
rows.

`language.md`, 4. Every figure in it is one that the plan made; here they are only added up and shared out.
"""

from staffel.core.engine.evidence.amounts import NothingAsked, explain
from staffel.core.engine.evidence.inquiry import NotKept
from staffel.core.engine.evidence.node import Kind, Node, Owners, adds_up

__all__ = ["Kind", "Node", "NotKept", "NothingAsked", "Owners", "adds_up", "explain"]
