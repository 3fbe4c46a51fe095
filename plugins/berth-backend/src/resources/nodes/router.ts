import {
  ClusterNode,
  NodeListLine,
  nodeListQuerySchema,
  RESOURCE_DEADLINE,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import pLimit from 'p-limit';
import { Entry } from '../../access/ClusterEntries';
import { assertNotDenied } from '../../access/deniedResources';
import { PersonClient } from '../../kube';
import { parseBody } from '../../validation/parseBody';
import { ClusterCallError, failureOf } from '../failures';
import { LineWriter } from '../LineWriter';
import { readPages } from '../readPages';
import { ResourceParts } from '../types';
import { PodRequests } from './PodRequests';
import { presentNode } from './presentNode';

const CLUSTERS_AT_A_TIME = 16;
/** For all nodes and pods of a cluster. */
const CLUSTER_MS = 60_000;
const MAX_NODE_PAGES = 20;
/** 50,000 pods; of more, nothing is added up. */
const MAX_POD_PAGES = 100;

type Write = (line: NodeListLine) => Promise<void>;

interface Reading {
  client: PersonClient;
  /** Resources that the configuration takes away. */
  deny: readonly string[];
  signal: AbortSignal;
  write: Write;
}

/** Serves the nodes of all clusters, with what their pods ask for. */
export function createNodesRouter({
  access,
  clients,
  deny,
  entries,
  streams,
}: Pick<
  ResourceParts,
  'access' | 'clients' | 'deny' | 'entries' | 'streams'
>): Router {
  const router = PromiseRouter();

  router.get('/resources/nodes', async (request, response) => {
    const { cluster: names } = parseBody(nodeListQuerySchema, request.query);
    const caller = await access.caller(request);
    assertNotDenied({ group: '', resource: 'nodes' }, deny);
    const { entered, refused } = await entries.enterAll(caller, names);
    const release = streams.addPerson(caller.person.userRef);
    const lines = new LineWriter(response);
    const write: Write = line => lines.write(line);
    try {
      await write({
        type: 'start',
        clusters: entered.map(({ cluster: { name } }) => ({ name })),
      });
      for (const { cluster, error } of refused) {
        await write({ type: 'failed', cluster, ...failureOf(error, cluster) });
      }
      const atATime = pLimit(CLUSTERS_AT_A_TIME);
      await Promise.all(
        entered.map(entry =>
          atATime(() =>
            listNodes(entry, {
              client: clients.forPerson(entry.cluster, entry.token),
              deny,
              signal: lines.signal,
              write,
            }),
          ),
        ),
      );
      await write({ type: 'end' });
      lines.end();
    } catch (error) {
      if (!lines.signal.aborted) {
        lines.breakOff();
        throw error;
      }
    } finally {
      release();
    }
  });

  return router;
}

async function listNodes(
  { cluster: { name } }: Entry,
  { client, deny, signal, write }: Reading,
): Promise<void> {
  const end = new AbortController();
  const onAbort = () => end.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const endAfter = (milliseconds: number) =>
    setTimeout(
      () =>
        end.abort(
          new ClusterCallError(
            504,
            `${name} did not answer within ${milliseconds / 1_000} s`,
          ),
        ),
      milliseconds,
    );
  const first = endAfter(RESOURCE_DEADLINE);
  const all = endAfter(CLUSTER_MS);
  try {
    signal.throwIfAborted();
    let count = 0;
    for await (const items of readPages(client, {
      path: '/api/v1/nodes',
      maxPages: MAX_NODE_PAGES,
      onAnswer: () => clearTimeout(first),
      signal: end.signal,
    })) {
      const nodes = items
        .map(presentNode)
        .filter((node): node is ClusterNode => node !== undefined);
      count += nodes.length;
      const at = new Date().toISOString();
      await write({ type: 'nodes', cluster: name, at, nodes });
    }
    await writeRequests(name, { client, deny, signal: end.signal, write });
    await write({ type: 'done', cluster: name, count });
  } catch (error) {
    signal.throwIfAborted();
    await write({ type: 'failed', cluster: name, ...failureOf(error, name) });
  } finally {
    clearTimeout(first);
    clearTimeout(all);
    signal.removeEventListener('abort', onAbort);
  }
}

/** Writes nothing if the person may not list the pods, or they are too many. */
async function writeRequests(
  cluster: string,
  { client, deny, signal, write }: Reading,
): Promise<void> {
  const requests = new PodRequests();
  try {
    assertNotDenied({ group: '', resource: 'pods' }, deny);
    for await (const items of readPages(client, {
      path: '/api/v1/pods',
      fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed',
      maxPages: MAX_POD_PAGES,
      signal,
    })) {
      items.forEach(item => requests.add(item));
    }
  } catch (error) {
    const { cause } = failureOf(error, cluster);
    if (cause === 'Forbidden' || cause === 'TooLarge') {
      return;
    }
    throw error;
  }
  await write({ type: 'requested', cluster, requested: requests.toRecord() });
}
