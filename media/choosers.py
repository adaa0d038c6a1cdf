"""What Wagtail's picture chooser tells of a picture that has been chosen or uploaded there."""

from wagtail.images.views import chooser


class SaysWhetherItDecorates:
    """Adds what the place takes as a proposal, besides the alternative text: see
    site/static/js/propose-alt-text.js."""

    def get_chosen_response_data(self, image, *args, **kwargs):
        told = super().get_chosen_response_data(image, *args, **kwargs)
        return told | {"is_decorative": image.is_decorative}


class ChosenView(SaysWhetherItDecorates, chooser.ImageChosenView):
    pass


class UploadView(SaysWhetherItDecorates, chooser.ImageUploadView):
    pass


def tell_what_is_proposed():
    """Called once, when the hooks load."""
    chooser.viewset.chosen_view_class = ChosenView
    chooser.viewset.create_view_class = UploadView
