"""The services that tests can use beyond Python, in folders and on ports of their own under var/services.

`python3 -m tests.services install | start | status | stop | env`. Only the standard library: it runs before anything else.
"""
