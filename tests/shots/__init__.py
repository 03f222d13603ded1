"""Pictures of the main pages, as people see them."""
