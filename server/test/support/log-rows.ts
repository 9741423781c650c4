/** What the log has of a connect. */
export const CONNECTED = {
  kind: 'event' as const,
  action: 'connected',
  messageId: null,
  frame: JSON.stringify({ protocol: 'ocpp1.6', remoteAddress: '10.0.0.1', instance: 'i' }),
};

/** What the log has of one that was sent away. */
export const refusal = (thingName: string, reason: string) => ({
  ...CONNECTED,
  thingName,
  connectionId: '',
  action: 'refused',
  frame: JSON.stringify({ reason, remoteAddress: '10.0.0.2', offeredProtocols: ['ocpp1.6'] }),
});
