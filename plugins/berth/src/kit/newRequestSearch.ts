import { NamespaceRole, RequestKind } from '@berth/plugin-berth-common';

/** The first values of the form for a new request. */
export interface RequestStart {
  kind?: RequestKind;
  /** Name of the cluster. */
  cluster?: string;
  namespace?: string;
  /** Entity ref. */
  group?: string;
  role?: NamespaceRole;
}

/** Writes the query of the form's address, with its question mark. */
export function newRequestSearch(start: RequestStart): string {
  const given = Object.entries(start).filter(([, value]) => value);
  return `?${new URLSearchParams(given)}`;
}
