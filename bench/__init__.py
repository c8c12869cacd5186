"""How fast it is: each figure beside its limit or peer, both sides from the same run. `python -m bench --help`."""
