"""The demo: invented associations, projects and gifts, plainly marked as such, with honest books."""
