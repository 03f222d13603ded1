"""Template library of money."""
