"""The commands, one module each: `make(summary)` builds the command, `run` carries it out."""
