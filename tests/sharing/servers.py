"""Real servers of a bare repository, on this computer alone: a folder, file://, git daemon, sshd, smart HTTP.

The two that Git and OpenSSH start for each connection (`git daemon --inetd`, `sshd -i`) are started by a socket of the
test's, so that no port is guessed and nothing has to be waited for.
"""

from __future__ import annotations

import base64
import contextlib
import getpass
import os
import shutil
import socketserver
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

HERE = "127.0.0.1"
KINDS = ("path", "file", "daemon", "ssh", "http")
PERSON, PASSWORD = "anna", "hemligt"
SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@dataclass
class Server:
    """`bare` is served at `url`; `folder` has what the server and its client need beside it."""

    kind: str
    bare: Path
    folder: Path
    url: str = ""
    env: dict[str, str] = field(default_factory=dict)
    """What a client needs to be let in."""

    def hook(self, name: str, text: str) -> None:
        """Have the server run a hook of its own ("": none)."""
        place = self.bare / "hooks" / name
        place.parent.mkdir(exist_ok=True)
        place.unlink(missing_ok=True)
        if text:
            place.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
            place.chmod(0o755)


@contextlib.contextmanager
def serving(kind: str, folder: Path, bare: Path | None = None) -> Iterator[Server]:
    """A server of that kind, with an empty repository unless one is given. Skips where the machine has none."""
    if bare is None:
        bare = folder / "registret.git"
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", "--template=", str(bare)], check=True)
    server = Server(kind, bare, folder)
    with contextlib.ExitStack() as stack:
        if kind == "path":
            server.url = str(bare)
        elif kind == "file":
            server.url = f"file://{bare}"
        elif kind == "daemon":
            command = [
                "git",
                "daemon",
                "--inetd",
                "--export-all",
                "--enable=receive-pack",
                f"--base-path={bare.parent}",
            ]
            port = stack.enter_context(_spawning(command))
            server.url = f"git://{HERE}:{port}/{bare.name}"
        elif kind == "ssh":
            _prepare_ssh(server)
            port = stack.enter_context(_spawning([str(SSHD), "-i", "-f", str(folder / "sshd_config")]))
            server.url = f"ssh://{getpass.getuser()}@{HERE}:{port}{bare}"
            know_host(server, port)
        else:
            port = stack.enter_context(_web(bare))
            server.url = f"http://{PERSON}@{HERE}:{port}/{bare.name}"
            let_in(server, PASSWORD)
        yield server


# ---------------------------------------------------------------- a process a connection


class _Spawn(socketserver.BaseRequestHandler):
    server: _Spawning

    def handle(self) -> None:
        subprocess.run(
            self.server.command, stdin=self.request, stdout=self.request, stderr=subprocess.DEVNULL, check=False
        )


class _Spawning(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, command: list[str]) -> None:
        super().__init__((HERE, 0), _Spawn)
        self.command = command


@contextlib.contextmanager
def _spawning(command: list[str]) -> Iterator[int]:
    with _running(_Spawning(command)) as port:
        yield port


@contextlib.contextmanager
def _running(server: socketserver.TCPServer) -> Iterator[int]:
    with server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


class _Silent(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        while self.request.recv(4096):
            pass


@contextlib.contextmanager
def silent() -> Iterator[int]:
    """The port of a server that takes a connection, and never says a word."""
    server = socketserver.ThreadingTCPServer((HERE, 0), _Silent)
    server.daemon_threads, server.block_on_close = True, False
    with _running(server) as port:
        yield port


# ---------------------------------------------------------------- sshd


def _prepare_ssh(server: Server) -> None:
    """Keys of the host and of a person, and an `ssh` on the path that reads nobody's settings but ours."""
    if SSHD is None:
        pytest.skip("sshd is not installed")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    folder = server.folder
    for name in ("host", "person", "stranger"):
        new_key(folder / name)
    (folder / "authorized").write_text((folder / "person.pub").read_text())
    (folder / "sshd_config").write_text(
        f"HostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\nPidFile none\n"
        f"PasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n"
    )
    (folder / "ssh_config").write_text(
        f"Host *\nIdentityFile {folder}/person\nIdentitiesOnly yes\nUserKnownHostsFile {folder}/known\n"
        "GlobalKnownHostsFile /dev/null\nLogLevel INFO\nKexAlgorithms curve25519-sha256\n"
    )
    (folder / "bin").mkdir()
    ssh = folder / "bin" / "ssh"
    ssh.write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F "{folder}/ssh_config" "$@"\n')
    ssh.chmod(0o755)
    server.env["PATH"] = f"{ssh.parent}:{os.environ['PATH']}"


def new_key(place: Path) -> None:
    """A key pair, in the place of an earlier one."""
    for each in (place, place.with_suffix(".pub")):
        each.unlink(missing_ok=True)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(place)], check=True)


def know_host(server: Server, port: int) -> None:
    """Have the client know the host by the key that it has now."""
    key = (server.folder / "host.pub").read_text()
    (server.folder / "known").write_text(f"[{HERE}]:{port} {key}")


# ---------------------------------------------------------------- smart HTTP, with a password


class _Web(BaseHTTPRequestHandler):
    server: _WebServer

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _answer(self, body: bytes) -> None:
        wanted = base64.b64encode(f"{PERSON}:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") != f"Basic {wanted}":
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="registret"')
            self.end_headers()
            return
        path, _mark, query = self.path.partition("?")
        ran = subprocess.run(
            ["git", "http-backend"],
            input=body,
            env={
                **os.environ,
                "GIT_PROJECT_ROOT": str(self.server.root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "REMOTE_USER": PERSON,
                "REQUEST_METHOD": self.command,
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            },
            capture_output=True,
            check=False,
        )
        head, _empty, content = ran.stdout.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if line)
        self.send_response(int(fields.pop("Status", "200" if head else "500").split()[0]))
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads it."""


class _WebServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    root: Path


@contextlib.contextmanager
def _web(bare: Path) -> Iterator[int]:
    subprocess.run(["git", "-C", str(bare), "config", "http.receivepack", "true"], check=True)
    server = _WebServer((HERE, 0), _Web)
    server.root = bare.parent
    with _running(server) as port:
        yield port


def let_in(server: Server, password: str) -> None:
    """Have a helper of the user's know a password."""
    helper = server.folder / "helper"
    helper.write_text(f'#!/bin/sh\n[ "$1" = get ] && echo password={password}\nexit 0\n')
    helper.chmod(0o755)
    server.env |= {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "credential.helper", "GIT_CONFIG_VALUE_0": str(helper)}
