"""In which section of a report does a fact stand?"""

from collections.abc import Mapping
from typing import Final

__all__ = ["TERMS", "TOPICS"]

TERMS: Final = ("governance", "obligations", "exit")  # what a member is bound to, and how it ends
TOPICS: Final[Mapping[str, tuple[str, ...]]] = {  # attributes of facts; the rest describe
    "direction": ("direction_at_joining", "direction_now", "constituency", "growth"),
    "ways": (
        "alternative_contacts",
        "alternative_forms",
        "other_contacts",
        "portfolio_without_both",
        "represented_in_uclg",
        "sought_after_partner",
    ),
    "asked": (
        "answers",
        "consultation_purpose",
        "consulted",
        "consulted_persons",
        "in_scope",
        "questions_along",
    ),
    "steps": (
        "commitment_needed",
        "contact_network",
        "monitoring_model",
        "more_networks_wanted",
        "own_network",
        "own_plans",
        "own_strategy",
        "political_commitment",
        "reporting_back",
        "spreading_results",
    ),
}
