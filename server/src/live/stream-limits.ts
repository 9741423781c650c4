export interface StreamLimits {
  heartbeatMs: number;
  maxUnreadBytes: number;
  /** Messages of a stream that watches the whole fleet. */
  maxFleetMessagesPerSecond: number;
  /** How often it is checked that the session still holds. */
  recheckMs: number;
  maxStreams: number;
}

export const STREAM_LIMITS: StreamLimits = {
  heartbeatMs: 15_000,
  maxUnreadBytes: 1 << 20,
  maxFleetMessagesPerSecond: 200,
  recheckMs: 3_000,
  maxStreams: 1_000,
};
