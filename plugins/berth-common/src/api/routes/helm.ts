import {
  helmDiffQuerySchema,
  helmDiffSchema,
  helmDriftSchema,
  helmManifestSchema,
  helmObjectListSchema,
  helmReleaseQuerySchema,
  helmReleaseViewSchema,
  helmRevealedSchema,
  helmRevealRequestSchema,
  helmRevisionListSchema,
  helmRevisionQuerySchema,
  helmValuesQuerySchema,
  helmValuesSchema,
} from '../helm';
import type { ApiRoute } from './ApiRoute';
import { routesOf } from './routesOf';

const helm = routesOf('Helm');

const RELEASE = '/clusters/{cluster}/namespaces/{namespace}/releases/{release}';

const reads = {
  caller: 'Everyone who can enter the cluster, with their own rights on it',
  permission: 'berth.helm.read',
};
const ofRelease = { ...reads, errors: [404, 502] };

/** The routes of Helm releases. */
export const HELM_ROUTES: readonly ApiRoute[] = [
  helm('get /helm/releases', 'List Helm releases over all clusters', {
    ...reads,
    description:
      'One JSON object for each line, as `HelmReleaseLine`. A cluster that fails is one line; the others go on. Releases in namespaces whose Secrets the caller may not list are found by their objects.',
    query: helmReleaseQuerySchema,
    otherTypes: ['application/x-ndjson'],
  }),
  helm(`get ${RELEASE}`, 'Read a Helm release', {
    ...ofRelease,
    query: helmRevisionQuerySchema,
    answer: helmReleaseViewSchema,
  }),
  helm(`get ${RELEASE}/history`, 'List the revisions of a Helm release', {
    ...ofRelease,
    answer: helmRevisionListSchema,
  }),
  helm(`get ${RELEASE}/values`, 'Read the values of a Helm release', {
    ...ofRelease,
    description: 'Values whose names are those of secrets are hidden.',
    query: helmValuesQuerySchema,
    answer: helmValuesSchema,
  }),
  helm(`get ${RELEASE}/manifest`, 'Read the manifest of a Helm release', {
    ...ofRelease,
    query: helmRevisionQuerySchema,
    answer: helmManifestSchema,
  }),
  helm(`get ${RELEASE}/diff`, 'Compare two revisions of a Helm release', {
    ...ofRelease,
    query: helmDiffQuerySchema,
    answer: helmDiffSchema,
  }),
  helm(`get ${RELEASE}/objects`, 'List the objects of a Helm release', {
    ...ofRelease,
    description: 'With their health, as the cluster has them now.',
    answer: helmObjectListSchema,
  }),
  helm(`get ${RELEASE}/drift`, 'Compare a Helm release with the cluster', {
    ...ofRelease,
    answer: helmDriftSchema,
  }),
  helm(`post ${RELEASE}/reveal`, 'Read a hidden value of a Helm release', {
    ...ofRelease,
    permission: 'berth.helm.reveal',
    body: helmRevealRequestSchema,
    answer: helmRevealedSchema,
  }),
];
