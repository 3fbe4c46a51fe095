import {
  ClusterDetails,
  FetchResponseWrapper,
  KubernetesFetcher,
} from '@backstage/plugin-kubernetes-node';
import { noToken } from '@berth/plugin-berth-common';
import { clusterDetails } from './clusterDetails';
import { SteadyFetcher } from './SteadyFetcher';

const OURS = clusterDetails({
  id: '01M7Z2MQ9RJT74KJJRT04QPC2J',
  name: 'staging',
  apiServer: 'https://staging.example.com:6443',
  caData: 'Y2E=',
});
const THEIRS: ClusterDetails = {
  name: 'old',
  url: 'https://old.example.com',
  authMetadata: { 'kubernetes.io/auth-provider': 'serviceAccount' },
};
const TOKEN = { type: 'bearer token' as const, token: 'signed' };
const PODS: FetchResponseWrapper = {
  errors: [],
  responses: [{ type: 'pods', resources: [] }],
};

function setUp(answer: () => Promise<FetchResponseWrapper>) {
  const ask = jest.fn(answer);
  const clock = { now: 0 };
  const fetcher = SteadyFetcher.create({
    fetcher: {
      fetchObjectsForService: ask,
      fetchPodMetricsByNamespaces: ask,
    } as KubernetesFetcher,
    deadlineMs: 20,
    restMs: 1000,
    now: () => clock.now,
  });
  const fetch = (details: ClusterDetails, token = TOKEN.token) =>
    fetcher.fetchObjectsForService({
      serviceId: 'storefront',
      clusterDetails: details,
      credential: { ...TOKEN, token },
      objectTypesToFetch: new Set(),
      customResources: [],
    });
  return { ask, clock, fetch, fetcher };
}

describe('SteadyFetcher', () => {
  it('hands on what a cluster answers', async () => {
    const { fetch } = setUp(async () => PODS);

    expect(await fetch(OURS)).toEqual(PODS);
  });

  it('makes any failure the cluster’s own', async () => {
    const { fetch } = setUp(async () => {
      throw new TypeError('Unexpected token < in JSON');
    });

    expect(await fetch(OURS)).toEqual({
      responses: [],
      errors: [
        { errorType: 'FETCH_ERROR', message: 'Unexpected token < in JSON' },
      ],
    });
    await expect(fetch(THEIRS)).rejects.toThrow(TypeError);
  });

  it('does not wait for a cluster that hangs, and lets it rest', async () => {
    const { ask, clock, fetch } = setUp(() => new Promise(() => {}));

    expect((await fetch(OURS)).errors).toEqual([
      {
        errorType: 'FETCH_ERROR',
        message: 'the cluster did not answer within 0.02 s',
      },
    ]);
    clock.now = 999;
    expect((await fetch(OURS)).errors).toEqual([
      {
        errorType: 'FETCH_ERROR',
        message: 'the cluster did not answer; it is asked again soon',
      },
    ]);
    expect(ask).toHaveBeenCalledTimes(1);

    clock.now = 1000;
    ask.mockResolvedValueOnce(PODS);
    expect(await fetch(OURS)).toEqual(PODS);
  });

  it('says why there is no token, and does not send the cluster what stands in its place', async () => {
    const { ask, fetch } = setUp(async () => PODS);

    expect((await fetch(OURS, noToken('too many requests'))).errors).toEqual([
      {
        errorType: 'FETCH_ERROR',
        message: 'there is no token for the cluster: too many requests',
      },
    ]);
    expect(ask).not.toHaveBeenCalled();
  });

  it('does not warn where there is no metrics server, but of what else fails', async () => {
    const error = (statusCode: number) => ({
      errorType: 'UNKNOWN_ERROR' as const,
      statusCode,
      resourcePath: '/apis/metrics.k8s.io/v1beta1/namespaces/team-a/pods',
    });
    const { fetcher } = setUp(async () => ({
      responses: [],
      errors: [error(404), error(403), error(503)],
    }));

    const metrics = await fetcher.fetchPodMetricsByNamespaces(
      OURS,
      TOKEN,
      new Set(['team-a']),
    );

    expect(metrics.errors).toEqual([error(503)]);
  });
});
