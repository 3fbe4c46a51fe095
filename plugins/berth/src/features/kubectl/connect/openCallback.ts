/**
 * Leads the browser to a program on this computer. The whole page goes there, because browsers block requests of a
 * page to the computer's own addresses.
 */
export function openCallback(url: string): void {
  window.location.assign(url);
}
