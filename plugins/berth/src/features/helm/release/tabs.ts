/** The tabs of a release, in their order. */
export const RELEASE_TABS = [
  'overview',
  'history',
  'values',
  'manifest',
  'drift',
  'operations',
] as const;

export type ReleaseTab = (typeof RELEASE_TABS)[number];

/** Returns whether a part of the address names a tab. */
export function isReleaseTab(text: string): text is ReleaseTab {
  return RELEASE_TABS.some(tab => tab === text);
}
