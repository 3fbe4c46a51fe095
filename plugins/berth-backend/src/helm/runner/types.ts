import { KubeTarget } from '../../kube';
import { ChangingNames } from '../releases/changingNames';
import { StoredSecret } from '../storedSecret';

/** What all commands name. */
interface ReleaseCommand {
  namespace: string;
  release: string;
}

/** The choices of commands that write objects with hooks. */
interface WriteChoices {
  /** Runs no hooks of the chart. */
  noHooks?: boolean;
  /** Takes over fields that others own. Helm accepts it only for releases of server-side apply. */
  forceConflicts?: boolean;
  /** How many revisions Helm keeps; 10 by default. */
  historyMax?: number;
  /** How long Helm waits for one thing, such as the job of a hook; 5 minutes by default. */
  waitSeconds?: number;
}

/** What commands with a chart have in common. */
interface ChartChoices {
  description?: string;
  /** Labels of the stored release, besides those that it has. */
  labels?: Record<string, string>;
  /** Waits until the objects are ready, and undoes everything if they are not. */
  rollbackOnFailure?: boolean;
  /** For a chart whose schema refers to other documents. */
  skipSchemaValidation?: boolean;
  skipCrds?: boolean;
}

/** Makes a release of the chart of the run. */
export interface InstallCommand
  extends ReleaseCommand,
    ChartChoices,
    Omit<WriteChoices, 'historyMax'> {
  kind: 'install';
}

/** Sets the values of a release, with the chart of the run. */
export interface UpgradeCommand
  extends ReleaseCommand,
    ChartChoices,
    WriteChoices {
  kind: 'upgrade';
}

export interface RollbackCommand extends ReleaseCommand, WriteChoices {
  kind: 'rollback';
  revision: number;
}

export interface UninstallCommand extends ReleaseCommand {
  kind: 'uninstall';
  keepHistory?: boolean;
  noHooks?: boolean;
  description?: string;
  waitSeconds?: number;
}

export interface TestCommand extends ReleaseCommand {
  kind: 'test';
  waitSeconds?: number;
}

/** A command of helm. The arguments are made from nothing else. */
export type HelmCommand =
  | InstallCommand
  | UpgradeCommand
  | RollbackCommand
  | UninstallCommand
  | TestCommand;

/** A preview writes nothing: helm simulates the command, and the relay passes no writes on. */
export type HelmMode = 'preview' | 'apply';

/** A token of the person for the cluster. */
export interface HelmToken {
  token: string;
  expiresAt: Date;
}

/** An object that a run may write although it is not in the namespace of the run. */
export interface AllowedObject {
  /** Empty for the core group. */
  group: string;
  /** The plural, such as `clusterroles`. */
  resource: string;
  /** Absent for an object that is in no namespace. */
  namespace?: string;
  name: string;
}

/** Stands for the resources of a kind that the cluster did not have at the preview. */
export const ANY_RESOURCE = '*';

/** A Secret that a chart reads, or all of a namespace or of the cluster. */
export interface SecretRead {
  namespace?: string;
  name?: string;
}

/** What a preview showed, as far as it bounds what helm may do. */
export interface ShownWork {
  /** The objects in the namespace of the release that the operation may write. */
  objects: AllowedObject[];
  /** Whether `objects` has all of them: Berth may not have read a document that helm reads. */
  isWhole: boolean;
  /** Of `renderedDigest`: what helm stores first, and what it stores if it undoes that. */
  rendered?: { next: string; undo: string };
  /** The names that `rendered.next` covers by their beginnings. `objects` does not have them. */
  changing?: ChangingNames[];
  /** The Secrets that the chart read, if there is a chart to render. */
  secrets?: SecretRead[];
}

/** What an operation would have done that its preview did not show. */
export type Deviation = 'write' | 'rendering' | 'read';

/** A line about the progress of a run. */
export interface HelmLine {
  level: 'info' | 'warning' | 'error';
  /** `portal` for a write that the relay has seen; `helm` for what helm prints, which may hold secrets. */
  source: 'portal' | 'helm';
  /** At most 500 characters. */
  text: string;
}

/** One execution of helm. */
export interface HelmRun {
  mode: HelmMode;
  cluster: KubeTarget & { name: string };
  /** The person whose token it is, as an entity reference. */
  person: string;
  /**
   * Called first when the run starts, and again when the token is half used. A rejection ends the run, because the
   * person may no longer be allowed to enter the cluster.
   */
  token(signal: AbortSignal): Promise<HelmToken>;
  /** What the run may write outside the namespace of the command; nothing by default. */
  allowed?: readonly AllowedObject[];
  command: HelmCommand;
  /** The stored revisions of the release; helm may read no others. By default, helm reads what the cluster has. */
  checked?: readonly StoredSecret[];
  /** The packed chart (.tgz), which an installation and an upgrade need. */
  chart?: Buffer;
  /** To what the run is held besides `allowed`; by default, it may write everything in the namespace of the command. */
  shown?: ShownWork;
  /** All overrides as YAML; none by default. */
  values?: string;
  /** After this time, in milliseconds, helm is ended, whatever it does. */
  timeoutMs: number;
  /** Cancels the run: helm gets SIGTERM, and SIGKILL 10 seconds later. */
  signal: AbortSignal;
  onLine?(line: HelmLine): void;
}

/** A write that the relay passed on, and that was no dry run. */
export interface HelmWrite {
  /** As in RBAC, such as `patch`. */
  verb: string;
  group: string;
  resource: string;
  namespace?: string;
  name?: string;
  /** The status of the answer; 502 without an answer, where the write may have succeeded. */
  status: number;
  /** The ID of the request in the audit log of the API server. */
  auditId: string;
}

/** A request that the API server did not accept. */
export interface HelmRefusal {
  verb: string;
  group: string;
  resource: string;
  namespace?: string;
  name?: string;
  status: 401 | 403;
  /** In the words of the API server. */
  message: string;
}

/** Why a run ended. */
export type HelmEnd =
  /** helm ended without a signal. The exit code does not prove that the release is as wished; read the release. */
  | 'exited'
  | 'cancelled'
  /** It exceeded `timeoutMs`. */
  | 'deadline'
  /** `token` rejected. */
  | 'lost-right'
  /** helm would have read other revisions than `checked`. */
  | 'changed'
  /** By a bound of memory, processor time or file size, or from outside. */
  | 'killed';

export interface HelmResult {
  ended: HelmEnd;
  /** Absent if helm did not start or was ended by a signal. */
  exitCode?: number;
  /** May hold secrets. */
  stdout: string;
  /** May hold secrets. */
  stderr: string;
  /** Whether a part of `stdout` or `stderr` is missing, because there was too much of it. */
  truncated: boolean;
  /** What the API server refused; at most 50. */
  refused: HelmRefusal[];
  /** Requests to the API server that the relay did not pass on, in words; at most 50. */
  blocked: string[];
  /** The URLs or the hosts that helm asked for and did not get, without their queries; at most 50. */
  fetched: string[];
  /** The Secrets outside the namespace that helm has read, as a chart can by `lookup`; in words, at most 50. */
  secretsRead?: string[];
  /** The Secrets in all namespaces that templates could read, also those of the release; at most 1,000. */
  lookups?: SecretRead[];
  /** What the relay refused first because the preview did not show it. */
  deviation?: Deviation;
  /** The writes in their order; at most 5,000. */
  writes: HelmWrite[];
}

/** Runs helm. */
export interface HelmRuns {
  /** @throws InputError for a command that is not valid, before helm starts; otherwise every end is a result */
  run(run: HelmRun): Promise<HelmResult>;
}
