"""Page types: content fields, a foreign key to the domain row they show, and `get_context`. No business here."""
