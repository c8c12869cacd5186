"""Cards: a record as a page to read, its head written for each kind."""
