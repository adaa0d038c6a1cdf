"""The smallest valid person, with any roles."""

import factory
from django.contrib.auth.models import Group

from accounts.models import User

PASSWORD = "un-long-mot-de-passe"


class UserFactory(factory.django.DjangoModelFactory):
    """A person who may log in with PASSWORD. *roles*: names of accounts.roles."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@exemple.invalid")
    display_name = factory.Sequence(lambda n: f"Camille Durand {n}")

    @classmethod
    def _create(cls, model_class, *args, password=PASSWORD, **fields):
        return model_class.objects.create_user(*args, password=password, **fields)

    @factory.post_generation
    def roles(self, create, names, **kwargs):
        if create and names:
            self.groups.set(Group.objects.filter(name__in=names))
