import {
  clusterNameSchema,
  dnsLabelSchema,
  helmDiffQuerySchema,
  HelmDrift,
  HelmManifestObject,
  HelmObject,
  helmReleaseName,
  helmRevealRequestSchema,
  helmRevisionQuerySchema,
  helmValuesQuerySchema,
} from '@berth/plugin-berth-common';
import { setImmediate as turn } from 'node:timers/promises';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import * as z from 'zod';
import { Entry, EntryPermission } from '../access/ClusterEntries';
import { audited } from '../audit/audited';
import { ObjectCalls } from '../resources/objects/ObjectCalls';
import { openCalls } from '../resources/objects/openCalls';
import { parseBody } from '../validation/parseBody';
import { compareRevisions } from './releases/compareRevisions';
import { driftOf } from './releases/drift';
import { Health, healthOf } from './releases/health';
import { readHistory } from './releases/history';
import { LiveObject, placeObjects, readLive } from './releases/liveObjects';
import { ManifestObject, readManifest } from './releases/manifest';
import { presentManifestObject } from './releases/manifestView';
import { CopyMask } from './releases/mask';
import { maskValues } from './releases/maskValues';
import {
  ReleaseReader,
  UnreadableReleaseError,
} from './releases/ReleaseReader';
import { revealValue } from './releases/reveal';
import { schemaText, valuesOf, valuesYaml } from './releases/values';
import { readView, secretsOf, seenObjectsOf } from './releases/view';
import { TokenIds } from './tokenIds';
import { HelmParts } from './types';

const RELEASE = '/clusters/:cluster/namespaces/:namespace/releases/:release';

const pathSchema = z.strictObject({
  cluster: clusterNameSchema,
  namespace: dnsLabelSchema,
  release: helmReleaseName,
});
const noQuerySchema = z.object({});

/** Serves single releases. Every call to a cluster has the token of the caller. */
export function createReleaseRouter(parts: HelmParts): Router {
  const router = PromiseRouter();

  const open = <T>(
    [request, response]: [Request, Response],
    permission: EntryPermission,
    work: (
      reader: ReleaseReader,
      objects: ObjectCalls,
      entry: Entry,
    ) => Promise<T>,
  ): Promise<T> => {
    const address = parseBody(pathSchema, request.params);
    const { cluster } = address;
    return openCalls(
      parts,
      { request, response, cluster, permission },
      (objects, opened) => {
        const reader = parts.readerParts(opened);
        const calls = reader.openCalls(opened.signal);
        return work(
          new ReleaseReader({ ...reader, address, calls, objects }),
          objects,
          opened.entry,
        );
      },
    );
  };

  /** Serves a part of a release. */
  const get = <Query extends z.ZodObject>(
    path: string,
    schema: Query,
    read: (
      reader: ReleaseReader,
      query: z.output<Query>,
      objects: ObjectCalls,
    ) => Promise<object>,
  ) =>
    router.get(`${RELEASE}${path}`, async (request, response) => {
      const query = parseBody(schema, request.query) as z.output<Query>;
      response.json(
        await open([request, response], 'helmRead', (reader, objects) =>
          read(reader, query, objects),
        ),
      );
    });

  get('', helmRevisionQuerySchema, (reader, { revision }) =>
    readView(reader, revision),
  );

  get('/history', noQuerySchema, async reader =>
    listOf(await readHistory(reader)),
  );

  get('/values', helmValuesQuerySchema, async (reader, query) => {
    const { release } = await reader.open(query.revision);
    const { values, masked } = maskValues(
      query.defaults ? release.defaults : valuesOf(release, query.all ?? false),
    );
    const schema = query.defaults ? schemaText(release) : undefined;
    return {
      yaml: valuesYaml(values),
      masked,
      ...(schema !== undefined && { schema }),
    };
  });

  get(
    '/manifest',
    helmRevisionQuerySchema,
    async (reader, { revision }, calls) => {
      const { release, stored } = await reader.open(revision);
      const objects = await readManifest(
        release,
        stored,
        reader.options.calls.signal,
      );
      const copies = new CopyMask(secretsOf(release, objects));
      const places = await placeObjects(calls, objects, reader.namespace);
      const items: HelmManifestObject[] = [];
      for (const [index, one] of objects.entries()) {
        // Other requests have their turn between two objects.
        await turn();
        items.push(presentManifestObject(one, places[index].placed, copies));
      }
      return listOf(items);
    },
  );

  get('/diff', helmDiffQuerySchema, async (reader, { from, to }) => {
    const [before, after] = await Promise.all([
      reader.open(from),
      reader.open(to),
    ]);
    const [old, now] = await Promise.all(
      [before, after].map(({ release, stored }) =>
        readManifest(release, stored, reader.options.calls.signal),
      ),
    );
    return compareRevisions(
      { release: before.release, objects: old },
      { release: after.release, objects: now },
      reader.namespace,
    );
  });

  get('/objects', noQuerySchema, async (reader, _query, calls) => {
    try {
      const { release, stored } = await reader.open();
      const objects = await readManifest(
        release,
        stored,
        reader.options.calls.signal,
      );
      const copies = new CopyMask(secretsOf(release, objects));
      return listOf(await readHealth(reader, calls, objects, copies));
    } catch (error) {
      if (error instanceof UnreadableReleaseError) {
        return listOf(await readSeenLive(reader, calls));
      }
      throw error;
    }
  });

  get('/drift', noQuerySchema, async (reader, _query, calls) => {
    const { release, stored } = await reader.open();
    const objects = await readManifest(
      release,
      stored,
      reader.options.calls.signal,
    );
    const copies = new CopyMask(secretsOf(release, objects));
    const live = await readLive(calls, objects, reader.namespace, {
      inVersionOfManifest: true,
      judge: (found, wanted) => driftOf(wanted.object, found, copies),
    });
    const drift: HelmDrift = { items: [], unreadable: [] };
    for (const one of live) {
      const { apiVersion: _, ...placed } = one.placed;
      if (one.state === 'missing') {
        drift.items.push({ ...placed, missing: true, fields: [] });
      } else if (one.state === 'found') {
        if (one.judged.length > 0) {
          drift.items.push({ ...placed, missing: false, fields: one.judged });
        }
      } else {
        const { kind, name } = placed;
        drift.unreadable.push({ kind, name, message: one.message });
      }
    }
    return drift;
  });

  router.post(`${RELEASE}/reveal`, async (request, response) => {
    const address = parseBody(pathSchema, request.params);
    const body = readReveal(request.body);
    const { revision, ...what } = body;
    const asked = revision === undefined ? {} : { revision };
    const value = await audited(
      parts.auditor,
      {
        eventId: 'helm-reveal',
        severityLevel: 'medium',
        request,
        meta: { ...address, ...what, ...asked },
      },
      notes =>
        open([request, response], 'helmReveal', async (reader, _, entry) => {
          const tokens = new TokenIds();
          tokens.add(entry);
          Object.assign(notes, { jtis: tokens.jtis });
          const opened = await reader.open(revision);
          return {
            result: await revealValue(
              opened,
              body,
              reader.options.calls.signal,
            ),
            meta: { revision: opened.stored.revision },
          };
        }),
    );
    response.json({ value });
  });

  return router;
}

/** @throws InputError with the field, the value and the rule */
function readReveal(body: unknown) {
  const [byPath, byKey] = helmRevealRequestSchema.options;
  return body instanceof Object && 'object' in body
    ? parseBody(byKey, body)
    : parseBody(byPath, body);
}

/** Reads the objects of a release, and keeps nothing but how they do. */
async function readHealth(
  reader: ReleaseReader,
  calls: ObjectCalls,
  objects: ManifestObject[],
  copies: CopyMask,
): Promise<HelmObject[]> {
  const live = await readLive(calls, objects, reader.namespace, {
    judge: object => healthOf(object, copies),
  });
  return live.map(presentLive);
}

function presentLive({ placed, ...one }: LiveObject<Health>): HelmObject {
  switch (one.state) {
    case 'found':
      return { ...placed, ...one.judged };
    case 'missing':
      return { ...placed, health: 'Missing' };
    case 'forbidden':
      return { ...placed, health: 'Forbidden', message: one.message };
    default:
      return { ...placed, health: 'Unknown', message: one.message };
  }
}

/** Reads the objects of a release by their labels. */
async function readSeenLive(
  reader: ReleaseReader,
  calls: ObjectCalls,
): Promise<HelmObject[]> {
  const seen = await seenObjectsOf(reader);
  return readHealth(
    reader,
    calls,
    seen.map(({ kind, object }) => ({
      object,
      hook: false,
      kind: kind.kind,
      apiVersion:
        kind.group === '' ? kind.version : `${kind.group}/${kind.version}`,
      ...(object.metadata as { name: string; namespace: string }),
    })),
    new CopyMask([]),
  );
}

function listOf<Item>(items: Item[]): { items: Item[]; totalItems: number } {
  return { items, totalItems: items.length };
}
