import { Request, Response } from 'express';
import { ClusterCallError, routeErrorOf } from '../../access/clusterCallErrors';
import { EntryPermission } from '../../access/ClusterEntries';
import { ResourceParts } from '../types';
import { ObjectCalls } from './ObjectCalls';

const DEADLINE_MS = 60_000;

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
  work: (calls: ObjectCalls) => Promise<T>,
): Promise<T> {
  const caller = await access.caller(request);
  const entry = await entries.enter(caller, cluster, permission);
  const left = new AbortController();
  const leave = () => left.abort(new Error('The caller is gone'));
  response.once('close', leave);
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  try {
    return await work(
      new ObjectCalls({
        userRef: caller.person.userRef,
        entry,
        client: clients.forPerson(entry.cluster, entry.token),
        kinds,
        signal: AbortSignal.any([left.signal, deadline]),
        writeSignal: deadline,
      }),
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
