import { TOKEN_LIFETIME_SECONDS } from '../../../issuer/tokenLifetime';
import {
  isKubeError,
  KubeClient,
  KubeError,
  SELF_SUBJECT_ACCESS_REVIEWS,
} from '../../../kube';
import { ClusterRecord } from '../../../model/clusters';
import { SELF_SUBJECT_REVIEWS } from '../resources';
import { Check, CheckContext, Facts, Finding } from '../types';

interface SelfSubjectReviewStatus {
  userInfo?: { username?: unknown; groups?: unknown };
}

export interface TokenCheckOptions {
  /** Returns when the stored credential of a cluster expires; undefined if none is stored. */
  credentialExpiry: (cluster: ClusterRecord) => Promise<Date | undefined>;
}

/** Checks that the API server accepts the portal's token. Otherwise it names the most likely reason. */
export function tokenCheck({ credentialExpiry }: TokenCheckOptions): Check {
  return {
    id: 'token',
    title: 'Token',
    needs: ['version'],
    async run(context) {
      const { client, cluster, signal } = context;
      try {
        const identity = await identify(client, signal);
        return {
          status: 'Passed',
          message: identity.username
            ? `The API server accepts the portal's token, as ${identity.username}`
            : "The API server accepts the portal's token",
          facts: {
            ...identity,
            version: (await client.version({ signal })).gitVersion,
          },
        };
      } catch (error) {
        if (isKubeError(error, 'Unauthorized')) {
          return explainRefusal(
            context,
            error,
            await credentialExpiry(cluster),
            new Date(),
          );
        }
        throw error;
      }
    },
  };
}

/**
 * Reads the user name and groups of the client from the API server. Old API servers do not have this review and refuse
 * it, but the refusal names the user.
 */
async function identify(
  client: KubeClient,
  signal: AbortSignal,
): Promise<Pick<Facts, 'username' | 'groups'>> {
  let username: string | undefined;
  for (const resource of SELF_SUBJECT_REVIEWS) {
    try {
      const { userInfo } = await client.review<object, SelfSubjectReviewStatus>(
        resource,
        {},
        { signal },
      );
      const { username: name, groups } = userInfo ?? {};
      return {
        username: typeof name === 'string' ? name : undefined,
        groups: Array.isArray(groups) ? groups.map(String) : undefined,
      };
    } catch (error) {
      if (isKubeError(error, 'Forbidden')) {
        username ??= nameIn(error);
      } else if (!isKubeError(error, 'NotFound')) {
        throw error;
      }
    }
  }
  // All authenticated users may do this, so it fails for a client that is not authenticated.
  await client.review(
    SELF_SUBJECT_ACCESS_REVIEWS,
    { resourceAttributes: { verb: 'list', resource: 'nodes' } },
    { signal },
  );
  return { username };
}

function nameIn({ message }: KubeError): string | undefined {
  return /User "((?:[^"\\]|\\.)+)" cannot /.exec(message)?.[1];
}

/** Finds the most likely reason of a 401, which contains none, by ruling out everything that the portal can check. */
export function explainRefusal(
  { cluster, facts }: Pick<CheckContext, 'cluster' | 'facts'>,
  error: KubeError,
  credentialExpiry: Date | undefined,
  now: Date,
): Finding {
  const failed = (cause: string, message: string, hint: string): Finding => ({
    status: 'Failed',
    cause,
    message: `${error.message}. ${message}`,
    hint,
  });
  // A token that is not stored is created for the call.
  const expiry =
    credentialExpiry?.getTime() ??
    now.getTime() + TOKEN_LIFETIME_SECONDS * 1000;
  const ahead =
    facts.endpoint && !isKubeError(facts.endpoint)
      ? facts.endpoint.clockAheadMs ?? 0
      : 0;
  if (expiry <= now.getTime()) {
    return failed(
      'Expired',
      `The token expired at ${new Date(expiry).toISOString()}`,
      'Give the cluster a new credential in its settings; the portal could not renew the last one in time',
    );
  }
  if (expiry <= now.getTime() + ahead) {
    return failed(
      'ClockSkew',
      "By the API server's clock the token has expired already",
      'Synchronize both clocks by NTP',
    );
  }
  if (cluster.connection !== 'oidc') {
    return failed(
      'Unauthorized',
      'The token is the stored credential of the cluster',
      'Give the cluster a new credential in its settings; the last one may have been revoked on the cluster',
    );
  }
  if (!wasAccepted(cluster)) {
    return failed(
      'NotSetUp',
      `The API server has not accepted a token of this portal yet${
        facts.issuerProblem === undefined
          ? ''
          : `, and there is a problem with the issuer: ${facts.issuerProblem}`
      }`,
      `Do step 2 of Onboarding first: it makes the API server trust the portal. If that is done, compare the audience (${cluster.id}) and the issuer's URL in its settings, and see the API server's log. After a change it may take half a minute`,
    );
  }
  if (facts.issuerProblem !== undefined) {
    return failed(
      'Issuer',
      `There is a problem with the portal's issuer: ${facts.issuerProblem}`,
      "Fix the issuer first: the API server reads the keys from it. After that it takes up to half a minute, or the API server's next start",
    );
  }
  return failed(
    'Audience',
    `The portal finds nothing wrong with the token, the clocks or its issuer. Most likely the API server expects another audience than ${cluster.id}`,
    `Compare --oidc-client-id, or the audiences of its AuthenticationConfiguration, with that id, byte for byte, and the issuer's URL. Then see the API server's log for whether it reaches and trusts the issuer. After a change it may take half a minute`,
  );
}

/** Returns whether the API server has accepted a token before. */
function wasAccepted({ status }: Pick<ClusterRecord, 'status'>): boolean {
  return (
    status.lastSeenAt !== undefined ||
    status.state === 'Connected' ||
    status.state === 'Forbidden'
  );
}
