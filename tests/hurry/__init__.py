"""The site with short waits: what the town's processes run, so that a test sees in seconds what else takes minutes."""
