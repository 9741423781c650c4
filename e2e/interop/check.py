"""Charge points of the Python package `ocpp`, one per OCPP version, against a running server.

Usage: check.py ws://127.0.0.1:8080/ocpp http://127.0.0.1:8080/api/v1 ADMIN_TOKEN
"""

import asyncio
import logging
import sys
from dataclasses import replace

import exchanges_2
import exchanges_16
from server import Beliefs, Server
from station import Station
from transfers import IMAGE

# The package logs each CALLERROR that we ask it for.
logging.getLogger("ocpp").setLevel(logging.CRITICAL)


class Check:
    """One station, what the product believes of it, and the exchanges between them."""

    def __init__(self, server, station, script):
        self.server = server
        self.station = station
        self.script = script
        self.beliefs = Beliefs(server, station.thing)
        self.count = 0

    async def run(self, exchanges):
        for exchange in exchanges:
            await self.in_each_manner(exchange)
        await self.unknown_action()
        await self.sessions()

    async def sessions(self):
        """Local, remote, reset in the middle, and one that the connection does not survive."""
        script, station = self.script, self.station
        local = ("Local", script.ENERGY)
        await script.start(station)
        await self.believed("sessions", [None])
        await script.stop_locally(station)
        await self.believed("sessions", [local])

        await self.in_each_manner(replace(script.START, belief="sessions", becomes=[local, None]))
        remote = ("Remote", script.ENERGY)
        asked = {"transactionId": station.transaction}
        await self.in_each_manner(replace(script.STOP, payload=asked, belief="sessions", becomes=[local, remote]))

        await script.start(station)
        ended = [local, remote, (script.RESET_REASON, script.ENERGY)]
        await self.in_each_manner(replace(script.RESET, belief="sessions", becomes=ended))

        await script.start(station)
        await self.cut(script.RESET)
        await self.believed("sessions", [*ended, None])
        await station.connect()
        await script.stop_after_power_loss(station)
        await self.believed("sessions", [*ended, ("PowerLoss", script.ENERGY)])

    async def in_each_manner(self, exchange):
        """Refused, failed and not answered change nothing; accepted does."""
        before = await self.belief(exchange.belief)
        if not exchange.refused_when_gone:
            await self.refused(exchange)
        outcome = await self.send("fails", exchange)
        error = {"code": "InternalError", "description": "Not today", "details": {"why": "rain"}}
        assert (outcome["status"], outcome.get("error")) == ("error", error), outcome
        outcome = await self.send("silent", exchange)
        assert outcome["status"] == "timeout", outcome
        assert await self.belief(exchange.belief) == before, (exchange.action, before)

        outcome = await self.send("accepts", exchange)
        assert (outcome["status"], outcome["response"]) == ("answered", exchange.accepted), outcome
        if exchange.then is not None:
            await self.station.afterwards
        if exchange.refused_when_gone:
            await self.refused(exchange)
        await self.believed(exchange.belief, exchange.becomes)

    async def refused(self, exchange):
        if exchange.refused is not None:
            outcome = await self.send("refuses", exchange)
            assert (outcome["status"], outcome["response"]) == ("answered", exchange.refused), outcome

    async def cut(self, exchange):
        """The connection ends before the answer: so does the command, and the next one finds nobody."""
        self.station.silenced = False
        sent = asyncio.create_task(self.send("silent", exchange, seconds=30))
        while not self.station.silenced:
            await asyncio.sleep(0.01)
        await self.station.disconnect()
        outcome = await sent
        assert (outcome["status"], outcome["error"]["code"]) == ("error", "ConnectionClosed"), outcome
        outcome = await self.send("accepts", exchange)
        assert outcome["status"] == "not-connected", outcome

    async def unknown_action(self):
        """What the station was given no handler for."""
        outcome = await self.command(*self.script.UNKNOWN)
        if self.station.protocol == "ocpp2.1":
            # The package does not answer what it has no handler for in this version.
            assert outcome["status"] == "timeout", outcome
        else:
            assert outcome["error"]["code"] == "NotImplemented", outcome

    async def send(self, manner, exchange, seconds=1):
        self.station.manner = manner
        if manner == "accepts" and exchange.order is not None:
            resource, body = exchange.order
            return await self.server.api("POST", f"/things/{self.station.thing}/{resource}", body)
        return await self.command(exchange.action, exchange.payload, 30 if manner != "silent" else seconds)

    async def command(self, action, payload, seconds=1):
        self.count += 1
        body = {"action": action, "payload": payload, "timeoutSeconds": seconds}
        return await self.server.api("POST", f"/things/{self.station.thing}/commands", body)

    async def belief(self, name):
        return None if name is None else await getattr(self.beliefs, name)()

    async def believed(self, name, expected):
        for _ in range(100):
            found = await self.belief(name)
            if found == expected:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"{self.station.thing}: {name} are {found}, not {expected}")


async def check(server, firmware_id, protocol, script):
    thing = f"PY-{protocol}".replace(".", "-")
    await server.api("POST", "/things", {"thingName": thing})
    exchanges = script.exchanges(firmware_id)
    station = Station(server, thing, protocol, [*exchanges, script.START, script.STOP, script.RESET])
    await station.connect()
    await script.boot(station)
    await station.say("Heartbeat", {})
    one = Check(server, station, script)
    await one.run(exchanges)
    await station.disconnect()
    broken = await server.items(f"/messages?thingName={thing}&violation=true")
    assert broken == [], broken
    print(f"passed: {protocol}, {one.count} commands, with the Python package ocpp")


async def main(ocpp_url, api_url, token):
    server = Server(ocpp_url, api_url, token)
    await server.api("PUT", "/id-tokens/CARD-1", {"type": "ISO14443", "status": "Accepted", "concurrentLimit": None})
    firmware = await server.api("POST", "/firmware-files?name=v2&fileName=v2.bin", IMAGE)
    versions = {"ocpp1.6": exchanges_16, "ocpp2.0.1": exchanges_2, "ocpp2.1": exchanges_2}
    await asyncio.gather(*(check(server, firmware["id"], *version) for version in versions.items()))


asyncio.run(main(*sys.argv[1:]))
