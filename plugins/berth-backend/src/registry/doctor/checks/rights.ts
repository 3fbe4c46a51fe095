import { allowedOf } from '../accessReview';
import {
  FORBIDDEN_RIGHTS,
  requiredRights,
  Right,
  rightsOf,
  rightText,
  unexpectedRights,
} from '../rights';
import { SELF_SUBJECT_RULES_REVIEWS } from '../resources';
import { Check, Finding } from '../types';
import { PullSecretsCheckOptions } from './pullSecrets';

const SHOWN = 5;
/** The namespace in which rights do the most harm. */
const NAMESPACE = 'kube-system';

interface RulesReviewStatus {
  resourceRules?: Parameters<typeof rightsOf>[0];
  incomplete?: boolean;
}

/** Checks that the portal has the rights that it needs. */
export const rightsCheck: Check = {
  id: 'rights',
  title: 'Rights',
  needs: ['token'],
  async run({ client, signal }) {
    const required = requiredRights();
    return rightsFinding(required, await allowedOf(client, required, signal));
  },
};

export function rightsFinding(required: Right[], allowed: Right[]): Finding {
  const missing = required.filter(right => !allowed.includes(right));
  if (missing.length === 0) {
    return {
      status: 'Passed',
      message: `All ${required.length} rights that the portal needs`,
    };
  }
  if (allowed.length === 0) {
    return {
      status: 'Failed',
      cause: 'NoRights',
      message:
        'The API server accepts the portal, but the portal has no rights',
      hint: 'Apply the onboarding manifest with kubectl. If that is done, the API server puts another prefix before groups than the groups prefix of this cluster',
    };
  }
  return {
    status: 'Failed',
    cause: 'MissingRights',
    message: `The portal may not ${listed(missing)}`,
    hint: 'Apply the onboarding manifest again: the ClusterRole berth:reconciler on the cluster differs from it',
  };
}

/** Checks that the portal has no more rights than it needs: the matrix of S39, and everything beyond the manifest. */
export const excessCheck = ({
  pullSecrets,
}: PullSecretsCheckOptions): Check => ({
  id: 'excess',
  title: 'No rights beyond these',
  needs: ['token'],
  async run({ client, signal }) {
    const forbidden = await allowedOf(client, FORBIDDEN_RIGHTS, signal);
    const { resourceRules = [], incomplete } = await client.review<
      object,
      RulesReviewStatus
    >(SELF_SUBJECT_RULES_REVIEWS, { namespace: NAMESPACE }, { signal });
    return excessFinding(
      forbidden,
      unexpectedRights(rightsOf(resourceRules), pullSecrets),
      incomplete === true,
    );
  },
});

export function excessFinding(
  forbidden: Right[],
  unexpected: Right[],
  incomplete: boolean,
): Finding {
  if (forbidden.length > 0) {
    return {
      status: 'Failed',
      cause: 'TooManyRights',
      message: `The portal may ${listed(forbidden)}`,
      hint: 'Find the RoleBinding or ClusterRoleBinding that grants this to the group cluster-reconciler or to all users, and delete it: with such rights, an attacker who takes over the portal has the cluster',
    };
  }
  if (unexpected.length > 0) {
    return {
      status: 'Warning',
      cause: 'MoreRights',
      message: `The portal may also ${listed(
        unexpected,
      )}, which the manifest does not grant`,
      hint: 'Find the RoleBinding or ClusterRoleBinding that grants this to the group cluster-reconciler or to all authenticated users, and check whether it is intended',
    };
  }
  return {
    status: 'Passed',
    message: `None of ${
      FORBIDDEN_RIGHTS.length
    } rights that the portal must not have${
      incomplete ? '; the API server could not list all rights' : ''
    }`,
  };
}

function listed(rights: Right[]): string {
  const shown = rights.slice(0, SHOWN).map(rightText).join(', ');
  const more = rights.length - SHOWN;
  return more > 0 ? `${shown} and ${more} more` : shown;
}
