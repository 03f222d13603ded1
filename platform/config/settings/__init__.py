"""Settings: `environment` reads what the host says, `site` turns it into Django's settings, `test` bends them for tests."""
