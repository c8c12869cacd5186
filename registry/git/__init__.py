"""The only package that runs Git and touches the data folder's files."""
