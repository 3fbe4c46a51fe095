import { KubeTarget } from '../../../../kube';

/** The task of a replica that runs operations on releases of one cluster in a separate process. */
export interface KilledSettings {
  database: { client: string; connection: object | string };
  cluster: KubeTarget & { id: string; name: string };
  /** The token of the person. */
  token: string;
  /** The path of helm. */
  helm: string;
  times: { tickMs: number; unsureMs: number; silentMs: number };
  /** Kills itself with SIGKILL at this write of helm, counted from 1. */
  killAt?: KillPoint;
}

/** Before the API server gets the write, or after its answer, which helm does not get. */
export interface KillPoint {
  write: number;
  when: 'before' | 'after';
}
