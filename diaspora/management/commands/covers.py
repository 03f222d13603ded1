"""Lay beside the cover of each project the copies that pages name."""

from functools import partial

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from PIL import Image

from diaspora import covers
from diaspora.models import Project


class Command(BaseCommand):
    """`manage.py covers`: once after covers came into media by hand. What is whole is left alone."""

    help = "Make the sizes and formats of projects' pictures that are missing in media."

    def handle(self, **_: object) -> None:
        """Look at each cover in media; say which were made, and which have no picture to make them of."""
        kept = Project.objects.filter(cover__startswith=covers.MEDIA, cover__endswith=covers.KEPT_AS)
        for path in kept.order_by("cover").values_list("cover", flat=True).distinct():
            name = path.removeprefix(covers.MEDIA)
            if not default_storage.exists(name):
                self.stderr.write(f"{name}: there is no such picture in media")
            elif covers.lay(name, partial(_opened, name)):
                self.stdout.write(f"{name}: made")


def _opened(name: str) -> Image.Image:
    with default_storage.open(name) as file, Image.open(file) as picture:
        return picture.convert("RGB")
