"""What exists in the local AWS: every live resource, and what AWS itself keeps for a while after its deletion."""

from .inventory import Inventory, Resource, take_inventory

__all__ = ["Inventory", "Resource", "take_inventory"]
