import { ProxyRequest } from '../../proxy/types';
import { describeSecrets, isSameRead, lookupOf } from './secretReads';
import { HelmLine, HelmResult, SecretRead } from './types';
import { describeWrite } from './writeWords';

const MAX_NOTES = 50;
const MAX_LOOKUPS = 1_000;
const MAX_WRITES = 5_000;
const MAX_TEXT = 500;

/** What the relay saw of a run. */
export class RunRecord {
  readonly refused: HelmResult['refused'] = [];
  readonly blocked: string[] = [];
  readonly fetched: string[] = [];
  readonly lookups: SecretRead[] = [];
  readonly secretsRead: string[] = [];
  readonly writes: HelmResult['writes'] = [];
  readonly #onLine: (line: HelmLine) => void;

  constructor(onLine: (line: HelmLine) => void = () => {}) {
    this.#onLine = onLine;
  }

  toResult(): Pick<
    HelmResult,
    'refused' | 'blocked' | 'fetched' | 'lookups' | 'secretsRead' | 'writes'
  > {
    const { refused, blocked, fetched, lookups, secretsRead, writes } = this;
    return { refused, blocked, fetched, lookups, secretsRead, writes };
  }

  line(
    level: HelmLine['level'],
    source: HelmLine['source'],
    text: string,
  ): void {
    this.#onLine({ level, source, text: text.slice(0, MAX_TEXT) });
  }

  /** Records a write that was passed on. */
  wrote(
    request: ProxyRequest,
    write: { name?: string; status: number; auditId: string },
  ): void {
    const { path, verb } = request;
    if (path.kind === 'document') {
      return;
    }
    if (this.writes.length < MAX_WRITES) {
      this.writes.push({ ...subjectOf(request), ...write });
    }
    this.line(
      write.status < 400 ? 'info' : 'warning',
      'portal',
      describeWrite({ path, verb }, write),
    );
  }

  /** Records a read of Secrets, in words if they are outside the namespace of the run. */
  readSecrets(request: ProxyRequest, namespace: string): void {
    const { path } = request;
    const lookup = lookupOf(request);
    if (
      lookup &&
      this.lookups.length < MAX_LOOKUPS &&
      !this.lookups.some(one => isSameRead(one, lookup))
    ) {
      this.lookups.push(lookup);
    }
    if (
      path.kind !== 'resource' ||
      path.group !== '' ||
      path.resource !== 'secrets' ||
      path.namespace === namespace
    ) {
      return;
    }
    const text = describeSecrets(path);
    if (!this.secretsRead.includes(text)) {
      add(this.secretsRead, text);
    }
  }

  /** Records an answer 401 or 403 of the API server. */
  refuse(
    request: ProxyRequest,
    refusal: { name?: string; status: 401 | 403; message: string },
  ): void {
    add(this.refused, {
      ...subjectOf(request),
      ...refusal,
      message: refusal.message.slice(0, MAX_TEXT),
    });
  }

  block(text: string): void {
    add(this.blocked, text.slice(0, MAX_TEXT));
    this.line('warning', 'portal', text);
  }

  /** Records a URL that helm asked for, without its credentials and its query. */
  fetch(url: string): void {
    const noted = withoutSecrets(url).slice(0, MAX_TEXT);
    if (!this.fetched.includes(noted)) {
      add(this.fetched, noted);
      this.line('warning', 'portal', `The portal did not fetch ${noted}`);
    }
  }
}

function add<T>(list: T[], item: T) {
  if (list.length < MAX_NOTES) {
    list.push(item);
  }
}

function subjectOf({ path, verb }: ProxyRequest) {
  if (path.kind === 'document') {
    return { verb, group: '', resource: path.segments.join('/') };
  }
  const { group, resource, namespace, name, subresource } = path;
  return {
    verb,
    group,
    resource:
      subresource === undefined ? resource : `${resource}/${subresource}`,
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { name }),
  };
}

function withoutSecrets(url: string): string {
  // The form of CONNECT requests: a host and a port.
  if (/^[\w.[\]-]+:\d+$/.test(url)) {
    return url;
  }
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname}`;
  } catch {
    return 'an address that is not valid';
  }
}
