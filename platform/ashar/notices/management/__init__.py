"""Management of this part from the command line."""
