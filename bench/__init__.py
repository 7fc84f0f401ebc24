"""The runners that print every published figure, and the floors that they may not fall below (``python -m bench``)."""
