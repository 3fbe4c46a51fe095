import {
  ResourceDefinition,
  resourceKey,
} from '../resources/ResourceDefinition';
import { badRequest, expired, StatusError } from '../status';
import { RevisionForgotten, Slice, Store } from '../storage/Store';
import { JsonObject } from '../types';
import { Format } from './negotiation';
import { readSelection } from './selection';
import { viewList } from './table';

interface ContinueToken {
  v: string;
  /** The revision of the pages' snapshot; -1 for the current objects. */
  rv: number;
  start: string;
}

const TOO_OLD =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** Answers a list, whole or in pages of one snapshot. */
export function listObjects(
  store: Store,
  definition: ResourceDefinition,
  namespace: string | undefined,
  query: URLSearchParams,
  format: Format,
): JsonObject {
  const selection = readSelection(definition, query);
  const prefix = namespace ? `${namespace}/` : '';
  const token = query.get('continue');
  // Any version is served from the cache, which has no pages.
  const any = query.get('resourceVersion') === '0' && !token;
  const limit = any ? undefined : Number(query.get('limit') ?? 0) || undefined;
  const start = token ? readToken(token) : undefined;
  const exact = query.get('resourceVersionMatch') === 'Exact';
  const asked = Number(query.get('resourceVersion') ?? 0);
  checkVersion(store, query, start !== undefined);
  let revision: number | undefined;
  if (start && start.rv >= 0) {
    revision = start.rv;
  } else if (exact) {
    revision = asked;
  }
  let slice: Slice;
  try {
    slice = store.collection(resourceKey(definition)).slice({
      prefix,
      after: start?.start,
      limit,
      revision,
      filter: selection.selective ? selection.matches : undefined,
    });
  } catch (error) {
    if (!(error instanceof RevisionForgotten)) {
      throw error;
    }
    if (!start) {
      throw expired(`The resourceVersion for the provided list is too old.`);
    }
    const inconsistent = writeToken({ ...start, rv: -1 });
    throw withContinue(expired(TOO_OLD), inconsistent);
  }
  const shown = revision ?? store.revision;
  const metadata: JsonObject = { resourceVersion: `${shown}` };
  if (slice.next !== undefined) {
    metadata.continue = writeToken({
      v: 'meta.k8s.io/v1',
      rv: shown,
      start: slice.next,
    });
    if (!selection.selective) {
      metadata.remainingItemCount = slice.remaining;
    }
  }
  return viewList(
    definition,
    slice.items,
    metadata,
    format.view,
    query.get('includeObject'),
  );
}

function checkVersion(
  store: Store,
  query: URLSearchParams,
  continued: boolean,
): void {
  const version = query.get('resourceVersion') ?? '';
  if (version === '') {
    return;
  }
  if (continued && version !== '0') {
    throw badRequest(
      'specifying resource version is not allowed when using continue',
    );
  }
  if (!/^\d+$/.test(version)) {
    throw badRequest(
      `resourceVersion: Invalid value: ${JSON.stringify(
        version,
      )}: strconv.ParseUint: parsing ${JSON.stringify(
        version,
      )}: invalid syntax`,
    );
  }
  if (Number(version) > store.revision) {
    throw new StatusError(
      504,
      'Timeout',
      `Timeout: Too large resource version: ${version}, current: ${store.revision}`,
      {
        causes: [
          {
            reason: 'ResourceVersionTooLarge',
            message: 'Too large resource version',
          },
        ],
        retryAfterSeconds: 1,
      },
    );
  }
}

function readToken(token: string): ContinueToken {
  try {
    const value = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (
      value?.v === 'meta.k8s.io/v1' &&
      Number.isInteger(value.rv) &&
      typeof value.start === 'string'
    ) {
      return value;
    }
  } catch {
    // The answer is the same as for a token of another format.
  }
  throw badRequest('invalid continue token: continue key is not valid');
}

function writeToken(token: ContinueToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/** Returns a 410 with a token by which the client can continue. */
function withContinue(error: StatusError, token: string): StatusError {
  const toStatus = error.toStatus.bind(error);
  error.toStatus = () => ({ ...toStatus(), metadata: { continue: token } });
  return error;
}
