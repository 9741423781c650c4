import type { ChargePointEvent, Ending } from './simulated-charge-point.ts';

/** Why a charge point gave up, in one line; null when it was stopped. */
export function explainEnding(ending: Ending, subject: { id: string; url: string; protocol: string }): string | null {
  const { id, url, protocol } = subject;
  switch (ending.kind) {
    case 'stopped':
      return null;
    case 'no-common-protocol':
      return `${url} does not speak ${protocol}.`;
    case 'not-a-sandbox':
      return `${url} does not say that ${id} is a sandbox.`;
    case 'unreachable':
      return `Cannot connect to ${url}: ${ending.reason}. Is the server running?`;
    case 'refused':
      if (ending.status === 404)
        return `${id} is not registered at ${url} (HTTP 404). Register it in the console first, if that is the address.`;
      if (ending.status === 401) return `${id} was refused at ${url}: wrong or missing password (HTTP 401).`;
      return `${id} was refused at ${url} (HTTP ${ending.status}).`;
  }
}

export function explainEvent(event: ChargePointEvent): string {
  switch (event.kind) {
    case 'connected':
      return 'connected';
    case 'booted':
      return `accepted, heartbeat every ${event.heartbeatSeconds} s`;
    case 'not-yet-accepted':
      return `boot not accepted (${event.status}), next try in ${event.retrySeconds} s`;
    case 'token-refused':
      return `card ${event.idToken} is not accepted (${event.status})${event.chargesAnyway ? '; charging for free' : ''}`;
    case 'disconnected':
      return 'disconnected';
    case 'retrying':
      return `${event.reason}, connecting in ${event.seconds} s`;
  }
}
