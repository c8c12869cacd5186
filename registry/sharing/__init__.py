"""One registry, several people: what travels between their copies (DESIGN.md section 4)."""
