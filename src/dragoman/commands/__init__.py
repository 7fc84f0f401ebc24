"""The commands of ``dragoman``, one module a topic, thin over the library; ``cli.py`` gathers them."""
