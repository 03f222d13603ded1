"""News for feed readers, and the picture that a link to an article shows."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views import View

from ashar import language
from ashar.web import cards, feeds, pictures
from ashar.web.feeds import Channel, Item
from cms.found.pages import path_of
from cms.pages import news
from cms.pages.news import ArticlePage


class NewsFeed(feeds.Source):
    """Every article once, in the reader's language or the next best it exists in."""

    def channel(self) -> Channel:
        """Return the newest ones; pinning is for the list alone."""
        code = language.current()
        items = [
            _item(article, code)
            for article in news.newest(code).filter(first_published_at__isnull=False)[: feeds.ITEMS]
        ]
        return Channel(_("News"), _("What happened, and who says so."), news.path_of_list(code), items)


class ArticlePictureView(View):
    """An article's title and day, in the language of the address."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """Answer with the picture; of a draft nobody has heard."""
        article = news.newest(language.current()).filter(slug=slug).first()
        if article is None:
            raise Http404
        day = date_format(localtime(article.first_published_at)) if article.first_published_at else ""
        return pictures.answer(request, cards.Card(site=_("Ashar"), title=article.title, place=day, tag=_("News")))


def _item(article: ArticlePage, code: str) -> Item:
    return Item(
        name=f"ashar/news/{article.translation_key}",
        title=article.title,
        paragraphs=[article.lead],
        path=path_of(code, article.url_path),
        at=article.first_published_at,
    )
