"""The addresses of a topic, answered without walking down the page tree."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import views as wagtail_views

from accounts.limits import cache
from accounts.public_forms import form_without_cookie
from media.serving import PUBLIC, send
from pages import opinions
from pages.models import TopicPage
from pages.opinions import OpinionForm, Taken
from pages.pictures import absolute_picture_url
from pages.publishing import make_social_picture
from pages.social_pictures import path_of
from pages.topic_context import topic_url
from pages.versions import with_versions


def with_its_page(topics):
    """Add what the page of a topic needs to a QuerySet of TopicPages, to the same query: what
    its text does, its other languages, and what editors chose to be read after it."""
    return with_its_text(with_versions(topics)).with_source_choices()


def with_its_text(topics):
    """Likewise, what pages.topic_context.text_context needs: its theme, its other version and
    recording, its record and group."""
    return (
        topics.with_theme()
        .with_other_version()
        .select_related("locale", "recording", "editorial_record__workgroup")
    )


def live_topic(language, theme_slug, topic_slug):
    """The TopicPage at that address that everybody may read, with what its page needs, or None.
    One query."""
    topics = TopicPage.objects.readable().filter(
        depth=4,
        slug=topic_slug,
        locale__language_code=language,
        url_path__endswith=f"/{theme_slug}/{topic_slug}/",
    )
    return with_its_page(topics).first()


def topic(request, theme_slug, topic_slug):
    """Serve a topic; whatever else stands at this address goes to Wagtail.

    Wagtail's own way costs one query per level of the tree and a few more; a
    topic is read on old phones and bad lines, so it takes the short one.
    """
    page = live_topic(request.LANGUAGE_CODE, theme_slug, topic_slug)
    if page is None:
        return wagtail_views.serve(request, f"{theme_slug}/{topic_slug}/")
    return page.serve(request)


# How long nobody else asks for a picture that is being made, in seconds.
BEING_MADE = 10 * 60


@require_safe
def social_picture(request, theme_slug, topic_slug, version):
    """The picture that a link to the topic shows; whatever the `version` in its address,
    that of now. It is made at publication: where it lacks all the same, it is asked for,
    and the illustration takes its place meanwhile."""
    topic = live_topic(request.LANGUAGE_CODE, theme_slug, topic_slug)
    if topic is None:
        raise Http404
    path = path_of(topic)
    response = send(request, path, PUBLIC)
    if response.status_code == 404 and cache.add(f"social-picture:{path}", True, BEING_MADE):
        make_social_picture.enqueue(topic.pk)
        response = send(request, path, PUBLIC)
    if response.status_code != 404:
        return response
    illustration = absolute_picture_url(topic.lead_illustration, request.build_absolute_uri())
    if illustration is None:
        raise Http404
    return redirect(illustration)


@form_without_cookie
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request, theme_slug, topic_slug):
    """“Was this useful?”: takes an answer about a live topic; by itself, a page with the
    question (and, after an answer, with thanks)."""
    page = live_topic(request.LANGUAGE_CODE, theme_slug, topic_slug)
    if page is None:
        raise Http404
    here = reverse("topic_opinion", args=[theme_slug, topic_slug])
    form = OpinionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        taken = opinions.take(page, request=request, **form.cleaned_data)
        # Loading the page anew, or going back, sends nothing again.
        return HttpResponseRedirect(f"{here}?{taken.value}", status=303)
    said = next((taken.value for taken in Taken if taken.value in request.GET), None)
    context = {
        "page": page,
        "topic_url": topic_url(page.url_path),
        "opinion_url": here,
        "form": form,
        "said": None if form.is_bound else said,
    }
    return render(request, "pages/opinion.html", context)
