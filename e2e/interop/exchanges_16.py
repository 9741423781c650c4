"""What an OCPP 1.6 station is asked for, in this order, and its sessions."""

from functools import partial

from station import Exchange, now
from transfers import LOG, update, upload

ELSEWHERE = "ftp://elsewhere.example/x"
ACCEPTED = {"status": "Accepted"}
REJECTED = {"status": "Rejected"}
SCHEDULE = {"chargingRateUnit": "W", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 11000.5}]}
PROFILE = {
    "chargingProfileId": 7,
    "stackLevel": 0,
    "chargingProfilePurpose": "TxDefaultProfile",
    "chargingProfileKind": "Relative",
    "chargingSchedule": SCHEDULE,
}


async def boot(station):
    answer = await station.say("BootNotification", {"chargePointModel": "M", "chargePointVendor": "V"})
    assert answer.status == "Accepted", answer
    await status(station, "Available")


async def status(station, word):
    await station.say("StatusNotification", {"connectorId": 1, "errorCode": "NoError", "status": word})


async def start(station, request=None):
    await status(station, "Preparing")
    if request is None:
        authorized = await station.say("Authorize", {"idTag": "CARD-1"})
        assert authorized.id_tag_info["status"] == "Accepted", authorized
    said = {"connectorId": 1, "idTag": "CARD-1", "meterStart": 100, "timestamp": now()}
    started = await station.say("StartTransaction", said)
    assert started.id_tag_info["status"] == "Accepted", started
    station.transaction = started.transaction_id
    sample = {"timestamp": now(), "sampledValue": [{"value": "200"}]}
    said = {"connectorId": 1, "transactionId": station.transaction, "meterValue": [sample]}
    await station.say("MeterValues", said)


async def stop(station, request=None, reason="Remote"):
    said = {"transactionId": station.transaction, "meterStop": 350, "timestamp": now(), "reason": reason}
    await station.say("StopTransaction", said)
    await status(station, "Available")


async def reset(station, _):
    await stop(station, reason="SoftReset")
    await station.disconnect()
    await station.connect()
    await boot(station)


async def sign_of_life(station, _):
    await status(station, "Preparing")


async def fetch_plain(station, request):
    await update(station, request["location"], "FirmwareStatusNotification", None)


async def fetch_signed(station, request):
    location = request["firmware"]["location"]
    await update(station, location, "SignedFirmwareStatusNotification", request["request_id"])


async def bring_diagnostics(station, request):
    await upload(station, request["location"], "DiagnosticsStatusNotification", None)


async def bring_log(station, request):
    await upload(station, request["log"]["remote_location"], "LogStatusNotification", request["request_id"])


def exchanges(firmware_id):
    key = {"key": "MeterValueSampleInterval", "readonly": False, "value": "300"}
    reservation = {"connectorId": 1, "expiryDate": "2099-01-01T00:00:00Z", "idTag": "CARD-1", "reservationId": 1}
    signed = {"location": ELSEWHERE, "retrieveDateTime": now(), "signingCertificate": "PEM", "signature": "c2ln"}
    signing = {"signed": True, "signature": "c2ln", "signingCertificate": "PEM"}
    image = {"firmwareFileId": firmware_id}
    log = {"requestId": 5, "logType": "SecurityLog", "log": {"remoteLocation": ELSEWHERE}}
    jobs = [("UpdateFirmware", []), ("SignedUpdateFirmware", []), ("GetDiagnostics", [len(LOG)]), ("GetLog", [len(LOG)])]
    jobs_until = lambda count: {"belief": "done_jobs", "becomes": jobs[:count]}
    local = {"listVersion": 1, "updateType": "Full", "localAuthorizationList": [{"idTag": "CARD-1"}]}
    return [
        Exchange(
            "GetConfiguration", {"key": [key["key"]]}, {"configurationKey": [key]}, {"unknownKey": [key["key"]]},
            belief="variables", becomes={key["key"]: "300"},
        ),
        Exchange(
            "ChangeConfiguration", {"key": key["key"], "value": "60"}, ACCEPTED, REJECTED,
            belief="variables", becomes={key["key"]: "60"},
        ),
        Exchange("SendLocalList", local, ACCEPTED, {"status": "Failed"}, belief="local_list", becomes=1),
        Exchange("GetLocalListVersion", {}, {"listVersion": 1}, belief="local_list", becomes=1),
        Exchange("ClearCache", {}, ACCEPTED, belief="cache", becomes="Accepted"),
        Exchange("ReserveNow", reservation, ACCEPTED, {"status": "Occupied"}, belief="reservations", becomes=[1]),
        Exchange(
            "CancelReservation", {"reservationId": 1}, ACCEPTED, REJECTED, refused_when_gone=True,
            belief="reservations", becomes=[],
        ),
        Exchange(
            "SetChargingProfile", {"connectorId": 1, "csChargingProfiles": PROFILE}, ACCEPTED, REJECTED,
            belief="profiles", becomes=[7],
        ),
        Exchange(
            "GetCompositeSchedule", {"connectorId": 1, "duration": 600},
            {"status": "Accepted", "connectorId": 1, "scheduleStart": now(), "chargingSchedule": SCHEDULE}, REJECTED,
            belief="charging_reports", becomes=["composite-schedule"],
        ),
        Exchange(
            "ClearChargingProfile", {"id": 7}, ACCEPTED, {"status": "Unknown"}, refused_when_gone=True,
            belief="profiles", becomes=[],
        ),
        Exchange("UnlockConnector", {"connectorId": 1}, {"status": "Unlocked"}, {"status": "UnlockFailed"}),
        Exchange(
            "ChangeAvailability", {"connectorId": 1, "type": "Operative"}, ACCEPTED, REJECTED,
            belief="availability", becomes=["Operative"],
        ),
        Exchange("DataTransfer", {"vendorId": "com.example"}, {"status": "Accepted", "data": "x"}, REJECTED),
        Exchange(
            "TriggerMessage", {"requestedMessage": "StatusNotification", "connectorId": 1}, ACCEPTED, REJECTED,
            then=sign_of_life, belief="connector", becomes="Preparing",
        ),
        Exchange("ExtendedTriggerMessage", {"requestedMessage": "Heartbeat"}, ACCEPTED, REJECTED),
        Exchange(
            "UpdateFirmware", {"location": ELSEWHERE, "retrieveDate": now()}, {},
            then=fetch_plain, order=("firmware-updates", image), **jobs_until(1),
        ),
        Exchange(
            "SignedUpdateFirmware", {"requestId": 4, "firmware": signed}, ACCEPTED, REJECTED,
            then=fetch_signed, order=("firmware-updates", {**image, **signing}), **jobs_until(2),
        ),
        Exchange(
            "GetDiagnostics", {"location": ELSEWHERE}, {"fileName": "station.log"}, {},
            then=bring_diagnostics, order=("log-requests", {}), **jobs_until(3),
        ),
        Exchange(
            "GetLog", log, {"status": "Accepted", "filename": "station.log"}, REJECTED,
            then=bring_log, order=("log-requests", {"logType": "SecurityLog"}), **jobs_until(4),
        ),
    ]


UNKNOWN = ("GetInstalledCertificateIds", {"certificateType": "CentralSystemRootCertificate"})
START = Exchange("RemoteStartTransaction", {"connectorId": 1, "idTag": "CARD-1"}, ACCEPTED, REJECTED, then=start)
STOP = Exchange("RemoteStopTransaction", {}, ACCEPTED, REJECTED, then=stop)
RESET = Exchange("Reset", {"type": "Soft"}, ACCEPTED, REJECTED, then=reset)
stop_locally = partial(stop, reason="Local")
stop_after_power_loss = partial(stop, reason="PowerLoss")
# The reason that a Reset gives, and what each session here takes.
RESET_REASON = "SoftReset"
ENERGY = 250
