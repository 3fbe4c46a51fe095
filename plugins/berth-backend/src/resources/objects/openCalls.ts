import { Request, Response } from 'express';
import { ClusterCallError, routeErrorOf } from '../../access/clusterCallErrors';
import { Entry, EntryPermission } from '../../access/ClusterEntries';
import { PersonClient } from '../../kube';
import { ResourceParts } from '../types';
import { ObjectCalls } from './ObjectCalls';

const DEADLINE_MS = 60_000;

/** Who calls which cluster. */
export interface OpenedCluster {
  /** Entity ref of the caller. */
  userRef: string;
  entry: Entry;
  client: PersonClient;
  /** Ends all calls that change nothing. */
  signal: AbortSignal;
}

/**
 * Enters a cluster as the caller of a request, and runs calls to the cluster. Calls that change
 * nothing end when the caller leaves. Writes go on, because what the activity log says about them must be true.
 *
 * @throws the errors of `ClusterEntries.enter` and of `work`; a failure of the cluster as an error of the route
 */
export async function openCalls<T>(
  {
    access,
    clients,
    entries,
    kinds,
  }: Pick<ResourceParts, 'access' | 'clients' | 'entries' | 'kinds'>,
  {
    request,
    response,
    cluster,
    permission,
  }: {
    request: Request;
    response: Response;
    /** Name of the cluster. */
    cluster: string;
    permission: EntryPermission;
  },
  work: (calls: ObjectCalls, opened: OpenedCluster) => Promise<T>,
): Promise<T> {
  const caller = await access.caller(request);
  const entry = await entries.enter(caller, cluster, permission);
  const left = new AbortController();
  const leave = () => left.abort(new Error('The caller is gone'));
  response.once('close', leave);
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  try {
    const opened: OpenedCluster = {
      userRef: caller.person.userRef,
      entry,
      client: clients.forPerson(entry.cluster, entry.token),
      signal: AbortSignal.any([left.signal, deadline]),
    };
    return await work(
      new ObjectCalls({ ...opened, kinds, writeSignal: deadline }),
      opened,
    );
  } catch (error) {
    throw routeErrorOf(inTime(error, cluster), cluster);
  } finally {
    response.off('close', leave);
  }
}

/** Puts the end of the time for all calls in words. */
export function inTime(error: unknown, cluster: string): unknown {
  return error instanceof DOMException && error.name === 'TimeoutError'
    ? new ClusterCallError(504, `${cluster} did not answer in time`)
    : error;
}
