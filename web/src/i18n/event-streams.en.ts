/** OCPP 2.1: streams of values of a charge point. */
export const eventStreamsEn = {
  title: 'Streams of values',
  monitor: 'Monitor',
  every: 'Every',
  seconds: '{{seconds}} s',
  value: 'Last value',
  at: 'At (its own clock)',
  received: 'Values',
  open: 'Open',
  closed: 'Closed',
} as const;
