"""Who the words of an article name: states, offices, persons, organisations, groups."""

from dragoman.coding.actors.article import ArticleActors
from dragoman.coding.actors.resolver import Resolver

__all__ = ["ArticleActors", "Resolver"]
