"""The two looks of the app: a dark studio with an amber lamp, and the same by daylight."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="mockloop",
    primary="#E3A857",
    secondary="#8FA7C4",
    accent="#E3A857",
    foreground="#E4E1DA",
    background="#14161A",
    surface="#1B1E24",
    panel="#262A32",
    success="#8FBF7F",
    warning="#E8C268",
    error="#EB6F6F",
    dark=True,
    variables={
        "block-cursor-background": "#3A3427",
        "block-cursor-foreground": "#F4EFE4",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#262A32",
        "block-cursor-blurred-foreground": "#E4E1DA",
        "border": "#E3A857",
        "border-blurred": "#3A404B",
        "footer-background": "#1B1E24",
        "footer-key-foreground": "#E3A857",
    },
)

LIGHT = Theme(
    name="mockloop-light",
    primary="#8A5A12",
    secondary="#44597A",
    accent="#8A5A12",
    foreground="#24262B",
    background="#F7F4EE",
    surface="#EFEAE0",
    panel="#E2DBCD",
    success="#2F6B28",
    warning="#8A6100",
    error="#B02A2A",
    dark=False,
    variables={
        "block-cursor-background": "#E6D3AE",
        "block-cursor-foreground": "#1B1C20",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": "#E2DBCD",
        "block-cursor-blurred-foreground": "#24262B",
        "border": "#8A5A12",
        "border-blurred": "#B9B09E",
        "footer-background": "#EFEAE0",
        "footer-key-foreground": "#8A5A12",
    },
)
