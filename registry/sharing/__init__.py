"""One registry, several people: what travels between their copies (DESIGN.md section 4).

`sides` tells how two commits stand to one another, `joining` what comes of them together, and what only a person can
decide (`meetings`, `choices`); `landing` makes it the state of the branch and the folder.
"""
