"""What an entry allows to be shown of it: the rules, for whatever holds its columns."""

from .choices import State
from .map import kilometres


class Consents:
    """Needs *state*, *is_natural_person*, *listing_agreed_at*, *details_agreed_at*, *latitude*
    and *overdue_since*, as Professional has them."""

    @property
    def is_public(self):
        """Whether everybody may see it."""
        return self.state == State.PUBLISHED and self.may_be_listed

    @property
    def may_be_listed(self):
        return not self.is_natural_person or self.listing_agreed_at is not None

    @property
    def shows_details(self):
        """Whether its telephone and exact address may be shown."""
        return not self.is_natural_person or self.details_agreed_at is not None

    @property
    def point_is_exact(self):
        """Whether it has a point of its own rather than its commune's."""
        return self.latitude is not None

    @property
    def is_overdue(self):
        """Whether it was not confirmed in time, and says so."""
        return self.overdue_since is not None

    @property
    def distance(self):
        """Kilometres to the Point of near(); None where it was not asked for."""
        chord = self.__dict__.get("chord")
        return None if chord is None else kilometres(chord)
