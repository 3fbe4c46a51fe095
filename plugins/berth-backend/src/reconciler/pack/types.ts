import { PackObjectState } from '../../policyPack';

/** The states of the policies of the pack, by name, each with its binding. A policy that is not listed is missing. */
export type PackStates = Record<string, PackObjectState>;
