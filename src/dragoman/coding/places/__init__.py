"""Where events take place, and which country a place is in."""

from dragoman.coding.places.events import Places

__all__ = ["Places"]
