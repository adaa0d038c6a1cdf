"""Public services that two people put on the list."""

from pages.models import PublicService

URL = "https://www.caf.fr/"


def service(coordinators, url=URL, name="Caf", **fields):
    """One that the first of the two ``coordinators`` proposed and the second confirmed."""
    proposer, other = coordinators
    made = PublicService(purpose="Les aides.", **{"owner": proposer, **fields})
    made.propose(proposer, name, url)
    made.confirm(other)
    return PublicService.objects.get(pk=made.pk)
