"""Stages as sets of possible values: TNM, UICC groups, other systems, and what they say of the extent.

More facts make a set smaller, never another. A question is MET when every possible value is asked, NOT_MET when none
is, else UNKNOWN.
"""

from rules.staging.extent import ALL_EXTENTS, extent_of
from rules.staging.groups import (
    ALL_GROUPS,
    GroupMention,
    expand_range,
    find_groups,
    judge_group,
    meet_groups,
    parse_group,
)
from rules.staging.systems import (
    StageMention,
    StageValue,
    find_stages,
    groups_of_values,
    judge_stage,
    read_stage,
    system_of,
)
from rules.staging.tnm import TNM_TREE, Tnm, TnmMention, find_tnm, judge_tnm, parse_tnm
from rules.staging.uicc import groups_of_m, groups_of_organs, groups_of_tnm, m_of_group

__all__ = [
    "ALL_EXTENTS",
    "ALL_GROUPS",
    "TNM_TREE",
    "GroupMention",
    "StageMention",
    "StageValue",
    "Tnm",
    "TnmMention",
    "expand_range",
    "extent_of",
    "find_groups",
    "find_stages",
    "find_tnm",
    "groups_of_m",
    "groups_of_organs",
    "groups_of_tnm",
    "groups_of_values",
    "judge_group",
    "judge_stage",
    "judge_tnm",
    "m_of_group",
    "meet_groups",
    "parse_group",
    "parse_tnm",
    "read_stage",
    "system_of",
]
