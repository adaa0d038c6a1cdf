"""What the demo alone serves; config includes it only there."""

from django.urls import path

from . import views

urlpatterns = [path("courriers/", views.mails, name="demo_mails")]
