import type { WebSocket } from 'ws';

/** Whether somebody is still at the other end of a socket: any pong within the time says so. */
export function answersPing(socket: WebSocket, withinMs: number): Promise<boolean> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve(false);
  return new Promise((resolve) => {
    const settle = (isAlive: boolean): void => {
      clearTimeout(timer);
      socket.off('pong', onPong);
      socket.off('close', onClose);
      resolve(isAlive);
    };
    const onPong = (): void => settle(true);
    const onClose = (): void => settle(false);
    const timer = setTimeout(onClose, withinMs);
    socket.on('pong', onPong);
    socket.on('close', onClose);
    socket.ping();
  });
}
