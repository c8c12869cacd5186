"""What leaves and enters the registry as files: spreadsheets, CSV, JSON, calendars, lists of addresses, schemas.

Out: `layout` says which sheets there are, `cells` what a value looks like in one, `exporting` writes a file. In:
`tables` are what a file holds, `recognising` finds the columns, `proposals` makes edits of rows, `importing` judges
them and carries them out as one change.
"""
