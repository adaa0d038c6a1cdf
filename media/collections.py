"""Collections that the code keeps by their name, in the root of all."""

from wagtail.models import Collection


def collection_named(name):
    """The Collection of that name, made where it is not there yet."""
    root = Collection.get_first_root_node()
    found = root.get_children().filter(name=name).first()
    return found or root.add_child(name=name)
