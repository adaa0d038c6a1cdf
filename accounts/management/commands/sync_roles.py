from django.core.management.base import BaseCommand

from accounts.roles import sync_roles


class Command(BaseCommand):
    help = "Make the role groups with exactly the permissions of the table in the code."

    def handle(self, *args, **options):
        sync_roles()
