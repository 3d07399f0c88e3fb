"""The keys of a screen, read from its bindings: the one definition behind footer, help and command palette."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen

HIDDEN_ACTIONS = frozenset({"command_palette", "app.command_palette", "quit"})
"""Those of every Textual app."""


@dataclass(frozen=True)
class DescribedKey:
    """Keys that do the same thing, and what that is."""

    keys: str
    description: str
    tooltip: str
    active: ActiveBinding

    @property
    def sentence(self) -> str:
        """What the palette says beside the command."""
        return f"{self.tooltip}  ({self.keys})" if self.tooltip else f"Key: {self.keys}"


def described_keys(screen: Screen[Any]) -> tuple[DescribedKey, ...]:
    """Every enabled key of `screen` with its focus that is worth telling, one entry for each action."""
    found: dict[tuple[int, str], list[ActiveBinding]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        told = binding.show or binding.tooltip or binding.action == "next"
        wanted = told and binding.action not in HIDDEN_ACTIONS
        if wanted and active.enabled and binding.description:
            found.setdefault((id(active.node), binding.action), []).append(active)
    app = screen.app
    return tuple(
        DescribedKey(
            " ".join(dict.fromkeys(app.get_key_display(active.binding) for active in actives)),
            actives[0].binding.description,
            actives[0].tooltip,
            actives[0],
        )
        for actives in found.values()
    )


class KeyCommands(Provider):
    """Offers in the command palette what the keys of the screen do."""

    def _commands(self) -> Iterator[tuple[DescribedKey, partial[Coroutine[object, object, bool]]]]:
        for key in described_keys(self.screen):
            yield key, partial(self.app.run_action, key.active.binding.action, key.active.node)

    async def discover(self) -> Hits:
        for key, run in self._commands():
            yield DiscoveryHit(key.description, run, help=key.sentence)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for key, run in self._commands():
            quality = matcher.match(key.description)
            if quality > 0:
                yield Hit(quality, matcher.highlight(key.description), run, help=key.sentence)
