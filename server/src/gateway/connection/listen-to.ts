import type { WebSocket } from 'ws';
import type { ChargePointConnection } from './charge-point-connection.ts';

const CONNECTION = Symbol('connection');

type HeldSocket = WebSocket & { [CONNECTION]: ChargePointConnection };

/**
 * Brings what happens on a socket to its connection. The listeners are the same functions for all sockets: most charge
 * points are idle most of the time, and closures would be a large part of what each of them costs.
 */
export function listenTo(socket: WebSocket, connection: ChargePointConnection): void {
  const held = Object.assign(socket, { [CONNECTION]: connection });
  held.on('message', onMessage);
  held.on('ping', onPing);
  held.on('pong', onPong);
  held.on('error', onError);
  held.on('close', onClose);
}

function onMessage(this: WebSocket, data: WebSocket.RawData, isBinary: boolean): void {
  (this as HeldSocket)[CONNECTION].receive(data as Buffer, isBinary);
}

function onPing(this: WebSocket): void {
  (this as HeldSocket)[CONNECTION].count();
}

function onPong(this: WebSocket): void {
  (this as HeldSocket)[CONNECTION].pong();
}

function onError(this: WebSocket, error: Error): void {
  (this as HeldSocket)[CONNECTION].failed(error);
}

function onClose(this: WebSocket, code: number, reason: Buffer): void {
  (this as HeldSocket)[CONNECTION].closed({ code, reason: reason.toString('utf8') });
}
