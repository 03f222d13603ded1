"""Search: Kyrgyz, Russian and English. Only this part may import `elasticsearch`; nothing is searched yet."""
