import {
  classifyResponse,
  KubeError,
  KubeLimits,
  KubeTransport,
  parseJson,
} from '@berth/plugin-berth-node';
import { readLines } from './readLines';
import { assertWatched, isRecord, versionOf } from './shapes';
import {
  KubeCallOptions,
  KubeObject,
  KubeResource,
  KubeSelection,
  KubeWatchEvent,
} from './types';

/** How much later than requested a server may end a watch, in milliseconds. */
const END_MS = 5_000;

export interface WatchOptions extends KubeCallOptions {
  transport: KubeTransport;
  limits: KubeLimits;
  path: string;
  resource: KubeResource;
  selection?: KubeSelection;
  resourceVersion: string;
}

/**
 * Opens a watch. It is short on purpose: a connection that fails silently brings no events and no error, and
 * bookmarks, which would show the failure, are rare and not sent by every server. So Berth asks the server to end
 * each watch within `watchTimeout`, and aborts a watch that lasts longer.
 *
 * @see https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export async function watchEvents<T extends KubeObject>(
  options: WatchOptions,
): Promise<AsyncGenerator<KubeWatchEvent<T>>> {
  const { transport, limits, path, selection } = options;
  // Watches that open at the same moment do not all end at the same moment.
  const seconds = Math.max(
    Math.floor((limits.watchTimeout / 1000) * (1 - Math.random() / 3)),
    1,
  );
  const chunks = await transport.stream(
    {
      method: 'GET',
      path,
      query: {
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: options.resourceVersion,
        timeoutSeconds: String(seconds),
        labelSelector: selection?.labelSelector,
      },
      signal: options.signal,
    },
    seconds * 1000 + END_MS,
  );
  return noting(
    transport,
    decode<T>(
      readLines(chunks, limits.maxLineBytes, transport.server),
      options,
    ),
  );
}

async function* noting<T>(
  transport: KubeTransport,
  events: AsyncGenerator<T>,
): AsyncGenerator<T> {
  try {
    yield* events;
  } catch (error) {
    throw transport.recordError(error);
  }
}

async function* decode<T extends KubeObject>(
  lines: AsyncIterable<Uint8Array>,
  { resource, transport: { server } }: WatchOptions,
): AsyncGenerator<KubeWatchEvent<T>> {
  for await (const line of lines) {
    const event = await parseJson(line, server);
    const type = isRecord(event) ? event.type : undefined;
    const object = isRecord(event) ? event.object : undefined;
    switch (type) {
      case 'ADDED':
      case 'MODIFIED':
      case 'DELETED':
        yield { type, object: assertWatched<T>(object, resource, server) };
        break;
      case 'BOOKMARK':
        yield { type, resourceVersion: versionOf(object, server) };
        break;
      case 'ERROR':
        throw classifyResponse(
          { status: codeOf(object), body: object },
          server,
        );
      default:
        throw new KubeError(
          'Protocol',
          `${server} was asked to watch ${resource.plural} and answers with something else`,
        );
    }
  }
}

function codeOf(status: unknown): number {
  const code = isRecord(status) ? status.code : undefined;
  return typeof code === 'number' && code >= 400 ? code : 500;
}
