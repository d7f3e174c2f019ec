"""Sums of readings, as a claim writes them: names, numbers, + - * / and brackets."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping

from glasshouse.scenario.faults import BadInput, nearest_word, shown

Reading = float | None
OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
ALLOWED = "names of readings, numbers, + - * / and brackets"
LONGEST = 500


class Sum:
    """A sum of readings.

    Parameters
    ----------
    text : str

    Raises
    ------
    BadInput
        For anything but names, numbers, the four operations and brackets.

    Examples
    --------
    >>> change = Sum("(there - here) / here")
    >>> sorted(change.names), change.of({"here": 2.0, "there": 3.0})
    (['here', 'there'], 0.5)
    >>> change.of({"here": 0.0, "there": 3.0}) is None, change.of({"here": None, "there": 1.0})
    (True, None)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        try:
            if len(text) > LONGEST:
                raise SyntaxError
            self._tree = ast.parse(text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise BadInput(field="effect", found=shown(text), allowed=ALLOWED) from None
        self.names: frozenset[str] = frozenset(self._checked(self._tree))

    def _checked(self, node: ast.expr) -> set[str]:
        if isinstance(node, ast.Name):
            return {node.id}
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            return set()
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return self._checked(node.operand)
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
            return self._checked(node.left) | self._checked(node.right)
        found = f"{ast.unparse(node)} in {shown(self.text)}"
        raise BadInput(field="effect", found=found, allowed=ALLOWED)

    def check_names(self, known: Mapping[str, object], field: str) -> None:
        """Refuse a name that stands for nothing.

        Raises
        ------
        BadInput
        """
        for name in sorted(self.names - set(known)):
            near = nearest_word(name, known)
            raise BadInput(field=field, found=name, allowed=", ".join(known), nearest=near)

    def of(self, readings: Mapping[str, Reading]) -> Reading:
        """The sum of some readings; None where one is unknown or something is divided by 0."""
        try:
            return self._value(self._tree, readings)
        except ZeroDivisionError:
            return None

    def _value(self, node: ast.expr, readings: Mapping[str, Reading]) -> Reading:
        if isinstance(node, ast.Name):
            return readings[node.id]
        if isinstance(node, ast.Constant):
            return float(node.value)  # type: ignore[arg-type]
        if isinstance(node, ast.UnaryOp):
            value = self._value(node.operand, readings)
            return None if value is None else -value
        assert isinstance(node, ast.BinOp)
        left, right = self._value(node.left, readings), self._value(node.right, readings)
        if left is None or right is None:
            return None
        return OPERATIONS[type(node.op)](left, right)
