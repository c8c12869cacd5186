"""What a new registry begins with: Torsby's policy and towns, a blank one, or a fictional demo with years of history."""
