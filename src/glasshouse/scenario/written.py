"""The parts that everything a user writes down is made of: strict numbers and frozen models."""

from __future__ import annotations

import operator
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Strict, ValidationError
from pydantic_core import PydanticCustomError

from glasshouse.scenario.explaining import explained


def _whole(value: Any) -> Any:
    """Take 1e5 for 100000: people write large whole numbers so; never take 0.5, true or text."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, bool | int | float) and hasattr(value, "__index__"):
        return operator.index(value)
    return value


Number = Annotated[float, Strict()]
Whole = Annotated[int, Strict()]
AsWhole = BeforeValidator(_whole)
Flag = Annotated[bool, Strict()]
Text = Annotated[str, Strict()]


class Written(BaseModel):
    """A frozen model of something a user writes; unknown names and wrong values are BadInput."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        use_attribute_docstrings=True,
    )

    def __init__(self, **data: Any) -> None:
        try:
            super().__init__(**data)
        except ValidationError as error:
            raise explained(error, type(self)) from None

    # Only a direct call comes here: nested models are validated by Pydantic itself, which so
    # collects all faults of the whole before they are explained.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]


def broken_rule(field: str, found: str, allowed: str, nearest: str = "") -> PydanticCustomError:
    """Return the error of a rule between fields, naming the field that breaks it."""
    said = {"field": field, "found": found, "allowed": allowed, "nearest": nearest}
    return PydanticCustomError("rule", "{field}", said)
