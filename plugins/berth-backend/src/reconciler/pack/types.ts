import { PackObjectState } from '../../policyPack';

/** The states of the policies of the pack, by name, each with its binding. A policy that is not listed is missing. */
export type PackStates = Record<string, PackObjectState>;

/** Stores the states of the policy pack on clusters. */
export interface PackStore {
  /** Undefined if nothing is known now, such as of a cluster that does not answer. */
  get(clusterId: string): Promise<PackStates | undefined>;
  set(clusterId: string, states: PackStates | undefined): Promise<void>;
}
