import { z } from 'zod';
import { networkPolicySpec } from './networkPolicySchema';
import {
  LabelSelector,
  NetworkPolicyPeer,
  NetworkPolicySpec,
  PolicyType,
} from './types';

type Written = z.output<typeof networkPolicySpec>;
type WrittenPeer = NonNullable<
  NonNullable<Written['ingress']>[number]['from']
>[number];

/**
 * Returns a spec with all defaults of the API server, and without the empty fields that it drops, so that the
 * stored object equals the desired one.
 *
 * Both lists of rules are always set, even if they are empty: server-side apply keeps fields that a
 * configuration does not name, so a rule that others add in the namespace would stay.
 */
export function completeSpec(written: Written): NetworkPolicySpec {
  const { podSelector, policyTypes, ingress = [], egress = [] } = written;
  return {
    podSelector: selectorOf(podSelector),
    policyTypes: policyTypes ?? typesFor(egress),
    ingress: ingress.map(({ from = [], ports = [] }) => ({
      ...(from.length > 0 && { from: from.map(peerOf) }),
      ...(ports.length > 0 && { ports }),
    })),
    egress: egress.map(({ to = [], ports = [] }) => ({
      ...(to.length > 0 && { to: to.map(peerOf) }),
      ...(ports.length > 0 && { ports }),
    })),
  };
}

/** Returns the policy types: egress only if the spec has egress rules. */
function typesFor(egress: unknown[]): PolicyType[] {
  return egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

function peerOf({
  podSelector,
  namespaceSelector,
  ipBlock,
}: WrittenPeer): NetworkPolicyPeer {
  return {
    ...(podSelector && { podSelector: selectorOf(podSelector) }),
    ...(namespaceSelector && {
      namespaceSelector: selectorOf(namespaceSelector),
    }),
    ...(ipBlock && {
      ipBlock: {
        cidr: ipBlock.cidr,
        ...(ipBlock.except?.length && { except: ipBlock.except }),
      },
    }),
  };
}

function selectorOf({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): LabelSelector {
  return {
    ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
    ...(matchExpressions.length > 0 && {
      matchExpressions: matchExpressions.map(({ key, operator, values }) => ({
        key,
        operator,
        ...(values?.length && { values }),
      })),
    }),
  };
}
