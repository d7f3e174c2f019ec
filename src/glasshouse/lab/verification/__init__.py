"""Published models, implemented as they are, and what was published about them checked.

One file and one function a model; :func:`verify` checks them all. Each function takes the model's
inputs by name, with the published values by default, and gives what the model gives.
"""

from glasshouse.lab.verification.civil_violence import civil_violence
from glasshouse.lab.verification.dissent import dissent
from glasshouse.lab.verification.finding import Finding
from glasshouse.lab.verification.holme_newman import holme_newman
from glasshouse.lab.verification.image_scoring import image_scoring
from glasshouse.lab.verification.patterns import patterns
from glasshouse.lab.verification.recursion import recursion
from glasshouse.lab.verification.spiral_of_silence import spiral_of_silence
from glasshouse.lab.verification.suite import MODELS, Verification, verify
from glasshouse.lab.verification.thresholds import thresholds
from glasshouse.lab.verification.wei import wei

__all__ = [
    "MODELS",
    "Finding",
    "Verification",
    "civil_violence",
    "dissent",
    "holme_newman",
    "image_scoring",
    "patterns",
    "recursion",
    "spiral_of_silence",
    "thresholds",
    "verify",
    "wei",
]
