"""The processor's own clock, for telling how long a stage takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

_one_step: Callable[[Any], Any] = intrinsic


@_one_step
def ticks(typing: Any) -> Any:
    """Ticks of the processor's clock; only compiled loops can read it."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(ir.IntType(64), [])
        function = cgutils.get_or_insert_function(builder.module, kind, "llvm.readcyclecounter")
        return builder.call(function, [])

    return types.int64(), generate
