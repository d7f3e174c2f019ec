"""What the processor does in one step and Python does not: counting bits, moving 32 numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic, overload
from numpy.typing import NDArray

from glasshouse.chance.rule import INLINED
from glasshouse.society.record import LANES

Number = Any
"""A whole number as compiled loops hand it on: of Python, or of so many bits."""

CACHE_LINE = 64
"""Bytes that come from memory together."""


_one_step: Callable[[Any], Any] = intrinsic


def count_ones(word: Number) -> Any:
    """Number of ones in a word.

    Examples
    --------
    >>> count_ones(0b1011)
    3
    """
    return int(word).bit_count()


def lowest_one(word: Number) -> Any:
    """Place of the lowest one in a word that has any.

    Examples
    --------
    >>> lowest_one(0b1000)
    3
    """
    return (int(word) & -int(word)).bit_length() - 1


def prefetch(array: Any, place: int) -> None:
    """Ask for the cache line of an element before it is needed; plain Python asks for nothing."""


def write_twice(source: NDArray[Any], place: int, target: NDArray[Any], to: int) -> None:
    """Copy 32 numbers in a row, and once more behind that: any 32 in a row are them turned round.

    Examples
    --------
    >>> import numpy as np
    >>> ring = np.zeros(64, int)
    >>> write_twice(np.arange(100), 10, ring, 0)
    >>> ring[31:34].tolist()
    [41, 10, 11]
    """
    target[to : to + LANES] = source[place : place + LANES]
    target[to + LANES : to + 2 * LANES] = source[place : place + LANES]


def bit_of_each(words: NDArray[np.uint32], place: int, bit: int) -> Any:
    """One bit of 32 words in a row, as a word: bit l is that of the l-th.

    Examples
    --------
    >>> bin(bit_of_each(np.arange(32, dtype=np.uint32), 0, 4))
    '0b11111111111111110000000000000000'
    """
    return sum((int(words[place + lane]) >> bit & 1) << lane for lane in range(LANES))


@_one_step
def _ones(typing: Any, word: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return word(word), generate


@_one_step
def _lowest(typing: Any, word: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return word(word), generate


@_one_step
def _asked_for(typing: Any, array: Any, place: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        held = context.make_array(signature.args[0])(context, builder, arguments[0])
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        address = builder.bitcast(builder.gep(held.data, [arguments[1]]), byte)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        function = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        # for reading, to be kept in all caches, data
        builder.call(function, [address, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(array, types.intp), generate


@_one_step
def _written_twice(typing: Any, source: Any, place: Any, target: Any, to: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        def lanes(number: int, first: Any) -> Any:
            kind = signature.args[number]
            data = context.make_array(kind)(context, builder, arguments[number]).data
            vector = ir.VectorType(context.get_data_type(kind.dtype), LANES).as_pointer()
            return builder.bitcast(builder.gep(data, [first]), vector)

        size = context.get_abi_sizeof(context.get_data_type(source.dtype))
        numbers = builder.load(lanes(0, arguments[1]), align=size)
        behind = builder.add(arguments[3], ir.Constant(arguments[3].type, LANES))
        for first in (arguments[3], behind):
            builder.store(numbers, lanes(2, first), align=size)
        return context.get_dummy_value()

    return types.void(source, types.intp, target, types.intp), generate


@_one_step
def _bit_of_each(typing: Any, words: Any, place: Any, bit: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        number = ir.IntType(32)
        vector = ir.VectorType(number, LANES)
        first = builder.bitcast(builder.gep(data, [arguments[1]]), vector.as_pointer())
        numbers = builder.load(first, align=4)
        # the bit is moved to where the sign is
        shift = builder.sub(number(31), builder.trunc(arguments[2], number))
        one = builder.insert_element(ir.Constant(vector, ir.Undefined), shift, number(0))
        shifts = builder.shuffle_vector(
            one, ir.Constant(vector, ir.Undefined), ir.Constant(vector, [0] * LANES)
        )
        negative = builder.icmp_signed(
            "<", builder.shl(numbers, shifts), ir.Constant(vector, [0] * LANES)
        )
        return builder.bitcast(negative, number)

    return types.uint32(words, types.intp, types.int64), generate


@overload(count_ones, jit_options=INLINED)
def _compiled_count_ones(word: Any) -> Any:
    def compiled(word: Any) -> Any:
        return _ones(word)

    return compiled


@overload(lowest_one, jit_options=INLINED)
def _compiled_lowest_one(word: Any) -> Any:
    def compiled(word: Any) -> Any:
        return _lowest(word)

    return compiled


@overload(prefetch, jit_options=INLINED)
def _compiled_prefetch(array: Any, place: Any) -> Any:
    def compiled(array: Any, place: Any) -> Any:
        _asked_for(array, place)

    return compiled


@overload(write_twice, jit_options=INLINED)
def _compiled_write_twice(source: Any, place: Any, target: Any, to: Any) -> Any:
    def compiled(source: Any, place: Any, target: Any, to: Any) -> Any:
        _written_twice(source, place, target, to)

    return compiled


@overload(bit_of_each, jit_options=INLINED)
def _compiled_bit_of_each(words: Any, place: Any, bit: Any) -> Any:
    def compiled(words: Any, place: Any, bit: Any) -> Any:
        return _bit_of_each(words, place, bit)

    return compiled
