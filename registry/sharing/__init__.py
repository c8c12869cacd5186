"""One registry, several people: what travels between their copies (DESIGN.md section 4).

`syncing` fetches, brings together and sends; `arriving` and `rewritten` judge what was fetched before anything moves;
`connecting`, `cloning` and `standing` are about where it is shared. `sides` tells how two commits stand to one another,
`joining` what comes of them together, and what only a person can decide (`meetings`, `choices`); `landing` makes it the
state of the branch and the folder. `settlement` is all that waits for a person at one moment; `wishes` when it is shared by
itself.
"""
