import { outcomeOf, OutcomeRow } from '../database/recordOutcome';
import { NamespaceRecord } from '../model/tenancy';

/** A row of the table `namespaces`. */
export interface NamespaceRow extends OutcomeRow {
  cluster_id: string;
  name: string;
  owner_ref: string | null;
  system_ref: string | null;
  origin: string;
  purpose: string | null;
  phase: string;
  terminating: string | null;
  uid: string | null;
  deleting_since: string | null;
  created_at: string;
  created_by: string | null;
}

export function toRecord(row: NamespaceRow): NamespaceRecord {
  return {
    clusterId: row.cluster_id,
    name: row.name,
    ...(row.owner_ref !== null && { owner: row.owner_ref }),
    ...(row.system_ref !== null && { system: row.system_ref }),
    origin: row.origin as NamespaceRecord['origin'],
    ...(row.purpose !== null && { purpose: row.purpose }),
    phase: row.phase as NamespaceRecord['phase'],
    ...(row.terminating !== null && {
      terminating: JSON.parse(row.terminating),
    }),
    ...(row.uid !== null && { uid: row.uid }),
    ...(row.deleting_since !== null && { deletingSince: row.deleting_since }),
    ...outcomeOf(row),
    createdAt: row.created_at,
    ...(row.created_by !== null && { createdBy: row.created_by }),
  };
}
