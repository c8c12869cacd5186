"""What forms are made of: the values being edited, the inputs for each type of value, and how they stand on the page."""
