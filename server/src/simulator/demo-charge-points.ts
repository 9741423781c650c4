import type { OcppVersion } from '@cpo-console/shared/ocpp-j/frame.ts';
import { createFileTransfer } from './firmware-and-logs.ts';
import { type SimulatedChargePoint, startSimulatedChargePoint } from './simulated-charge-point.ts';

/** Simulated charge points that live in the server's own process, for a look at the console without hardware. */
export interface DemoChargePoints {
  count(): number;
  start(demo: { thingName: string; protocol: OcppVersion; password: string | null }): void;
  stop(thingName: string): void;
  /** Resolves when all of them have said goodbye. */
  close(): Promise<void>;
}

/** @param ocppUrl of this server itself, known once it listens: `ws://127.0.0.1:8080/ocpp` */
export function createDemoChargePoints(ocppUrl: () => string): DemoChargePoints {
  const running = new Map<string, SimulatedChargePoint>();
  return {
    count: () => running.size,
    start({ thingName, protocol, password }) {
      const secret = password === null ? {} : { password };
      const demo = startSimulatedChargePoint({
        url: ocppUrl(),
        id: thingName,
        protocol,
        scenario: 'charge',
        files: createFileTransfer((url) => linkToHere(url, ocppUrl())),
        ...secret,
      });
      running.set(thingName, demo);
      void demo.ended.then(() => running.delete(thingName));
    },
    stop: (thingName) => void running.get(thingName)?.stop(),
    async close() {
      await Promise.all([...running.values()].map((demo) => demo.stop()));
    },
  };
}

/** It lives in the server, which must not ask any address that an operator types: only links to here, by whatever name. */
function linkToHere({ pathname }: URL, ocppUrl: string): URL | null {
  if (!/^\/(firmware|uploads)\//.test(pathname)) return null;
  return new URL(pathname, ocppUrl.replace(/^ws/, 'http'));
}
