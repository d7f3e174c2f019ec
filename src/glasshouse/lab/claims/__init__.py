"""The claims made about such systems, each as an experiment that ends in a number.

``files/`` holds a claim a file: what is said, what is read off which lives, how an effect follows,
and the smallest one that would matter, written down before anything is lived. ``arms.yaml`` names
the lives, ``assumptions.yaml`` what is uncertain about people and is drawn anew in each draw.
:mod:`.claim` reads them, :mod:`.effects` works effects out, :mod:`.verdict` says what follows, and
:mod:`.testing` does all of it.
"""
