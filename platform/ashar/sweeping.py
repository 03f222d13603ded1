"""A cache of files that keeps nothing past its time: Django's own deletes a file only when somebody asks for it again."""

from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache


class SweptFiles(FileBasedCache):
    """Files that can be swept. Whoever keeps personal data here sweeps by the clock."""

    def sweep(self) -> int:
        """Delete the files whose time is over; return how many. What another process deletes meanwhile is left to it."""
        return sum(self._is_over(name) for name in self._list_cache_files())  # type: ignore[attr-defined]  # not in the stubs

    def _is_over(self, name: str) -> bool:
        try:
            with open(name, "rb") as file:  # noqa: PTH123 - as the class above opens them
                return bool(self._is_expired(file))  # type: ignore[attr-defined]  # likewise
        except FileNotFoundError:
            return False


def sweep(alias: str) -> int:
    """Take what is past its time out of the cache `alias`; return how much. Redis does so by itself."""
    cache = caches[alias]
    return cache.sweep() if isinstance(cache, SweptFiles) else 0
