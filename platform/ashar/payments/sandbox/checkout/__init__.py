"""The page where somebody pays with a play card: cards, payment, texts and HTML."""
