"""Whole pages and dialogues."""
