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
 * A spec with all that the API server would fill in itself, and without the empty fields that it would drop, so
 * that what is there is what was wanted.
 *
 * Both lists of rules are always said, also where they are empty: by server-side apply an object keeps what its
 * configuration does not name, so a rule that somebody in the namespace adds would stay.
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

/** Egress only where something is said of it. */
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
