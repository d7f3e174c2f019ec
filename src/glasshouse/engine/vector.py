"""Whole numbers of 32 citizens as one value: what the processor adds or compares in a step or two.

Only compiled loops know it. ``read_lanes(array, place)`` takes 32 numbers in a row, whatever their
width, as 32 numbers of 32 bits; ``write_lanes`` puts them back. In between, ``+ - * & |`` work lane
by lane, ``shifted`` moves bits down, and ``where_at_least`` and ``where_at_most`` keep the lanes
that compare so and make the others 0. Loops of plain numbers would say the same, but a compiler
that cannot prove that their arrays lie apart does them one by one.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import types
from numba.core.datamodel.models import PrimitiveModel
from numba.core.extending import lower_builtin, type_callable
from numba.extending import intrinsic, register_model

from glasshouse.society.record import LANES

NUMBER = ir.IntType(32)
VECTOR = ir.VectorType(NUMBER, LANES)
FEW = 4

# What is made of them is of no type that Python knows.
_one_step: Callable[[Any], Any] = intrinsic


class LanesType(types.Type):
    """Type of 32 whole numbers of 32 bits."""

    def __init__(self) -> None:
        super().__init__("Lanes")


lanes_type = LanesType()


@register_model(LanesType)
class _LanesModel(PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, VECTOR)  # type: ignore[no-untyped-call]


def _spread(builder: Any, number: Any) -> Any:
    """One number in every lane."""
    narrow = number
    if number.type.width > NUMBER.width:
        narrow = builder.trunc(number, NUMBER)
    elif number.type.width < NUMBER.width:
        narrow = builder.sext(number, NUMBER)
    first = builder.insert_element(ir.Constant(VECTOR, ir.Undefined), narrow, NUMBER(0))
    return builder.shuffle_vector(
        first, ir.Constant(VECTOR, ir.Undefined), ir.Constant(VECTOR, [0] * LANES)
    )


def _add_operator(sign: Callable[..., Any], name: str) -> None:
    @type_callable(sign)
    def typed(context: Any) -> Any:
        def typer(left: Any, right: Any) -> Any:
            if isinstance(left, LanesType) and isinstance(right, LanesType | types.Integer):
                return lanes_type
            return None

        return typer

    def lowered(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        left, right = arguments
        if not isinstance(signature.args[1], LanesType):
            right = _spread(builder, right)
        return getattr(builder, name)(left, right)

    for right in (LanesType, types.Integer):
        lower_builtin(sign, LanesType, right)(lowered)


for _sign, _name in (
    (operator.add, "add"),
    (operator.sub, "sub"),
    (operator.mul, "mul"),
    (operator.and_, "and_"),
    (operator.or_, "or_"),
):
    _add_operator(_sign, _name)


def _place(context: Any, builder: Any, kind: Any, array: Any, place: Any) -> Any:
    held = context.make_array(kind)(context, builder, array)
    element = context.get_data_type(kind.dtype)
    vector = ir.VectorType(element, LANES).as_pointer()
    return builder.bitcast(builder.gep(held.data, [place]), vector), element.width // 8


@_one_step
def read_lanes(typing: Any, array: Any, place: Any) -> Any:
    """32 numbers in a row, from a place of an array on."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = signature.args[0]
        address, size = _place(context, builder, kind, *arguments)
        numbers = builder.load(address, align=size)
        if size * 8 < NUMBER.width:
            return (builder.sext if kind.dtype.signed else builder.zext)(numbers, VECTOR)
        return numbers

    return lanes_type(array, types.intp), generate


@_one_step
def write_lanes(typing: Any, array: Any, place: Any, lanes: Any) -> Any:
    """Put 32 numbers into an array, from a place on."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        address, size = _place(context, builder, signature.args[0], *arguments[:2])
        numbers = arguments[2]
        if size * 8 < NUMBER.width:
            numbers = builder.trunc(numbers, ir.VectorType(ir.IntType(size * 8), LANES))
        builder.store(numbers, address, align=size)
        return context.get_dummy_value()

    return types.void(array, types.intp, lanes), generate


def _shifting(up: bool) -> Callable[..., Any]:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        bits = _spread(builder, arguments[1])
        return (builder.shl if up else builder.lshr)(arguments[0], bits)

    return generate


@_one_step
def shifted(typing: Any, lanes: Any, bits: Any) -> Any:
    """All lanes moved down by so many bits, 0 to 31, zeros coming in."""
    return lanes(lanes, bits), _shifting(up=False)


@_one_step
def raised(typing: Any, lanes: Any, bits: Any) -> Any:
    """All lanes moved up by so many bits, 0 to 31."""
    return lanes(lanes, bits), _shifting(up=True)


def _keeping(sign: str) -> Callable[..., Any]:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        bound = _spread(builder, arguments[2])
        kept = builder.icmp_signed(sign, arguments[1], bound)
        return builder.select(kept, arguments[0], ir.Constant(VECTOR, [0] * LANES))

    return generate


@_one_step
def where_at_least(typing: Any, lanes: Any, compared: Any, least: Any) -> Any:
    """The lanes where ``compared`` is ``least`` or more; 0 elsewhere."""
    return lanes(lanes, compared, least), _keeping(">=")


@_one_step
def where_at_most(typing: Any, lanes: Any, compared: Any, most: Any) -> Any:
    """The lanes where ``compared`` is ``most`` or less; 0 elsewhere."""
    return lanes(lanes, compared, most), _keeping("<=")


@_one_step
def no_lanes(typing: Any) -> Any:
    """Zeros in every lane."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return ir.Constant(VECTOR, [0] * LANES)

    return lanes_type(), generate


def address_of(context: Any, builder: Any, kind: Any, array: Any, place: Any, width: int) -> Any:
    """Address of so many elements of an array, from a place on, and the type of one."""
    held = context.make_array(kind)(context, builder, array)
    element = context.get_data_type(kind.dtype)
    vector = ir.VectorType(element, width)
    return builder.bitcast(builder.gep(held.data, [place]), vector.as_pointer()), element


@_one_step
def write_few(typing: Any, array: Any, place: Any, first: Any, step: Any) -> Any:
    """Write ``first``, ``first + step``, ... into four places of an array."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = signature.args[0]
        address, element = address_of(context, builder, kind, arguments[0], arguments[1], FEW)
        vector = ir.VectorType(element, FEW)
        numbers: Any = ir.Constant(vector, ir.Undefined)
        value = arguments[2]
        add = builder.fadd if isinstance(kind.dtype, types.Float) else builder.add
        for lane in range(FEW):
            numbers = builder.insert_element(numbers, value, ir.IntType(32)(lane))
            value = add(value, arguments[3])
        builder.store(numbers, address, align=element_size(context, kind))
        return context.get_dummy_value()

    return types.void(array, types.intp, array.dtype, array.dtype), generate


def element_size(context: Any, kind: Any) -> int:
    """Bytes of an element of an array."""
    return int(context.get_abi_sizeof(context.get_data_type(kind.dtype)))


@_one_step
def spread_few(typing: Any, array: Any, place: Any, value: Any) -> Any:
    """Write one number into four places of an array."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = signature.args[0]
        address, element = address_of(context, builder, kind, arguments[0], arguments[1], FEW)
        undefined = ir.Constant(ir.VectorType(element, FEW), ir.Undefined)
        first = builder.insert_element(undefined, arguments[2], NUMBER(0))
        zeros = ir.Constant(ir.VectorType(NUMBER, FEW), [0] * FEW)
        numbers = builder.shuffle_vector(first, undefined, zeros)
        builder.store(numbers, address, align=element_size(context, kind))
        return context.get_dummy_value()

    return types.void(array, types.intp, array.dtype), generate
