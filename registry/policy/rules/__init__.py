"""The rules: one function a clause and kind of record, pure, from a case and a record to findings; grouped by theme.

What a gate asks for is a function of its own (``…_lacks``), because the card's checklist asks for it before the step.
"""
