"""How a patch replaces a piece of moto, and the names of those that did."""

import functools
import inspect
from collections.abc import Callable
from typing import Any

applied: list[str] = []
"""Names of the patching functions; the tests name each gap by them."""


def _record(patch: Callable[..., Any]) -> None:
    if not patch.__doc__:
        raise TypeError(f"patch {patch.__name__} gives no reason: write a docstring")
    applied.append(patch.__name__)


def wrap(owner: type, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Put the decorated function in place of method `name` of `owner`.

    It is called with the original method first, then with the call's own arguments.
    AttributeError when moto no longer has that method.
    """
    original = getattr(owner, name)

    def decorate(patch: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def patched(*args: Any, **kwargs: Any) -> Any:
            return patch(original, *args, **kwargs)

        is_static = isinstance(inspect.getattr_static(owner, name), staticmethod)
        setattr(owner, name, staticmethod(patched) if is_static else patched)
        _record(patch)
        return patch

    return decorate


def wrap_property(owner: type, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Like `wrap`, for a read-only property: the decorated function gets the original getter and the instance."""
    original = getattr(owner, name).fget

    def decorate(patch: Callable[..., Any]) -> Callable[..., Any]:
        setattr(owner, name, property(lambda self: patch(original, self)))
        _record(patch)
        return patch

    return decorate


def add(owner: type, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the decorated function as a method to `owner`, which must not have `name` yet.

    TypeError when moto has it by now: the patch is then to be reviewed, and most likely dropped.
    """
    if hasattr(owner, name):
        raise TypeError(f"{owner.__module__}.{owner.__qualname__} has {name} by now: review the patch that adds it")

    def decorate(addition: Callable[..., Any]) -> Callable[..., Any]:
        setattr(owner, name, addition)
        _record(addition)
        return addition

    return decorate
