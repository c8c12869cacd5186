"""Whether the history can be trusted: what `vanort verify` looks at, and who may sign (docs/en/trust.md).

`facts` is what can be found of a commit, without a word of any language, so that it can be kept; `trailers`, `merges`,
`contents` find it, each a pure function; `verifying` goes through a history and `words` makes findings of it. `marks`
tells whether anything that was once seen has disappeared. `signers` is the committed file of who may sign, `signing` what
sets it up.
"""
