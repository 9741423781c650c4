"""Charge points of the Python package `ocpp`, one per OCPP version, against a running server.

Usage: charge_point.py ws://127.0.0.1:8080/ocpp http://127.0.0.1:8080/api/v1 ADMIN_TOKEN
"""

import asyncio
import importlib
import json
import logging
import sys
import time
import urllib.request
from datetime import datetime, timezone

import websockets
from ocpp.exceptions import NotSupportedError
from ocpp.routing import on

OCPP_URL, API_URL, TOKEN = sys.argv[1:4]
# The package logs each CALLERROR that we ask it for.
logging.getLogger("ocpp").setLevel(logging.CRITICAL)


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def api(method, path, body=None):
    request = urllib.request.Request(
        f"{API_URL}{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def station(version):
    """A charge point class of that version whose answer to a Reset can be set."""
    package = importlib.import_module(f"ocpp.{version}")

    class Station(package.ChargePoint):
        reset_types = []
        status = "Accepted"
        refusal = None
        silent = False

        @on("Reset")
        async def on_reset(self, type, **_):
            self.reset_types.append(type)
            if self.silent:
                await asyncio.Event().wait()
            if self.refusal is not None:
                raise self.refusal
            return package.call_result.Reset(status=self.status)

    return package.call, Station


async def speak_16(call, point):
    boot = await point.call(call.BootNotification(charge_point_model="M", charge_point_vendor="V"))
    assert boot.status == "Accepted", boot
    await point.call(call.StatusNotification(connector_id=1, error_code="NoError", status="Available"))
    authorized = await point.call(call.Authorize(id_tag="CARD-1"))
    assert authorized.id_tag_info["status"] == "Accepted", authorized
    started = await point.call(call.StartTransaction(connector_id=1, id_tag="CARD-1", meter_start=0, timestamp=now()))
    sample = {"timestamp": now(), "sampled_value": [{"value": "100"}]}
    await point.call(
        call.MeterValues(connector_id=1, transaction_id=started.transaction_id, meter_value=[sample])
    )
    await point.call(call.StopTransaction(meter_stop=250, timestamp=now(), transaction_id=started.transaction_id))
    await point.call(call.Heartbeat())
    return 250


async def speak_2(call, point):
    station_info = {"model": "M", "vendor_name": "V"}
    boot = await point.call(call.BootNotification(charging_station=station_info, reason="PowerUp"))
    assert boot.status == "Accepted", boot
    await point.call(
        call.StatusNotification(timestamp=now(), connector_status="Available", evse_id=1, connector_id=1)
    )
    token = {"id_token": "CARD-1", "type": "ISO14443"}
    authorized = await point.call(call.Authorize(id_token=token))
    assert authorized.id_token_info["status"] == "Accepted", authorized
    for seq_no, event in enumerate(["Started", "Updated", "Ended"]):
        await point.call(
            call.TransactionEvent(
                event_type=event,
                timestamp=now(),
                trigger_reason="Authorized" if event == "Started" else "MeterValuePeriodic",
                seq_no=seq_no,
                transaction_info={"transaction_id": f"TX-{point.id}"},
                evse={"id": 1, "connector_id": 1},
                id_token=token if event == "Started" else None,
                meter_value=[{"timestamp": now(), "sampled_value": [{"value": 100.5 * seq_no}]}],
            )
        )
    await point.call(call.Heartbeat())
    return 201


async def each_outcome(thing, point, reset_type):
    """Answered, whatever it says; refused with a CALLERROR; an action that the station does not know; no answer."""

    async def send(action, payload, **more):
        body = {"action": action, "payload": payload, **more}
        return await asyncio.to_thread(api, "POST", f"/things/{thing}/commands", body)

    for status in ["Accepted", "Rejected"]:
        point.status = status
        outcome = await send("Reset", {"type": reset_type})
        assert outcome["status"] == "answered" and outcome["response"] == {"status": status}, outcome
    assert point.reset_types == [reset_type, reset_type]
    point.refusal = NotSupportedError(description="Not today", details={"why": "rain"})
    outcome = await send("Reset", {"type": reset_type})
    expected = {"code": "NotSupported", "description": "Not today", "details": {"why": "rain"}}
    assert outcome["status"] == "error" and outcome["error"] == expected, outcome
    outcome = await send("ClearCache", {}, timeoutSeconds=1)
    if point._ocpp_version == "2.1":
        # The package does not answer what it has no handler for in this version.
        assert outcome["status"] == "timeout", outcome
    else:
        assert outcome["status"] == "error" and outcome["error"]["code"] == "NotImplemented", outcome
    point.silent = True
    outcome = await send("Reset", {"type": reset_type}, timeoutSeconds=1)
    assert outcome["status"] == "timeout", outcome
    # Its own program answers one after another: the next one waits until the connection is gone.
    cut = asyncio.create_task(send("ClearCache", {}))
    await asyncio.to_thread(wait_until_sent, thing, "ClearCache", 2)
    await point._connection.close()
    outcome = await cut
    assert outcome["status"] == "error" and outcome["error"]["code"] == "ConnectionClosed", outcome
    outcome = await send("ClearCache", {})
    assert outcome["status"] == "not-connected", outcome


def wait_until_sent(thing, action, count):
    path = f"/messages?thingName={thing}&action={action}&kind=call"
    while len(api("GET", path)["items"]) < count:
        time.sleep(0.05)


def energy_of(thing):
    sessions = api("GET", f"/transactions?thingName={thing}")["items"]
    assert len(sessions) == 1 and not sessions[0]["active"], sessions
    meter = api("GET", f"/transactions/{sessions[0]['id']}/meter-values")["items"]
    assert len(meter) > 0, meter
    return sessions[0]["energyWh"]


async def check(protocol, version, speak, reset_type):
    thing = f"PY-{version}"
    api("POST", "/things", {"thingName": thing})
    call, station_class = station(version)
    async with websockets.connect(f"{OCPP_URL}/{thing}", subprotocols=[protocol]) as socket:
        assert socket.subprotocol == protocol
        point = station_class(thing, socket)
        listening = asyncio.create_task(point.start())
        energy = await speak(call, point)
        assert energy_of(thing) == energy, energy_of(thing)
        await each_outcome(thing, point, reset_type)
        listening.cancel()
    print(f"passed: {protocol} with the Python package ocpp")


async def main():
    api("PUT", "/id-tokens/CARD-1", {"type": "ISO14443", "status": "Accepted"})
    await check("ocpp1.6", "v16", speak_16, "Soft")
    await check("ocpp2.0.1", "v201", speak_2, "Immediate")
    await check("ocpp2.1", "v21", speak_2, "Immediate")


asyncio.run(main())
