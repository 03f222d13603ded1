"""How a page comes to be published: who may do what with it, who reads it before, and when it goes live."""
