"""Reminders: what is due, who is told, and the messages that carry it."""
