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

const SHOWN = 5;
/** Where what is granted in one namespace would do the most harm. */
const NAMESPACE = 'kube-system';

interface RulesReviewStatus {
  resourceRules?: Parameters<typeof rightsOf>[0];
  incomplete?: boolean;
}

/** Whether the portal may do what it needs to. */
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
      message: 'The portal is known to the API server, but may do nothing',
      hint: 'Apply the onboarding manifest with kubectl. If that was done, the API server puts another prefix before groups than this cluster is set to',
    };
  }
  return {
    status: 'Failed',
    cause: 'MissingRights',
    message: `The portal may not ${listed(missing)}`,
    hint: 'Apply the onboarding manifest again: the ClusterRole berth:reconciler on the cluster is not the one in it',
  };
}

/** Whether the portal may do more than it needs to: S39's matrix, and everything beyond the manifest. */
export const excessCheck: Check = {
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
      unexpectedRights(rightsOf(resourceRules)),
      incomplete === true,
    );
  },
};

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
      hint: 'Find the role binding that gives that to the group cluster-reconciler, or to everybody, and take it away: with such rights, who takes over the portal has the cluster',
    };
  }
  if (unexpected.length > 0) {
    return {
      status: 'Warning',
      cause: 'MoreRights',
      message: `The portal may also ${listed(
        unexpected,
      )}, which the manifest does not give`,
      hint: 'Find the role binding that gives that to the group cluster-reconciler, or to everybody who is logged in, and see whether it is meant',
    };
  }
  return {
    status: 'Passed',
    message: `None of ${
      FORBIDDEN_RIGHTS.length
    } rights that the portal must not have${
      incomplete ? '; the API server could not list all that there is' : ''
    }`,
  };
}

function listed(rights: Right[]): string {
  const shown = rights.slice(0, SHOWN).map(rightText).join(', ');
  const more = rights.length - SHOWN;
  return more > 0 ? `${shown} and ${more} more` : shown;
}
