"""Flags that several commands have."""

import argparse
from pathlib import Path


def add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        default=default_data(),
        metavar="DIR",
        help="the data folder (var)",
    )


def default_data() -> Path:
    """`var` beside the script, wherever we are called from."""
    return Path(__file__).resolve().parents[4] / "var"
