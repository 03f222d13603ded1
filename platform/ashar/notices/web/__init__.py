"""Views, forms, addresses and templates."""
