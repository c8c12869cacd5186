"""What several reports say in the same way: fields, findings, changes."""
