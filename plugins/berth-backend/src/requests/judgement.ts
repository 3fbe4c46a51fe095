import { SizeClass } from '@berth/plugin-berth-common';
import { heldBy } from '../access/entitlement';
import { Approvers } from './Approvers';
import { ValidatedRequest } from './RequestValidator';
import { holdingOf } from './takesAway';
import { RequestRule, RequestStores, StoredVerdict } from './types';
import { judge } from './verdict';

/** Who decides, found out before the rules are applied in a transaction, as it takes the catalog. */
export interface Deciders {
  /** Entity refs. */
  approvers: string[];
  /** Whether only the requester may, and so nobody. */
  undecidable: boolean;
}

/** Reads what the rules need and applies them. */
export async function verdictOn(
  checked: ValidatedRequest,
  {
    approvers,
    undecidable,
    rules,
    sizeClasses,
    stores,
  }: {
    rules: RequestRule[];
    sizeClasses: SizeClass[];
    stores: RequestStores;
  } & Deciders,
): Promise<StoredVerdict> {
  const { content, cluster, seen } = checked;
  const { spec, bounds, decider } = content;
  const now = new Date();
  const group = spec.kind === 'grant' ? spec.group : decider;
  const verdict = judge(rules, {
    spec,
    cluster,
    group,
    bounds,
    seen,
    promised:
      group === undefined ? [] : await stores.requests.promisedTo(group),
    ...(seen && (await heldNow(stores, checked, now))),
    sizeClasses,
    now,
  });
  return {
    ...verdict,
    approvers,
    ...(verdict.outcome === 'NeedsApproval' && undecidable && { undecidable }),
    ...(spec.kind === 'grant' && !seen && { unseen: true }),
  };
}

/** What the request would replace, read where nobody can change it meanwhile. */
async function heldNow(
  { tenancy }: RequestStores,
  { content, person }: ValidatedRequest,
  now: Date,
) {
  const { spec, clusterId } = content;
  const key = { clusterId, name: spec.namespace };
  if (spec.kind === 'quota') {
    const [current] = await tenancy.quotas.list(key);
    return { current };
  }
  if (spec.kind === 'namespace') {
    return {};
  }
  const owner = (await tenancy.namespaces.get(key))?.owner;
  const names =
    owner === undefined ? [] : await tenancy.grants.holders([owner]);
  const owners =
    owner === undefined || names.length > 0 ? names : [{ group: owner }];
  return {
    holding: holdingOf(await tenancy.grants.list(key), spec.group, now),
    ownsNamespace: heldBy(person, owners).length > 0,
  };
}

/** A verdict as its requester may see it. */
export function forRequester(
  { unseen, ...verdict }: StoredVerdict,
  approvers: Approvers,
) {
  return unseen
    ? // Not whether anybody decides either, which hangs on the owner.
      { ...verdict, approvers: approvers.ofUnseen(), undecidable: undefined }
    : verdict;
}
