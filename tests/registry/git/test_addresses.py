"""What an address may be, what of it is shown, and what is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from registry.errors import BadInput
from registry.git.addresses import parse

GOOD = {
    "https://git.example.org/kommunen/registret.git": ("https", "git.example.org"),
    "https://anna:hemligt@git.example.org:8443/r.git": ("https", "git.example.org"),
    "ssh://git@git.example.org:2222/~/r.git": ("ssh", "git.example.org"),
    "git@git.example.org:kommunen/registret.git": ("ssh", "git.example.org"),
    "git.example.org:r.git": ("ssh", "git.example.org"),
    "ssh://git@[2001:db8::1]/r.git": ("ssh", "[2001:db8::1]"),
    "git@[::1]:r.git": ("ssh", "[::1]"),
    "http://127.0.0.1:8080/r.git": ("http", "127.0.0.1"),
    "http://localhost/r.git": ("http", "localhost"),
    "git://[::1]/r.git": ("git", "[::1]"),
    "file:///srv/git/r.git": ("file", ""),
    "/srv/git/r med mellanslag:och kolon.git": ("file", ""),
    "../registret.git": ("file", ""),
    "~/registret.git": ("file", ""),
}
BAD = (
    "", "  ", "--upload-pack=touch /tmp/x", "-oProxyCommand=x:r.git", "ext::sh -c date", "foo::bar", "file::/srv/r.git",
    "ssh://-oProxyCommand=date/r.git", "ssh://-l@git.example.org/r.git", "-l@git.example.org:r.git",
    "git@-oProxyCommand=date:r.git", "git.example.org:-r.git", "ssh://%2doProxyCommand=x/r.git", "https:///r.git",
    "https://git.example.org", "https://git example.org/r.git", "ftp://git.example.org/r.git", "javascript://x/r.git",
    "http://git.example.org/r.git", "http://127.0.0.1.example.org/r.git", "git://git.example.org/r.git",
    "file://annan-dator/r.git", "file://", "/srv/r\n.git", "https://git.example.org/r\x1b[31m.git", "/srv/\u202er.git",
    "~ingen-alls/r.git",
)  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_addresses_that_may_be_used(text: str) -> None:
    address = parse(text)
    assert (address.transport, address.host) == GOOD[text]
    assert "hemligt" not in str(address)
    if address.transport == "file" and "://" not in text:
        assert Path(address.text).is_absolute()
        assert address.text == os.path.abspath(Path(text).expanduser())  # noqa: PTH100


def test_addresses_that_are_none() -> None:
    for text in BAD:
        with pytest.raises(BadInput) as told:
            parse(text)
        assert told.value.message.isprintable(), text
        assert told.value.hint, text
