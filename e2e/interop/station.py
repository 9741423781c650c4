"""A charge point of the Python package `ocpp` that answers as a table says, in a manner that a test sets."""

import asyncio
import importlib
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Awaitable, Callable, Optional

import websockets
from ocpp.charge_point import camel_to_snake_case
from ocpp.exceptions import InternalError
from ocpp.routing import after, on

PACKAGES = {"ocpp1.6": "ocpp.v16", "ocpp2.0.1": "ocpp.v201", "ocpp2.1": "ocpp.v21"}


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Exchange:
    """A command, how a station answers it, and what the product is to believe when it was accepted."""

    action: str
    payload: dict
    accepted: dict
    # None: the answer has no word for it.
    refused: Optional[dict] = None
    # Its refusal says that there is no such thing: that is believed as well.
    refused_when_gone: bool = False
    # What the station does after an answer that accepts; it gets what it was asked.
    then: Optional[Callable[["Station", dict], Awaitable[None]]] = None
    # The method of Beliefs that reads what this changes, and what it is to read afterwards.
    belief: Optional[str] = None
    becomes: object = None
    # The REST resource and body that sends it with our own addresses in it, instead of the bare command.
    order: Optional[tuple[str, dict]] = None


class Station:
    """Its `manner`: "accepts", "refuses", "fails" (with a CALLERROR) or "silent"."""

    def __init__(self, server, thing, protocol, exchanges):
        self.thing = thing
        self.protocol = protocol
        self.manner = "accepts"
        self.afterwards = None
        # Whether it kept an answer to itself.
        self.silenced = False
        # Of the session that goes on, and in OCPP 2.x how many there were and the number of its next event.
        self.transaction = None
        self.sessions = 0
        self.seq_no = 0
        self._url = f"{server.ocpp_url}/{thing}"
        self._package = importlib.import_module(PACKAGES[protocol])
        self._class = self._charge_point_class(exchanges)

    async def connect(self):
        self._socket = await websockets.connect(self._url, subprotocols=[self.protocol])
        assert self._socket.subprotocol == self.protocol
        self._point = self._class(self.thing, self._socket)
        self._listening = asyncio.create_task(self._point.start())

    async def disconnect(self):
        self._listening.cancel()
        await self._socket.close()

    async def say(self, action, payload):
        """A CALL, in OCPP's own words; what is answered has the package's."""
        request = getattr(self._package.call, action)(**camel_to_snake_case(payload))
        return await self._point.call(request, suppress=False)

    def _charge_point_class(self, exchanges):
        station = self

        class Point(self._package.ChargePoint):
            async def _send(self, message):
                station.silenced = station.manner == "silent" and message.startswith(("[3,", "[4,"))
                if not station.silenced:
                    await super()._send(message)

        for exchange in exchanges:
            for hook in (self._answering(exchange), self._following(exchange)):
                setattr(Point, hook.__name__, hook)
        return Point

    def _answering(self, exchange):
        result = getattr(self._package.call_result, exchange.action)

        def answer(_, **request):
            if self.manner == "fails":
                raise InternalError(description="Not today", details={"why": "rain"})
            payload = exchange.refused if self.manner == "refuses" else exchange.accepted
            return result(**camel_to_snake_case(payload))

        answer.__name__ = f"on_{exchange.action}"
        return on(exchange.action)(answer)

    def _following(self, exchange):
        def follow(_, **request):
            if self.manner == "accepts" and exchange.then is not None:
                self.afterwards = asyncio.create_task(exchange.then(self, request))

        follow.__name__ = f"after_{exchange.action}"
        return after(exchange.action)(follow)
