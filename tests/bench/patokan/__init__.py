"""The yardstick: a bare Django program that answers a signed-in user with one template of 50 rows.

Sessions and auth middleware only; three statements a page: session, user, rows.
"""
