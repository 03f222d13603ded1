"""What the tests that commit leave behind: all that stood before the first of them, whatever Django forgot meanwhile."""

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import GroupApprovalTask, Page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(2))
def test_the_rows_come_back_even_when_content_types_were_forgotten(turn):
    assert Page.objects.filter(depth=1).exists()
    assert GroupApprovalTask.objects.exists()
    Page.objects.all().delete()
    ContentType.objects.clear_cache()
