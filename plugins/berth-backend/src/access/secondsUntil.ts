/** Returns the full seconds that are left, for clients whose clock is wrong. */
export function secondsUntil(time: Date): number {
  return Math.max(0, Math.floor((time.getTime() - Date.now()) / 1000));
}
