"""The guide: the pages of `docs/` as the program has them with it, and which of them belongs to which screen."""
