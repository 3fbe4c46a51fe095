import { ParserPool } from '@berth/plugin-berth-node';
import { StoredSecret } from '../storedSecret';

const MAX_HEAP_MB = 512;
const DEADLINE_MS = 30_000;
const IDLE_MS = 30_000;

/** Yields at most 1,000 Secrets at a time. The fingerprint is that of `fingerprintOf`. */
const PARSER = `function* (bytes, { isList }) {
  const { createHash } = require('node:crypto');
  const answer = JSON.parse(Buffer.from(bytes).toString('utf8'));
  const text = value => (typeof value === 'string' ? value.slice(0, 300) : '');
  const stored = ({ metadata = {}, type, data = {} }) => {
    const labels = metadata.labels ?? {};
    const read = [type, Object.entries(labels).sort(), data.release];
    return {
      name: text(metadata.name),
      uid: text(metadata.uid),
      status: text(labels.status),
      fingerprint: createHash('sha256')
        .update(JSON.stringify(read))
        .digest('base64url'),
    };
  };
  const secrets = isList ? answer.items ?? [] : [answer];
  for (let from = 0; from < secrets.length; from += 1_000) {
    yield secrets.slice(from, from + 1_000).map(stored);
  }
}`;

const pool = new ParserPool({
  parser: PARSER,
  maxHeapMb: MAX_HEAP_MB,
  idleMs: IDLE_MS,
});

/**
 * Reads the Secrets in an answer of an API server, in another process, because a history is up to 64 MiB.
 *
 * @throws ParserError, or the reason of the signal
 */
export async function relayedSecrets(
  bytes: Buffer,
  { isList, signal }: { isList: boolean; signal: AbortSignal },
): Promise<StoredSecret[]> {
  const job = { bytes, settings: { isList }, deadlineMs: DEADLINE_MS, signal };
  const found: StoredSecret[] = [];
  for await (const part of pool.run(job)) {
    found.push(...(part as StoredSecret[]));
  }
  return found;
}
