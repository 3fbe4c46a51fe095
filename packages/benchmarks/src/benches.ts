import { Bench } from './harness/types';
import { mint } from './mint';

/** Add a bench here; docs/benchmarks.md says how it is written. */
export const benches: Bench[] = [mint];
