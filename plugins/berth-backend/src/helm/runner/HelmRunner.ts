import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import pLimit from 'p-limit';
import { KubeGateway } from '../../kube';
import { helmArguments } from './arguments';
import { DiscoveryCache } from './DiscoveryCache';
import { helmEnvironment } from './environment';
import { CHART_FILE, KUBECONFIG_FILE } from './files';
import { checkHelmBinary, HelmBinary } from './helmBinary';
import { HelmExit, runHelmProcess } from './HelmProcess';
import { inTurn } from './inTurn';
import { relayKubeconfig } from './kubeconfig';
import { DEFAULT_LIMITS, HelmLimits } from './limits';
import { Relay, RelayAddress } from './Relay';
import { RelaySession } from './RelaySession';
import { ReleaseGuard } from './ReleaseGuard';
import { RunDiscovery } from './RunDiscovery';
import { RunRecord } from './RunRecord';
import { findSandbox, Sandbox } from './sandbox';
import { ShownGuard } from './ShownGuard';
import { TokenKeeper } from './TokenKeeper';
import { HelmEnd, HelmResult, HelmRun, HelmRuns } from './types';

const OWN_FILE = 0o600;

export interface HelmRunnerOptions {
  /** The absolute path of helm. */
  binary: string;
  /** Whether a computer without util-linux is refused. */
  sandbox: 'preferred' | 'required';
  /** How many operations run at the same time, and as many previews. */
  concurrency: number;
  /** The places of previews, where others share them; by default there are `concurrency`. */
  previewPlaces?: pLimit.Limit;
  /** Resources that the configuration takes away from all requests of people. */
  deny: readonly string[];
  gateway: KubeGateway;
  limits?: Partial<HelmLimits>;
}

/** The result of a run that was cancelled before its turn. */
const NOT_STARTED: HelmResult = {
  ended: 'cancelled',
  stdout: '',
  stderr: '',
  truncated: false,
  refused: [],
  blocked: [],
  fetched: [],
  writes: [],
};

/** The words of client-go for a kind that the cluster does not have. */
const UNKNOWN_KIND = /no matches for kind /;

/** The reason for which a run is ended. */
class RunEnd extends Error {
  constructor(readonly ended: HelmEnd) {
    super(`The run ended: ${ended}`);
  }
}

interface RunParts {
  discovery: RunDiscovery;
  end: AbortController;
  guard?: ReleaseGuard;
  record: RunRecord;
  shown?: ShownGuard;
  tokens: TokenKeeper;
}

/** Runs helm, each time in a new folder and with a new address of the relay. */
export class HelmRunner implements HelmRuns {
  /** The version of helm, such as `v4.2.3`. */
  readonly version: string;
  /** The programs of util-linux that are missing, and without which helm has fewer bounds. */
  readonly missing: readonly string[];
  readonly #binary: HelmBinary;
  readonly #deny: readonly string[];
  readonly #discovery = new DiscoveryCache();
  readonly #gateway: KubeGateway;
  readonly #limits: HelmLimits;
  readonly #relay = new Relay();
  readonly #sandbox: Sandbox;
  readonly #slots: Record<HelmRun['mode'], pLimit.Limit>;
  readonly #end = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  /** @throws InputError for a program that the portal must not run, or without a sandbox where one is required */
  static async create(options: HelmRunnerOptions): Promise<HelmRunner> {
    const sandbox = await findSandbox();
    if (options.sandbox === 'required' && sandbox.missing.length > 0) {
      throw new InputError(
        `berth.helm.sandbox is required, but this computer has no ${sandbox.missing.join(
          ' and ',
        )} of util-linux`,
      );
    }
    return new HelmRunner(
      options,
      await checkHelmBinary(options.binary),
      sandbox,
    );
  }

  private constructor(
    options: HelmRunnerOptions,
    binary: HelmBinary,
    sandbox: Sandbox,
  ) {
    this.version = binary.version;
    this.missing = sandbox.missing;
    this.#binary = binary;
    this.#deny = options.deny;
    this.#gateway = options.gateway;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#sandbox = sandbox;
    this.#slots = {
      apply: pLimit(options.concurrency),
      preview: options.previewPlaces ?? pLimit(options.concurrency),
    };
  }

  async run(run: HelmRun): Promise<HelmResult> {
    const args = helmArguments(run.command, run.mode);
    const { kind } = run.command;
    if ((kind === 'install' || kind === 'upgrade') && !run.chart) {
      throw new InputError(`helm ${kind} needs a chart`);
    }
    const running = inTurn(this.#slots[run.mode], run.signal, () =>
      this.#start(run, args),
    );
    this.#running.add(running);
    try {
      return (await running) ?? NOT_STARTED;
    } finally {
      this.#running.delete(running);
    }
  }

  /**
   * Cancels all runs, waits for their ends, and closes the relay last, so that helm can still record what it could not
   * finish.
   */
  async close(): Promise<void> {
    this.#end.abort(new RunEnd('cancelled'));
    await Promise.allSettled(this.#running);
    await this.#relay.close();
  }

  async #start(run: HelmRun, args: readonly string[]): Promise<HelmResult> {
    const end = new AbortController();
    const cancel = () => end.abort(new RunEnd('cancelled'));
    const deadline = setTimeout(
      () => end.abort(new RunEnd('deadline')),
      run.timeoutMs,
    );
    const record = new RunRecord(run.onLine);
    const tokens = new TokenKeeper({
      mint: run.token,
      onLost: () => end.abort(new RunEnd('lost-right')),
    });
    const signals = [run.signal, this.#end.signal];
    signals.forEach(signal => signal.addEventListener('abort', cancel));
    if (signals.some(({ aborted }) => aborted)) {
      cancel();
    }
    try {
      const discovery = this.#discovery.of(run);
      const guard = run.checked && {
        guard: new ReleaseGuard({
          namespace: run.command.namespace,
          release: run.command.release,
          checked: run.checked,
          onChange: () => end.abort(new RunEnd('changed')),
        }),
      };
      const shown = shownGuardOf(run);
      const parts = { discovery, end, record, shown, tokens, ...guard };
      let exit = await this.#inFolder(run, args, parts);
      if (
        discovery.used &&
        record.writes.length === 0 &&
        !end.signal.aborted &&
        UNKNOWN_KIND.test(exit.stderr)
      ) {
        // Someone may have defined the kind since the portal read the kinds of the cluster.
        discovery.change();
        exit = await this.#inFolder(run, args, parts);
      }
      return {
        ended: endOf(exit, end.signal),
        ...exit,
        ...record.toResult(),
        ...(shown?.problem && { deviation: shown.problem }),
      };
    } finally {
      clearTimeout(deadline);
      signals.forEach(signal => signal.removeEventListener('abort', cancel));
      tokens.close();
    }
  }

  async #inFolder(
    run: HelmRun,
    args: readonly string[],
    { discovery, end, guard, record, shown, tokens }: RunParts,
  ): Promise<HelmExit> {
    if (!end.signal.aborted) {
      // A person who may not enter the cluster starts no helm.
      await tokens.token().catch(() => {});
    }
    if (end.signal.aborted) {
      return { stdout: '', stderr: '', truncated: false };
    }
    const { allowed = [], chart, cluster, command, mode, values = '' } = run;
    const { namespace } = command;
    const folder = await mkdtemp(join(tmpdir(), 'berth-helm-'));
    const write = (name: string, content: string | Buffer) =>
      writeFile(join(folder, name), content, { mode: OWN_FILE });
    let relay: RelayAddress | undefined;
    try {
      relay = await this.#relay.open(
        new RelaySession({
          cluster,
          deny: this.#deny,
          discovery,
          gateway: this.#gateway,
          guard,
          record,
          scope: { allowed, mode, namespace },
          shown,
          tokens,
        }),
      );
      await write(KUBECONFIG_FILE, relayKubeconfig(relay.url, namespace));
      if (chart) {
        await write(CHART_FILE, chart);
      }
      return await runHelmProcess({
        command: this.#sandbox.wrap([this.#binary.path, ...args], this.#limits),
        env: helmEnvironment(folder, {
          goMemoryMiB: this.#limits.goMemoryMiB,
          proxyUrl: relay.proxyUrl,
        }),
        folder,
        input: values,
        limits: this.#limits,
        onErrorLine: line => record.line('info', 'helm', line),
        signal: end.signal,
      });
    } finally {
      relay?.close();
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function shownGuardOf({
  allowed = [],
  command: { namespace, release },
  shown,
}: HelmRun): ShownGuard | undefined {
  return shown && new ShownGuard({ allowed, namespace, release, shown });
}

/** Go ends a program that gets no more memory with this code and these words. */
const GO_CRASH = 2;
const CRASH = /^(fatal error|runtime|panic): /m;

function endOf(exit: HelmExit, { aborted, reason }: AbortSignal): HelmEnd {
  if (aborted) {
    return reason instanceof RunEnd ? reason.ended : 'cancelled';
  }
  const crashed = exit.exitCode === GO_CRASH && CRASH.test(exit.stderr);
  return exit.exitCode === undefined || crashed ? 'killed' : 'exited';
}
