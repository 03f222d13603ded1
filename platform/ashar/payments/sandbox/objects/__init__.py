"""The nouns of the API, one module each: how the object looks and what may be done to it.

Objects are kept with ids in place of the objects they refer to; `ashar.payments.sandbox.expanding` unfolds them.
"""
