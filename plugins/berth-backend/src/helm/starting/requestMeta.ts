import { JsonObject } from '@backstage/types';
import {
  HelmOperationRequest,
  HelmPromotionSource,
  HelmRequest,
} from '@berth/plugin-berth-common';
import { PreparedPreview } from '../previews/types';

/** What the activity log says about a copy and about promotion. */
export function copyMeta(
  asked: HelmRequest | HelmOperationRequest,
  { preview: { promotedFrom } }: PreparedPreview,
): JsonObject {
  const copyOf = 'copyOf' in asked ? asked.copyOf : undefined;
  return {
    ...(copyOf && {
      copyOf: releaseWords(copyOf),
      copiesHiddenValues: copyOf.hiddenValues ?? false,
    }),
    ...(promotedFrom && { promotedFrom: promotedFrom.map(releaseWords) }),
  };
}

/** Names the archive of the chart, as the digest of repositories does. */
export function digestMeta({ chartDigest }: PreparedPreview): {
  chartDigest?: string;
} {
  return chartDigest === undefined ? {} : { chartDigest };
}

/** What the activity log says about every attempt, also one that fails. */
export function attemptMeta(
  asked: HelmRequest | HelmOperationRequest,
): JsonObject {
  const { kind, cluster, namespace, release } = asked;
  return { cluster, namespace, release, kind, baseRevision: baseOf(asked) };
}

function releaseWords({
  cluster,
  namespace,
  release,
  revision,
}: HelmPromotionSource): string {
  return `${cluster}/${namespace}/${release} revision ${revision}`;
}

/** Returns the revision on which a request is based. An installation has none before it. */
export function baseOf(asked: HelmRequest | HelmOperationRequest): number {
  return asked.kind === 'install' ? 0 : asked.baseRevision;
}
