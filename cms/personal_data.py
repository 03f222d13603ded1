"""Pages are written to be published; no data of applicants is ever kept in them."""

from ashar.privacy.classified import impersonal

impersonal("cms.HomePage", "lead")
impersonal("cms.ProjectIndexPage", "lead")
impersonal("cms.AssociationIndexPage", "lead")
impersonal("cms.ProjectPage", "note")
