"""Asking the processor for records before they are needed."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic, overload

LINE = 64


def prefetch(array: Any, place: int) -> None:
    """Ask for the cache line of an element; in plain Python there is nothing to ask."""


@intrinsic  # type: ignore[untyped-decorator]
def _prefetched(typing: Any, array: Any, place: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        held = context.make_array(signature.args[0])(context, builder, arguments[0])
        address = builder.bitcast(builder.gep(held.data, [arguments[1]]), ir.IntType(8).as_pointer())
        number = ir.IntType(32)
        kind = ir.FunctionType(
            ir.VoidType(), [ir.IntType(8).as_pointer(), number, number, number]
        )
        function = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        # For reading, to be kept in all caches, data.
        builder.call(function, [address, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(array, types.intp), generate


@overload(prefetch, inline="always")
def _compiled_prefetch(array: Any, place: Any) -> Any:
    def compiled(array: Any, place: Any) -> Any:
        _prefetched(array, place)

    return compiled


def ticks() -> int:
    """Ticks of the processor's clock."""
    raise NotImplementedError("only compiled loops read the processor's clock")


@intrinsic  # type: ignore[untyped-decorator]
def _ticks(typing: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(ir.IntType(64), [])
        function = cgutils.get_or_insert_function(
            builder.module, kind, "llvm.readcyclecounter"
        )
        return builder.call(function, [])

    return types.int64(), generate


@overload(ticks, inline="always")
def _compiled_ticks() -> Any:
    def compiled() -> Any:
        return _ticks()

    return compiled
