import { Response } from 'express';
import { isKubeError } from '../../kube';
import { startStream, writeSome } from '../LineWriter';
import { containersOf, LogContainer } from './containers';
import { findPods, LogSubject, readPod } from './findPods';
import { LogCluster } from './LogAnswer';
import { openLog } from './openLog';

export interface DownloadOptions {
  cluster: LogCluster;
  subject: LogSubject;
  selection: {
    container?: string;
    previous?: boolean;
    since?: string;
    tail?: number;
  };
  /** Breaks the download off. */
  signal: AbortSignal;
}

/** Writes whole logs as text, one after the other, as fast as the person takes them. Nothing is collected. */
export class LogDownload {
  readonly #options: DownloadOptions;
  #pods: string[] = [];

  constructor(options: DownloadOptions) {
    this.#options = options;
  }

  /** @throws KubeError if the pods cannot be found */
  async start(): Promise<void> {
    const { cluster, subject } = this.#options;
    const pods = await findPods(subject, cluster.read);
    this.#pods = pods.map(({ name }) => name);
  }

  /** @throws KubeError before anything is written if the person may not read the log */
  async run(response: Response): Promise<void> {
    const { signal, subject } = this.#options;
    for (const pod of this.#pods) {
      const containers = await this.#containersOf(pod);
      const single = this.#pods.length === 1 && containers.length === 1;
      for (const container of containers) {
        await this.#write(response, container, single);
        signal.throwIfAborted();
      }
    }
    begin(response, subject.name);
    response.end();
  }

  async #containersOf(pod: string): Promise<LogContainer[]> {
    const { cluster, selection, subject } = this.#options;
    try {
      return containersOf(
        await readPod(subject.namespace, pod, cluster.read),
      ).filter(
        ({ container }) =>
          selection.container === undefined ||
          container === selection.container,
      );
    } catch (error) {
      if (isKubeError(error, 'NotFound')) {
        return [];
      }
      throw error;
    }
  }

  async #write(
    response: Response,
    { pod, container }: LogContainer,
    single: boolean,
  ): Promise<void> {
    const { cluster, selection, signal, subject } = this.#options;
    const { previous, since, tail } = selection;
    const release = cluster.addConnection();
    try {
      const body = await openLog(
        cluster.open,
        { namespace: subject.namespace, pod, container, previous, since, tail },
        { cluster: cluster.name, signal },
      );
      begin(response, subject.name);
      if (!single) {
        await writeSome(response, `==> ${pod}/${container} <==\n`, signal);
      }
      for await (const chunk of body) {
        await writeSome(response, chunk, signal);
      }
    } catch (error) {
      // One of many logs that is missing does not keep the person from the others.
      if (
        single ||
        signal.aborted ||
        isKubeError(error, 'Forbidden') ||
        !isKubeError(error)
      ) {
        throw error;
      }
      begin(response, subject.name);
      await writeSome(
        response,
        `==> ${pod}/${container}: ${error.message} <==\n`,
        signal,
      );
    } finally {
      release();
    }
  }
}

function begin(response: Response, name: string) {
  if (!response.headersSent) {
    response.status(200);
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="${name.replace(/[^\w.-]/g, '_')}.log"`,
    );
    response.setHeader(
      'Content-Security-Policy',
      "sandbox; default-src 'none'",
    );
    startStream(response, 'text/plain');
  }
}
