import Fastify from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { createMemoryMessageLog } from '../../test/support/memory-message-log.ts';
import { metricsPlugin } from './metrics.plugin.ts';
import { createMetrics } from './metrics.ts';

const metrics = createMetrics();
afterEach(() => metrics.close());

it('counts what the log says, with labels that nobody on the wire can invent', async () => {
  const log = createMemoryMessageLog();
  metrics.follow(log);
  const figures = { held: 0, lost: 1, refused: 0, connects: 1 };
  metrics.followBus({ trouble: () => 'away', figures: () => ({ ...figures }) });
  const connected = { thingName: 'CP1', kind: 'event' as const, action: 'connected', frame: '{"protocol":"ocpp1.6"}' };
  log.add({ ...connected, connectionId: 'a' });
  log.add({ ...connected, connectionId: 'b' });
  log.add({ ...connected, connectionId: 'b', action: 'disconnected', frame: '{"code":1000,"reason":""}' });
  log.add({ ...connected, connectionId: '', action: 'refused', frame: '{"reason":"not-registered"}' });
  log.add({ thingName: 'CP1' });
  log.add({ thingName: 'CP1', kind: 'result', direction: 'out', latencyMs: 12 });
  log.add({ thingName: 'CP1', action: 'Evil"}\n' });
  log.add({ thingName: 'CP1', kind: 'error', errorCode: 'MadeUp', action: 'Reset' });
  log.add({ thingName: 'CP1', kind: 'error', errorCode: 'NotImplemented', action: 'Reset' });
  log.add({ thingName: 'CP1', kind: 'error', errorCode: 'FormationViolation', action: 'Reset' });
  metrics.handled('Heartbeat', 3);

  const app = Fastify();
  await app.register(metricsPlugin, { metrics });
  Object.assign(figures, { held: 2, lost: 4, connects: 3 });
  const answer = await app.inject('/metrics');
  expect(answer.headers['content-type']).toContain('text/plain');
  const lines = answer.body.split('\n');
  expect(lines).toContain('ocpp_connections{protocol="ocpp1.6"} 1');
  expect(lines).toContain('ocpp_frames_total{direction="in",action="Heartbeat",outcome="call"} 1');
  expect(lines).toContain('ocpp_frames_total{direction="out",action="Heartbeat",outcome="result"} 1');
  expect(lines).toContain('ocpp_frames_total{direction="in",action="other",outcome="call"} 1');
  expect(lines).toContain('ocpp_frames_total{direction="in",action="Reset",outcome="other-error"} 1');
  expect(lines).toContain('ocpp_frames_total{direction="in",action="Reset",outcome="NotImplemented"} 1');
  // OCPP 1.6 spells it differently: one error, one label.
  expect(lines).toContain('ocpp_frames_total{direction="in",action="Reset",outcome="FormatViolation"} 1');
  expect(lines).toContain('ocpp_connection_events_total{event="refused",reason="not-registered"} 1');
  expect(lines).toContain('csms_handler_seconds_bucket{action="Heartbeat",le="0.0025"} 0');
  expect(lines).toContain('csms_handler_seconds_bucket{action="Heartbeat",le="0.005"} 1');
  expect(lines).toContain('csms_handler_seconds_bucket{action="Heartbeat",le="+Inf"} 1');
  expect(lines).toContain('csms_handler_seconds_sum{action="Heartbeat"} 0.003');
  expect(lines).toContain('csms_handler_seconds_count{action="Heartbeat"} 1');
  expect(lines).toContain('bus_trouble 1');
  expect(lines).toContain('bus_held_messages 2');
  expect(lines).toContain('bus_lost_messages_total 3');
  expect(lines).toContain('bus_connects_total 3');
  expect(answer.body).toMatch(/nodejs_eventloop_lag/);
  expect(answer.body).toMatch(/message_log_commit_seconds_count \d+/);
  await app.close();
});
