import type { WebSocket } from 'ws';

/**
 * Sends a ping at intervals, so that no ingress takes the connection for idle, and ends the connection if the last ping
 * was not answered.
 */
export function ping(socket: WebSocket, interval: number): NodeJS.Timeout {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  return setInterval(() => {
    if (!answered && !socket.isPaused) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping(() => {});
  }, interval);
}
