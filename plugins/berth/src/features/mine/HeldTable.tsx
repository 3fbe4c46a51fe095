import { useState } from 'react';
import { Cluster, ManagedNamespace } from '@berth/plugin-berth-common';
import { MineTable } from './MineTable';
import { MineQuery, rowsOf, selectRows } from './mine';

const ALL: MineQuery = {
  search: '',
  cluster: '',
  sort: { column: 'name', direction: 'ascending' },
};

/** Namespaces with the roles of some groups in them. Without namespaces, its skeleton. */
export function HeldTable(props: {
  namespaces?: ManagedNamespace[];
  clusters?: Cluster[];
  /** Entity refs. */
  groups: string[];
  heldLabel?: string;
}) {
  const [query, setQuery] = useState(ALL);
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
