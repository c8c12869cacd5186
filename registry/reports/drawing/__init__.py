"""A document drawn: as Markdown, as HTML, as Word, or as JSON for programs.

`formats` is the table of them. What they draw alike is worked out once: charts in `bars`, the widths of columns in
`widths`. All texts of a document pass through `plain_text`, and then through what the format escapes them with.
"""
