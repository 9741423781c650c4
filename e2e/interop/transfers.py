"""How a station fetches firmware and brings logs, whatever the OCPP version."""

import asyncio
import urllib.request

IMAGE = b"firmware image, " * 1000
LOG = b"line 1\nline 2\n"


async def update(station, location, notification, request_id):
    said = {} if request_id is None else {"requestId": request_id}
    await station.say(notification, {"status": "Downloading", **said})
    assert await asyncio.to_thread(_fetch, location) == IMAGE
    for status in ["Downloaded", "Installing", "Installed"]:
        await station.say(notification, {"status": status, **said})


async def upload(station, location, notification, request_id):
    said = {} if request_id is None else {"requestId": request_id}
    await station.say(notification, {"status": "Uploading", **said})
    await asyncio.to_thread(_put, location)
    await station.say(notification, {"status": "Uploaded", **said})


def _fetch(url):
    with urllib.request.urlopen(url) as response:
        return response.read()


def _put(url):
    with urllib.request.urlopen(urllib.request.Request(f"{url}station.log", method="PUT", data=LOG)):
        pass
