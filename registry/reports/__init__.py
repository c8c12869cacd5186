"""Reports: a document of the registry in any year and as of any day, for the board, the committee or an auditor.

What is put on paper is one model (`document`) that three renderers know: Markdown, HTML and Word. Which reports there
are stands in `reports_known`; each is a package with one function from snapshots to its data (`gathered`) and one
template from the data to a document (`laid_out`), and knows nothing of how it is drawn.
"""
