/* eslint-disable no-console -- this is a terminal program */

const started = Date.now();
const HEARTBEAT_MS = 15_000;

/** Prints a line after the time since the start. */
export function say(message) {
  console.log(`[${minutesOf(Date.now() - started).padStart(5)}] ${message}`);
}

/** Minutes and seconds, such as 1:05. */
export function minutesOf(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Prints text without the time. */
export function print(text) {
  console.log(text);
}

/** Prints to stderr. */
export function complain(text) {
  console.error(text);
}

/**
 * Reports every 15 seconds what is still running, so that silence never looks like a hang.
 *
 * @param {() => string} describe - what is running now
 * @returns {() => void} ends it
 */
export function heartbeat(describe) {
  const timer = setInterval(() => say(`… ${describe()}`), HEARTBEAT_MS);
  timer.unref();
  return () => clearInterval(timer);
}
