"""What is well with a registry, this copy of it and this computer, and what is not: `vanort doctor`.

`looking.py` has the list of all checks. Each looks and changes no record; that a registry cannot be opened is itself one
of the answers. What can be seen to from here says so (`Check.mend`).
"""
