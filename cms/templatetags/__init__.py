"""What templates of pages can call."""
