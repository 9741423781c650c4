/** Availability, reservations and smart charging. */
export const placeEn = {
  title: 'EVSE / connector',
  evse: 'EVSE',
  connector: 'Connector',
  station: 'Whole station',
  away: 'It is not connected just now: nothing can be asked of it.',
};

export const availabilityEn = {
  out: 'Take out of service…',
  in: 'Back in service',
  outTitle: 'Take {{place}} of {{name}} out of service?',
  outConfirm: 'Take out of service',
  outEffect: 'Nobody can charge there until it is put back. A running session ends first.',
  scheduledInoperative: 'goes out of service when its session ends',
  scheduledOperative: 'goes back in service when it can',
  doneInoperative: 'taken out of service',
};

export const reservationEn = {
  title: 'Reservations',
  new: 'New reservation',
  id: 'No.',
  until: 'Until',
  requested: 'Asked for',
  reserve: 'Reserve',
  anyPlace: 'any',
  cancel: 'Cancel…',
  cancelTitle: 'Cancel reservation {{id}} at {{name}}?',
  cancelEffect: 'The connector is free for everyone again; {{token}} no longer has it.',
  cancelConfirm: 'Cancel the reservation',
  none: 'No reservations yet',
  noneOpen: 'No reservation is open',
  noneHint:
    'A reservation keeps a connector for one id token until a time. Choose both above; the answer of the charge point shows there.',
  noneFleetHint:
    'Reservations are made on the page of a charge point, or by ReserveNow through the API. They show here with what became of them.',
  onlyOpen: 'Open ones only',
  state: {
    requested: 'Asked for',
    unanswered: 'No answer',
    refused: 'Refused',
    accepted: 'Reserved',
    used: 'Used',
    cancelled: 'Cancelled',
    expired: 'Expired',
    removed: 'Removed',
    replaced: 'Replaced',
  },
};
