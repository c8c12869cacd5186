"""The policy at work: a snapshot and a day in, findings out, each citing its clause (POLICY.md).

`judge` says what the policy says of a registry or of some of its records, `weigh` what a change introduces, `is_past`
whether a violation may be recorded as a breach. `stages` has the gates, `money` the sums, `committee` who meets,
`priorities` the order of lists, `attention` what waits for somebody. Pure throughout: no Git, no files, no clock.
"""

from __future__ import annotations

from registry.policy.clauses import CLAUSES, Clause
from registry.policy.judging import Weighed, judge, reach, weigh
from registry.policy.past import is_past
from registry.policy.terms import Terms

__all__ = ["CLAUSES", "Clause", "Terms", "Weighed", "is_past", "judge", "reach", "weigh"]
