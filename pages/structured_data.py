"""schema.org data about a topic, for search engines."""

from django.conf import settings
from django.utils import timezone

from pages.names import said
from pages.templatetags.typography import typography_plain
from professionals.structured_data import as_json_ld


def description_of(page):
    """What a topic says of itself where there is room for one sentence."""
    return typography_plain(page.search_description or page.key_message)


def topic_structured_data(page, url, picture, stages, sign_offs):
    """A topic as `MedicalWebPage`, with its `Article` as main entity.

    `picture`: the absolute address of its picture or None. Reviewers and dates
    come from the signatures alone.
    """
    publisher = {"@type": "Organization", "name": settings.WAGTAIL_SITE_NAME}
    article = {
        "@type": "Article",
        "headline": typography_plain(page.title),
        "description": description_of(page),
        "inLanguage": page.locale.language_code,
        "isAccessibleForFree": True,
        "publisher": publisher,
        "mainEntityOfPage": url,
    }
    if page.first_published_at:
        article["datePublished"] = page.first_published_at.isoformat()
        article["dateModified"] = page.last_published_at.isoformat()
    if picture:
        article["image"] = picture
    data = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": typography_plain(page.title),
        "description": description_of(page),
        "inLanguage": page.locale.language_code,
        "audience": {
            "@type": "PeopleAudience",
            "audienceType": "Parents",
            "name": ", ".join(typography_plain(said(stage, "name")[0]) for stage in stages),
        },
        "mainEntity": article,
    }
    if sign_offs:
        data["reviewedBy"] = [
            {
                "@type": "Person",
                "name": sign_off.signatory_name,
                "jobTitle": sign_off.profession,
            }
            for sign_off in sign_offs
        ]
        data["lastReviewed"] = timezone.localdate(
            max(sign_off.signed_at for sign_off in sign_offs)
        ).isoformat()
    return as_json_ld(data)
