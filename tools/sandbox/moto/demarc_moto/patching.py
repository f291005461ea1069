"""How a patch replaces a piece of moto, and the list of those that did."""

import functools
import inspect
from collections.abc import Callable
from typing import Any, NamedTuple


class Patch(NamedTuple):
    """One replaced or added attribute of moto."""

    name: str
    """Name of the patching function; the tests name the gap by it."""
    target: str
    """What is patched, as `module.Class.attribute`."""
    reason: str
    """The patching function's docstring: what moto does, what AWS does."""


applied: list[Patch] = []


def _record(patch: Callable[..., Any], owner: type, name: str) -> None:
    if not patch.__doc__:
        raise TypeError(f"patch {patch.__name__} gives no reason: write a docstring")
    applied.append(Patch(patch.__name__, f"{owner.__module__}.{owner.__qualname__}.{name}", patch.__doc__))


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
        _record(patch, owner, name)
        return patch

    return decorate


def wrap_property(owner: type, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Like `wrap`, for a read-only property: the decorated function gets the original getter and the instance."""
    original = getattr(owner, name).fget

    def decorate(patch: Callable[..., Any]) -> Callable[..., Any]:
        setattr(owner, name, property(lambda self: patch(original, self)))
        _record(patch, owner, name)
        return patch

    return decorate


def add(owner: type, name: str) -> Callable[[Any], Any]:
    """Add the decorated function (or a property around it) to `owner`, which must not have `name` yet.

    TypeError when moto has it by now: the patch is then to be reviewed, and most likely dropped.
    """
    if hasattr(owner, name):
        raise TypeError(f"{owner.__module__}.{owner.__qualname__} has {name} by now: review the patch that adds it")

    def decorate(addition: Any) -> Any:
        setattr(owner, name, addition)
        _record(addition.fget if isinstance(addition, property) else addition, owner, name)
        return addition

    return decorate
