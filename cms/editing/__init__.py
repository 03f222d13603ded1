"""How a page comes to be published: who may do what with it, and who reads it before."""
