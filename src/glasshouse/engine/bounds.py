"""Draws against bounds, and what is turned from rows into columns, as the processor does it best.

Only compiled loops know these.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from glasshouse.chance.streams import FIRST, GOLDEN, MASK, SECOND
from glasshouse.engine.vector import NUMBER, address_of, element_size
from glasshouse.society.record import LANES

_one_step: Callable[[Any], Any] = intrinsic
_with_literals: Callable[[Any], Any] = intrinsic(prefer_literal=True)


def _counting(sign: str, width: int) -> Callable[..., Any]:
    """Compare a draw with so many bounds in a row, and count where it compares so."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = signature.args[1]
        address, _ = address_of(context, builder, kind, arguments[1], arguments[2], width)
        bounds = builder.load(address, align=element_size(context, kind))
        undefined = ir.Constant(ir.VectorType(NUMBER, width), ir.Undefined)
        first = builder.insert_element(undefined, arguments[0], NUMBER(0))
        zeros = ir.Constant(ir.VectorType(NUMBER, width), [0] * width)
        draws = builder.shuffle_vector(first, undefined, zeros)
        over = builder.icmp_unsigned(sign, draws, bounds)
        bits = builder.zext(builder.bitcast(over, ir.IntType(width)), NUMBER)
        return builder.zext(builder.ctpop(bits), ir.IntType(64))

    return generate


@_with_literals
def exceeded(typing: Any, draw: Any, limits: Any, first: Any, places: Any) -> Any:
    """How many of 4, 8 or 16 limits in a row a draw of 32 bits exceeds."""
    if not isinstance(places, types.IntegerLiteral):
        return None
    signature = types.int64(types.uint32, limits, types.intp, places)
    return signature, _counting(">", places.literal_value)


@_with_literals
def reached(typing: Any, draw: Any, ends: Any, first: Any, places: Any) -> Any:
    """How many of 4, 8 or 16 ends of places in a row a draw of 31 bits has reached."""
    if not isinstance(places, types.IntegerLiteral):
        return None
    signature = types.int64(types.uint32, ends, types.intp, places)
    return signature, _counting(">=", places.literal_value)


@_one_step
def turn_rows(typing: Any, rows: Any, start: Any, columns: Any, to: Any) -> Any:
    """Sixteen rows of 32 numbers of 32 bits become 32 rows of sixteen."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        vector = ir.VectorType(NUMBER, 16)
        for half in (0, 16):
            held = []
            for row in range(16):
                at = builder.add(arguments[1], ir.Constant(arguments[1].type, row * LANES + half))
                address, _ = address_of(context, builder, rows, arguments[0], at, 16)
                held.append(builder.load(address, align=4))
            for apart in (8, 4, 2, 1):
                for row in range(16):
                    if row & apart:
                        continue
                    upper, lower = held[row], held[row + apart]
                    kept = [n if not n & apart else 16 + n - apart for n in range(16)]
                    moved = [n + apart if not n & apart else 16 + n for n in range(16)]
                    for place, mask in ((row, kept), (row + apart, moved)):
                        order = ir.Constant(vector, mask)
                        held[place] = builder.shuffle_vector(upper, lower, order)
            for row in range(16):
                at = builder.add(arguments[3], ir.Constant(arguments[3].type, (half + row) * 16))
                address, _ = address_of(context, builder, columns, arguments[2], at, 16)
                builder.store(held[row], address, align=4)
        return context.get_dummy_value()

    return types.void(rows, types.intp, columns, types.intp), generate


@_one_step
def write_keys_twice(typing: Any, keys: Any, place: Any, first: Any) -> Any:
    """Write eight keys that follow each other, mixed, and the same again behind them.

    ``first`` is the first of them not yet mixed: see :func:`glasshouse.chance.streams.stepped`.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind, at = signature.args[0], arguments[1]
        vector = ir.VectorType(ir.IntType(64), 8)

        def all_lanes(number: int) -> Any:
            return ir.Constant(vector, [number] * 8)

        undefined = ir.Constant(vector, ir.Undefined)
        start = builder.insert_element(undefined, arguments[2], NUMBER(0))
        zeros = ir.Constant(ir.VectorType(NUMBER, 8), [0] * 8)
        x = builder.shuffle_vector(start, undefined, zeros)
        x = builder.add(x, ir.Constant(vector, [GOLDEN * lane & MASK for lane in range(8)]))
        for bits, factor in ((30, FIRST), (27, SECOND)):
            x = builder.mul(builder.xor(x, builder.lshr(x, all_lanes(bits))), all_lanes(factor))
        x = builder.xor(x, builder.lshr(x, all_lanes(31)))
        for behind in (0, 8):
            to = builder.add(at, ir.Constant(at.type, behind))
            address, _ = address_of(context, builder, kind, arguments[0], to, 8)
            builder.store(x, address, align=8)
        return context.get_dummy_value()

    return types.void(keys, types.intp, types.uint64), generate
