"""Topics to go to straight away while one is still typing."""

from pages.models import TopicPage
from pages.topic_context import Step, topic_url

from .questions import understood
from .ranking import find

MOST = 5


def suggested_topics(text, language):
    """Up to five topics that answer `text`, whose last word may be a beginning, as Steps."""
    ids = find(understood(text, language, is_being_typed=True)).topic_ids[:MOST]
    topics = {topic.pk: topic for topic in TopicPage.objects.readable().filter(pk__in=ids)}
    return [Step(topics[pk].title, topic_url(topics[pk].url_path)) for pk in ids if pk in topics]
