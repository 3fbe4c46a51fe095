import { catalog } from './catalog';
import { fleet } from './fleet';
import { Bench } from './harness/types';
import { helm } from './helm';
import { kubectl } from './kubectl';
import { list } from './list';
import { logs } from './logs';
import { mint } from './mint';
import { people } from './people';
import { profiles } from './profiles';
import { proxy } from './proxy';
import { reconcile } from './reconcile';
import { resources } from './resources';
import { revoke } from './revoke';
import { tables } from './tables';

/** Add a bench here; docs/benchmarks.md describes how to write one. */
export const benches: Bench[] = [
  mint,
  people,
  proxy,
  resources,
  logs,
  list,
  catalog,
  reconcile,
  profiles,
  fleet,
  revoke,
  tables,
  kubectl,
  helm,
];
