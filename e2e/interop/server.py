"""The product, as its REST API shows it."""

import asyncio
import json
import urllib.request


class Server:
    def __init__(self, ocpp_url, api_url, token):
        self.ocpp_url = ocpp_url
        self._api_url = api_url
        self._token = token

    async def api(self, method, path, body=None):
        return await asyncio.to_thread(self._request, method, path, body)

    async def items(self, path):
        return (await self.api("GET", path))["items"]

    def _request(self, method, path, body):
        content = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": kind}
        request = urllib.request.Request(f"{self._api_url}{path}", method=method, data=content, headers=headers)
        with urllib.request.urlopen(request) as response:
            return json.load(response)


class Beliefs:
    """What the product believes of one charge point."""

    def __init__(self, server, thing):
        self._server = server
        self._thing = thing

    async def variables(self):
        found = await self._items("variables")
        return {each["variable"]["name"]: each["value"] for each in found}

    async def local_list(self):
        return (await self._read("local-list"))["version"]

    async def reservations(self):
        return [each["reservationId"] for each in await self._items("reservations") if each["state"] == "accepted"]

    async def profiles(self):
        return sorted(each["profileId"] for each in await self._items("charging-profiles"))

    async def charging_reports(self):
        return [each["kind"] for each in await self._items("charging-reports")]

    async def done_jobs(self):
        """Those that succeeded, and the sizes of the files that came of them."""
        jobs = [each for each in await self._items("firmware") if each["state"] == "succeeded"]
        return [(each["action"], [file["bytes"] for file in each["files"]]) for each in reversed(jobs)]

    async def connector(self):
        state = (await self._server.api("GET", f"/things/{self._thing}"))["state"]
        return state["connectors"][0]["status"]

    async def availability(self):
        state = (await self._server.api("GET", f"/things/{self._thing}"))["state"]
        return [each["wanted"] for each in state["availability"]]

    async def cache(self):
        cache = (await self._read("local-list"))["cache"]
        return cache and cache["status"]

    async def sessions(self):
        """Why each one ended, and with what energy; None: it goes on."""
        found = reversed(await self._server.items(f"/transactions?thingName={self._thing}"))
        return [None if each["active"] else (each["stopReason"], each["energyWh"]) for each in found]

    async def _read(self, what):
        return await self._server.api("GET", f"/things/{self._thing}/{what}")

    async def _items(self, what):
        return (await self._read(what))["items"]
