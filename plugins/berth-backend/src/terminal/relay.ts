import type { WebSocket } from 'ws';

/** What the slower side has not taken, before the faster side waits. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** Passes one message on. The sender of the message waits while the receiver is slower. */
export function relay(
  from: WebSocket,
  to: WebSocket,
  message: Uint8Array,
): void {
  to.send(message, () => {
    if (from.isPaused && to.bufferedAmount <= MAX_WAITING_BYTES) {
      from.resume();
    }
  });
  if (to.bufferedAmount > MAX_WAITING_BYTES) {
    from.pause();
  }
}
