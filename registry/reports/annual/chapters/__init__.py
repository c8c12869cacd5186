"""The chapters of the annual report: each takes what was gathered, and gives its part of the document."""
