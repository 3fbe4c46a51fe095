import { useState } from 'react';
import { Cluster, ManagedNamespace } from '@berth/plugin-berth-common';
import { MineTable } from './MineTable';
import { DEFAULT_QUERY, rowsOf, selectRows } from './mine';

/** Namespaces with the roles of some groups in them. Without namespaces, its skeleton. */
export function HeldTable(props: {
  namespaces?: ManagedNamespace[];
  clusters?: Cluster[];
  /** Entity refs. */
  groups: string[];
  heldLabel?: string;
}) {
  const [query, setQuery] = useState(DEFAULT_QUERY);
  const { namespaces, clusters = [], groups, heldLabel } = props;
  return (
    <MineTable
      rows={
        namespaces && selectRows(rowsOf(namespaces, clusters, groups), query)
      }
      query={query}
      heldLabel={heldLabel}
      onQueryChange={change => setQuery(before => ({ ...before, ...change }))}
    />
  );
}
