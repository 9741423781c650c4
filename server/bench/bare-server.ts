import { WebSocketServer } from 'ws';
import { reportCpu } from './cpu.ts';

/** The baseline: a bare `ws` server that only parses each frame and answers it. */
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'ocpp2.0.1' });
server.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    const [, messageId] = JSON.parse(data.toString()) as [number, string];
    socket.send(JSON.stringify([3, messageId, { currentTime: new Date().toISOString() }]));
  });
});
server.on('listening', () => reportCpu((server.address() as { port: number }).port));
