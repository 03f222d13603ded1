"""Staff rooms: lists in the Wagtail menu where officers read and act, and administrators look after people.

Nothing here can change a journal or a gift, or change anybody but through a verb.
"""
