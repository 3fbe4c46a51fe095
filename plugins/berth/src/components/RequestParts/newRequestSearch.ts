import { RequestKind } from '@berth/plugin-berth-common';

/** What the form for a new request is to begin with. */
export interface RequestStart {
  kind?: RequestKind;
  /** Name of the cluster. */
  cluster?: string;
  namespace?: string;
  /** Entity ref. */
  group?: string;
}

/** The query of the form's address, with its question mark. */
export function newRequestSearch(start: RequestStart): string {
  const given = Object.entries(start).filter(([, value]) => value);
  return `?${new URLSearchParams(given)}`;
}
