"""What of the workgroups stands outside the admin."""

from django.urls import path

from .views.calendars import feed

urlpatterns = [path("agenda/<str:secret>.ics", feed, name="calendar_feed")]
