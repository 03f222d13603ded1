"""The Django app `cms`."""

from django.apps import AppConfig


class CmsConfig(AppConfig):
    """`cms`."""

    name = "cms"
    label = "cms"

    def ready(self) -> None:
        """Forget kept pages whenever something is published, withdrawn, moved or posted, or a row changes that they show.

        A picture that is kept, and a page that is published, ask for what the page shows of its pictures. A page that is
        published is no more said to have a broken link that stands there no more. An event that is published or
        withdrawn tells those who keep its places. Who works here finds the rooms at home.
        """
        from django.db.models.signals import post_delete, post_save  # noqa: PLC0415 - apps must be ready
        from wagtail.images import get_image_model  # noqa: PLC0415 - likewise
        from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move  # noqa: PLC0415 - likewise

        from ashar.accounts import home  # noqa: PLC0415 - likewise
        from ashar.ledger import signals  # noqa: PLC0415 - likewise
        from cms import as_typed, page_cache, renditions, shown, waiting  # noqa: PLC0415 - likewise
        from cms.links import looking  # noqa: PLC0415 - likewise
        from cms.pages import events  # noqa: PLC0415 - likewise

        self._look_after_translations()
        as_typed.let_drafts_keep_it()
        home.add("rooms", waiting.rooms, order=10)

        for signal in (page_published, page_unpublished, page_slug_changed, post_page_move, signals.posted):
            signal.connect(page_cache.forget, dispatch_uid="cms.page_cache")
        post_save.connect(renditions.picture_was_kept, sender=get_image_model(), dispatch_uid="cms.renditions")
        page_published.connect(events.was_published, sender=events.EventPage, dispatch_uid="cms.events")
        page_unpublished.connect(events.was_withdrawn, sender=events.EventPage, dispatch_uid="cms.events")
        page_published.connect(renditions.page_was_published, dispatch_uid="cms.renditions")
        page_published.connect(looking.page_was_published, dispatch_uid="cms.links")
        for signal in (post_save, post_delete):
            signal.connect(shown.was_written, dispatch_uid="cms.shown")

    def _look_after_translations(self) -> None:
        """Look at each translated text before it is kept; a translation is its author's no more, and follows its source.

        Of a page on its way nobody gets two letters.
        """
        from django.db.models.signals import pre_save  # noqa: PLC0415 - apps must be ready
        from wagtail.signals import copy_for_translation_done, published  # noqa: PLC0415 - likewise
        from wagtail_localize.models import StringTranslation  # noqa: PLC0415 - likewise

        from cms.editing import follow, review, strings  # noqa: PLC0415 - likewise

        pre_save.connect(strings.is_written, sender=StringTranslation, dispatch_uid="cms.editing.strings")
        copy_for_translation_done.connect(follow.was_made, dispatch_uid="cms.editing.follow")
        published.connect(follow.was_published, dispatch_uid="cms.editing.follow")
        review.let_steps_alone_write()
        strings.let_what_is_absent_be_nothing()
