"""What an OCPP 2.0.1 or 2.1 station is asked for, in this order, and its sessions."""

from functools import partial

from station import Exchange, now
from transfers import LOG, update, upload

ELSEWHERE = "ftp://elsewhere.example/x"
ACCEPTED = {"status": "Accepted"}
REJECTED = {"status": "Rejected"}
TOKEN = {"idToken": "CARD-1", "type": "ISO14443"}
PERIODS = [{"startPeriod": 0, "limit": 11000.5}]
PROFILE = {
    "id": 7,
    "stackLevel": 0,
    "chargingProfilePurpose": "TxDefaultProfile",
    "chargingProfileKind": "Relative",
    "chargingSchedule": [{"id": 1, "chargingRateUnit": "W", "chargingSchedulePeriod": PERIODS}],
}


async def boot(station):
    said = {"chargingStation": {"model": "M", "vendorName": "V"}, "reason": "PowerUp"}
    answer = await station.say("BootNotification", said)
    assert answer.status == "Accepted", answer
    await status(station, "Available")


async def status(station, word):
    said = {"timestamp": now(), "connectorStatus": word, "evseId": 1, "connectorId": 1}
    await station.say("StatusNotification", said)


async def event(station, kind, trigger, energy, more=None, info=None):
    sample = {"timestamp": now(), "sampledValue": [{"value": energy}]}
    said = {
        "eventType": kind,
        "timestamp": now(),
        "triggerReason": trigger,
        "seqNo": station.seq_no,
        "transactionInfo": {"transactionId": station.transaction, **(info or {})},
        "meterValue": [sample],
        **(more or {}),
    }
    station.seq_no += 1
    return await station.say("TransactionEvent", said)


async def start(station, request=None):
    await status(station, "Occupied")
    if request is None:
        authorized = await station.say("Authorize", {"idToken": TOKEN})
        assert authorized.id_token_info["status"] == "Accepted", authorized
    station.sessions += 1
    station.seq_no = 0
    station.transaction = f"{station.thing}-{station.sessions}"
    info = {} if request is None else {"remoteStartId": request["remote_start_id"]}
    trigger = "Authorized" if request is None else "RemoteStart"
    more = {"evse": {"id": 1, "connectorId": 1}, "idToken": TOKEN}
    started = await event(station, "Started", trigger, 100, more, info)
    assert started.id_token_info["status"] == "Accepted", started
    await event(station, "Updated", "MeterValuePeriodic", 200.5)


async def stop(station, request=None, reason="Remote", trigger="RemoteStop"):
    await event(station, "Ended", trigger, 350, info={"stoppedReason": reason})
    await status(station, "Available")


async def reset(station, _):
    await stop(station, reason="ImmediateReset", trigger="ResetCommand")
    await station.disconnect()
    await station.connect()
    await boot(station)


async def sign_of_life(station, _):
    await status(station, "Occupied")


async def tell_base(station, request):
    reported = [("Hot", "1"), ("Cold", "2")]
    for part, (name, value) in enumerate(reported):
        attribute = {"type": "Actual", "value": value}
        variable = {"component": {"name": "C"}, "variable": {"name": name}, "variableAttribute": [attribute]}
        said = {
            "requestId": request["request_id"],
            "generatedAt": now(),
            "seqNo": part,
            "tbc": part == 0,
            "reportData": [variable],
        }
        await station.say("NotifyReport", said)


async def tell_profiles(station, request):
    said = {"requestId": request["request_id"], "chargingLimitSource": "CSO", "evseId": 1}
    for profile, more in [(8, True), (9, False)]:
        told = {**PROFILE, "id": profile, "stackLevel": profile - 7}
        await station.say("ReportChargingProfiles", {**said, "tbc": more, "chargingProfile": [told]})


async def fetch(station, request):
    await update(station, request["firmware"]["location"], "FirmwareStatusNotification", request["request_id"])


async def bring(station, request):
    await upload(station, request["log"]["remote_location"], "LogStatusNotification", request["request_id"])


def exchanges(firmware_id):
    place = {"component": {"name": "C"}, "variable": {"name": "Warm"}}
    reading = lambda status, more: {"getVariableResult": [{"attributeStatus": status, **more, **place}]}
    writing = lambda status: {"setVariableResult": [{"attributeStatus": status, **place}]}
    reservation = {"id": 1, "expiryDateTime": "2099-01-01T00:00:00Z", "idToken": TOKEN, "evseId": 1}
    schedule = {"evseId": 1, "duration": 600, "scheduleStart": now(), "chargingRateUnit": "W"}
    composite = {"status": "Accepted", "schedule": {**schedule, "chargingSchedulePeriod": PERIODS}}
    firmware = {"location": ELSEWHERE, "retrieveDateTime": now()}
    log = {"requestId": 5, "logType": "SecurityLog", "log": {"remoteLocation": ELSEWHERE}}
    signing = {"signed": True, "signature": "c2ln", "signingCertificate": "PEM"}
    jobs = [("UpdateFirmware", []), ("GetLog", [len(LOG)])]
    local = {
        "versionNumber": 1,
        "updateType": "Full",
        "localAuthorizationList": [{"idToken": TOKEN, "idTokenInfo": ACCEPTED}],
    }
    base = {"Hot": "1", "Cold": "2"}
    return [
        Exchange(
            "GetBaseReport", {"requestId": 1, "reportBase": "FullInventory"}, ACCEPTED, REJECTED,
            then=tell_base, belief="variables", becomes=base,
        ),
        Exchange(
            "GetVariables", {"getVariableData": [place]}, reading("Accepted", {"attributeValue": "3"}),
            reading("UnknownVariable", {}), belief="variables", becomes={**base, "Warm": "3"},
        ),
        Exchange(
            "SetVariables", {"setVariableData": [{**place, "attributeValue": "4"}]}, writing("Accepted"),
            writing("Rejected"), belief="variables", becomes={**base, "Warm": "4"},
        ),
        Exchange("SendLocalList", local, ACCEPTED, {"status": "Failed"}, belief="local_list", becomes=1),
        Exchange("GetLocalListVersion", {}, {"versionNumber": 1}, belief="local_list", becomes=1),
        Exchange("ClearCache", {}, ACCEPTED, belief="cache", becomes="Accepted"),
        Exchange("ReserveNow", reservation, ACCEPTED, {"status": "Occupied"}, belief="reservations", becomes=[1]),
        Exchange(
            "CancelReservation", {"reservationId": 1}, ACCEPTED, REJECTED, refused_when_gone=True,
            belief="reservations", becomes=[],
        ),
        Exchange(
            "GetChargingProfiles", {"requestId": 2, "evseId": 1, "chargingProfile": {}}, ACCEPTED,
            {"status": "NoProfiles"}, then=tell_profiles, belief="profiles", becomes=[8, 9],
        ),
        Exchange(
            "SetChargingProfile", {"evseId": 1, "chargingProfile": PROFILE}, ACCEPTED, REJECTED,
            belief="profiles", becomes=[7, 8, 9],
        ),
        Exchange(
            "GetCompositeSchedule", {"evseId": 1, "duration": 600}, composite, REJECTED,
            belief="charging_reports", becomes=["composite-schedule"],
        ),
        Exchange(
            "ClearChargingProfile", {"chargingProfileId": 7}, ACCEPTED, {"status": "Unknown"},
            refused_when_gone=True, belief="profiles", becomes=[8, 9],
        ),
        Exchange("UnlockConnector", {"evseId": 1, "connectorId": 1}, {"status": "Unlocked"}, {"status": "UnlockFailed"}),
        Exchange(
            "ChangeAvailability", {"operationalStatus": "Operative"}, ACCEPTED, REJECTED,
            belief="availability", becomes=["Operative"],
        ),
        Exchange("DataTransfer", {"vendorId": "com.example"}, {"status": "Accepted", "data": "x"}, REJECTED),
        Exchange(
            "TriggerMessage", {"requestedMessage": "StatusNotification", "evse": {"id": 1}}, ACCEPTED, REJECTED,
            then=sign_of_life, belief="connector", becomes="Occupied",
        ),
        Exchange(
            "UpdateFirmware", {"requestId": 4, "firmware": firmware}, ACCEPTED, REJECTED, then=fetch,
            order=("firmware-updates", {"firmwareFileId": firmware_id, **signing}), belief="done_jobs", becomes=jobs[:1],
        ),
        Exchange(
            "GetLog", log, {"status": "Accepted", "filename": "station.log"}, REJECTED, then=bring,
            order=("log-requests", {"logType": "SecurityLog"}), belief="done_jobs", becomes=jobs,
        ),
    ]


UNKNOWN = ("GetMonitoringReport", {"requestId": 1})
START = Exchange(
    "RequestStartTransaction", {"evseId": 1, "idToken": TOKEN, "remoteStartId": 9}, ACCEPTED, REJECTED, then=start
)
STOP = Exchange("RequestStopTransaction", {}, ACCEPTED, REJECTED, then=stop)
RESET = Exchange("Reset", {"type": "Immediate"}, ACCEPTED, REJECTED, then=reset)
stop_locally = partial(stop, reason="Local", trigger="StopAuthorized")
stop_after_power_loss = partial(stop, reason="PowerLoss", trigger="AbnormalCondition")
# The reason that a Reset gives, and what each session here takes.
RESET_REASON = "ImmediateReset"
ENERGY = 250
