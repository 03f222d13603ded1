"""What strangers try: bad text, bad requests, other people's addresses, fields nobody asked for, names that must not leak."""
