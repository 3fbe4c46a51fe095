import {
  ClusterNode,
  NodeListLine,
  nodeListQuerySchema,
  RESOURCE_DEADLINE,
} from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Entry } from '../../access/ClusterEntries';
import { assertNotDenied } from '../../access/deniedResources';
import { PersonClient } from '../../kube';
import { parseBody } from '../../validation/parseBody';
import { ClusterDeadlines } from '../ClusterDeadlines';
import { failureOf } from '../failures';
import { readPages } from '../readPages';
import { ClusterLines, streamClusters } from '../streamClusters';
import { ResourceParts } from '../types';
import { PodRequests } from './PodRequests';
import { presentNode } from './presentNode';

/** For all nodes and pods of a cluster. */
const CLUSTER_MS = 60_000;
const MAX_NODE_PAGES = 20;
/** 50,000 pods; of more, nothing is added up. */
const MAX_POD_PAGES = 100;

interface Reading extends ClusterLines<NodeListLine> {
  client: PersonClient;
  /** Resources that the configuration takes away. */
  deny: readonly string[];
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
    await streamClusters<NodeListLine, Entry>(response, {
      parts: entered,
      refused,
      streams,
      userRef: caller.person.userRef,
      startOf: ({ cluster: { name } }) => ({ name }),
      list: (entry, lines) =>
        listNodes(entry, {
          client: clients.forPerson(entry.cluster, entry.token),
          deny,
          ...lines,
        }),
    });
  });

  return router;
}

async function listNodes(
  { cluster: { name } }: Entry,
  { client, deny, signal, write: writeLine }: Reading,
): Promise<void> {
  const deadlines = new ClusterDeadlines(signal);
  const write = deadlines.unhurried(writeLine);
  const answered = deadlines.endAfter(
    RESOURCE_DEADLINE,
    () => `${name} did not answer within ${RESOURCE_DEADLINE / 1_000} s`,
  );
  deadlines.endAfterWork(
    CLUSTER_MS,
    () => `${name} did not finish its answers within ${CLUSTER_MS / 1_000} s`,
  );
  try {
    signal.throwIfAborted();
    let count = 0;
    for await (const items of readPages(client, {
      path: '/api/v1/nodes',
      maxPages: MAX_NODE_PAGES,
      onAnswer: answered,
      signal: deadlines.signal,
    })) {
      const nodes = items
        .map(presentNode)
        .filter((node): node is ClusterNode => node !== undefined);
      count += nodes.length;
      const at = new Date().toISOString();
      await write({ type: 'nodes', cluster: name, at, nodes });
    }
    await writeRequests(name, {
      client,
      deny,
      signal: deadlines.signal,
      write,
    });
    await write({ type: 'done', cluster: name, count });
  } catch (error) {
    signal.throwIfAborted();
    await write({ type: 'failed', cluster: name, ...failureOf(error, name) });
  } finally {
    deadlines.stop();
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
