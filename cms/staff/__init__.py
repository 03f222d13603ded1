"""Staff rooms: lists in the Wagtail menu where officers read and act. Nothing here can change a journal or a gift."""
