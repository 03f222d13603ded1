"""Invented facts with which the notices of the pages are previewed (`manage.py preview_notice`)."""

from typing import Any

SAMPLES: dict[str, dict[str, Any]] = {
    "translation_waits": {
        "title": "Крыша школы готова",
        "drafts": [
            {
                "title": "Крыша школы готова",
                "language": "Кыргызча",
                "href": "https://ashar.example/cms/pages/42/edit/",
            },
            {
                "title": "Офис «Ашар»",
                "language": "Кыргызча",
                "href": "https://ashar.example/cms/snippets/cms/contact/edit/7/",
            },
        ],
    }
}
