from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from professionals.listing import keep_all
from professionals.models import MapCell, PublicPoint


class Command(BaseCommand):
    help = "Make what lists and the map know of the directory anew, from its entries."

    def handle(self, *args, **options):
        keep_all()
        self.stdout.write(
            _("%(entries)d public entries, %(cells)d cells.")
            % {"entries": PublicPoint.objects.count(), "cells": MapCell.objects.count()}
        )
