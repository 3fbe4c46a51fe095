import { KubeClient, KubeResource } from '../../kube';

/** Wraps a client so that each write is recorded. */
export function countWrites(client: KubeClient): {
  client: KubeClient;
  writes: string[];
} {
  const writes: string[] = [];
  const note = (verb: string, { kind }: KubeResource) => {
    writes.push(`${verb} ${kind}`);
  };
  return {
    writes,
    client: {
      version: (...call) => client.version(...call),
      review: (...call) => client.review(...call),
      get: (...call) => client.get(...call),
      list: (...call) => client.list(...call),
      pages: (...call) => client.pages(...call),
      watch: (...call) => client.watch(...call),
      create: (resource, ...call) => {
        note('create', resource);
        return client.create(resource, ...call);
      },
      apply: (resource, ...call) => {
        note('apply', resource);
        return client.apply(resource, ...call);
      },
      applyHidden: (resource, ...call) => {
        note('apply', resource);
        return client.applyHidden(resource, ...call);
      },
      dryRunApply: (...call) => client.dryRunApply(...call),
      delete: (resource, ...call) => {
        note('delete', resource);
        return client.delete(resource, ...call);
      },
    },
  };
}
