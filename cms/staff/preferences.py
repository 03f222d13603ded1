"""What a person sets for the rooms on Wagtail's own page, and what not: their language stands at their account."""

from wagtail.admin.forms.account import LocalePreferencesForm
from wagtail.admin.views.account import LocaleSettingsPanel
from wagtail.users.models import UserProfile


class TimeZoneForm(LocalePreferencesForm):
    """Wagtail's form without the language, which would be a second truth beside the account's."""

    preferred_language = None

    class Meta(LocalePreferencesForm.Meta):
        fields = ["current_time_zone"]


def leave_language_to_the_account() -> None:
    """Let Wagtail's pages and letters speak the account's language; Wagtail has neither a setting nor a hook for it."""
    LocaleSettingsPanel.form_class = TimeZoneForm
    UserProfile.get_preferred_language = language_of


def language_of(profile: UserProfile) -> str:
    """Return the language of the account that `profile` belongs to, whatever was once chosen at Wagtail."""
    spoken: str = profile.user.language
    return spoken
