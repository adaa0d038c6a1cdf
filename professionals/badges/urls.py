"""Addresses of badges, per language."""

from django.urls import path, register_converter

from . import views


class Form:
    regex = "svg|png"

    def to_python(self, value):
        return value

    to_url = to_python


register_converter(Form, "badge_form")

urlpatterns = [
    path("verification/<str:text>/", views.verification, name="professional_verification"),
    path("verification/<str:text>/badge.<badge_form:form>", views.badge, name="professional_badge"),
]
