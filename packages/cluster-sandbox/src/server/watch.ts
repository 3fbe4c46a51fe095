import { ServerResponse } from 'node:http';
import {
  apiVersionOf,
  ResourceDefinition,
  resourceKey,
} from '../resources/ResourceDefinition';
import { badRequest, expired } from '../status';
import { RevisionForgotten, Store, StoreEvent } from '../storage/Store';
import { JsonObject, KubeObject } from '../types';
import { Format } from './negotiation';
import { isTrue } from './RequestInfo';
import { readSelection, Selection } from './selection';
import { toTable, viewObject } from './table';

const BOOKMARK_INTERVAL = 5_000;
const DEFAULT_TIMEOUT = 30 * 60;
/** The most bytes to buffer for a client; one that does not read is disconnected. */
const MAX_BUFFERED_BYTES = 16 * 1024 * 1024;

interface WatchLine {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: JsonObject;
}

/** Streams changes until the client disconnects, the time is up, or the server stops. */
export function watchObjects(
  store: Store,
  definition: ResourceDefinition,
  namespace: string | undefined,
  query: URLSearchParams,
  format: Format,
  response: ServerResponse,
): void {
  const selection = inNamespace(readSelection(definition, query), namespace);
  const collection = store.collection(resourceKey(definition));
  const version = query.get('resourceVersion') ?? '';
  const initial = readInitialEvents(query);
  if (version !== '' && !/^\d+$/.test(version)) {
    throw badRequest(
      `resourceVersion: Invalid value: ${JSON.stringify(
        version,
      )}: strconv.ParseUint: parsing ${JSON.stringify(
        version,
      )}: invalid syntax`,
    );
  }
  response.statusCode = 200;
  response.setHeader('Content-Type', 'application/json');
  response.setHeader('Cache-Control', 'no-cache, private');
  response.flushHeaders();

  const write = (line: WatchLine) => {
    if (response.writableEnded || response.destroyed) {
      return;
    }
    if (response.writableLength > MAX_BUFFERED_BYTES) {
      response.destroy();
      return;
    }
    response.write(`${JSON.stringify(line)}\n`);
  };
  let columnsSent = false;
  const show = (object: KubeObject): JsonObject => {
    const view = viewObject(
      definition,
      object,
      format.view,
      query.get('includeObject'),
    );
    if (format.view === 'Table' && columnsSent) {
      view.columnDefinitions = null;
    }
    columnsSent = true;
    return view;
  };
  const tell = (event: StoreEvent) => {
    const line = asSeen(event, selection);
    if (line) {
      write({ type: line.type, object: show(line.object) });
    }
  };

  const fromNow = initial ?? (version === '' || version === '0');
  try {
    if (fromNow) {
      collection
        .values(namespace ? `${namespace}/` : '')
        .filter(selection.matches)
        .forEach(object => write({ type: 'ADDED', object: show(object) }));
    } else if (version !== '' && version !== '0') {
      collection.since(Number(version)).forEach(tell);
    }
  } catch (error) {
    if (!(error instanceof RevisionForgotten)) {
      throw error;
    }
    const status = expired(
      `too old resource version: ${version} (${error.oldest})`,
    ).toStatus();
    write({ type: 'ERROR', object: status });
    response.end();
    return;
  }

  const bookmarks = isTrue(query, 'allowWatchBookmarks');
  const bookmark = (annotations?: Record<string, string>) => {
    const metadata = { resourceVersion: `${store.revision}` };
    write({
      type: 'BOOKMARK',
      object:
        format.view === 'Table'
          ? {
              ...toTable(definition, [], metadata, null),
              columnDefinitions: null,
            }
          : {
              kind: definition.kind,
              apiVersion: apiVersionOf(definition),
              metadata: {
                ...metadata,
                creationTimestamp: null,
                ...(annotations && { annotations }),
              },
            },
    });
  };
  if (initial && bookmarks) {
    bookmark({ 'k8s.io/initial-events-end': 'true' });
  }
  const unsubscribe = collection.subscribe(tell);
  const interval = bookmarks
    ? setInterval(bookmark, BOOKMARK_INTERVAL)
    : undefined;
  const seconds = Number(query.get('timeoutSeconds') ?? 0) || DEFAULT_TIMEOUT;
  const timeout = setTimeout(() => response.end(), seconds * 1000);
  response.once('close', () => {
    unsubscribe();
    clearInterval(interval);
    clearTimeout(timeout);
  });
}

function readInitialEvents(query: URLSearchParams): boolean | undefined {
  const value = query.get('sendInitialEvents');
  if (value === null) {
    return undefined;
  }
  if (query.get('resourceVersionMatch') !== 'NotOlderThan') {
    throw badRequest(
      'sendInitialEvents: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    );
  }
  return value !== 'false';
}

function inNamespace(
  selection: Selection,
  namespace: string | undefined,
): Selection {
  return {
    selective: selection.selective,
    matches: object =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      selection.matches(object),
  };
}

/**
 * Converts a write to the event for a client that sees only the selected objects; undefined if the client sees
 * nothing.
 */
export function asSeen(
  event: StoreEvent,
  selection: Selection,
): { type: StoreEvent['type']; object: KubeObject } | undefined {
  const before =
    event.previous !== undefined && selection.matches(event.previous);
  const after = event.type !== 'DELETED' && selection.matches(event.object);
  if (after) {
    return { type: before ? 'MODIFIED' : 'ADDED', object: event.object };
  }
  if (!before) {
    return undefined;
  }
  const metadata = {
    ...event.previous!.metadata,
    resourceVersion: event.object.metadata.resourceVersion,
  };
  return {
    type: 'DELETED',
    object:
      event.type === 'DELETED'
        ? event.object
        : { ...event.previous!, metadata },
  };
}
