"""The demo: a municipality that does not exist, with eight years of history that has not happened.

`content/*.toml` holds what is told of; `lifecycles`, `administration` and `past_…`, `present_…` say in which steps;
`teller` turns the steps into the same records, files and messages as real saves; `make` puts it all into a folder.
"""
