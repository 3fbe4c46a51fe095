import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { berthTokenCreatePermission } from '@berth/plugin-berth-common';
import { clusterConditions, createClusterConditionalDecision } from '../..';
import { readDecisions, writeDecisions } from './recordedDecisions';

const conditional = createClusterConditionalDecision(
  berthTokenCreatePermission,
  {
    anyOf: [
      clusterConditions.hasName({ names: ['prod'] }),
      { not: clusterConditions.isSharedWith({ groups: ['team-a'] }) },
    ],
  },
);

describe('recorded decisions', () => {
  it('keeps what the policy answered', () => {
    const decisions = new Map<string, PolicyDecision>([
      ['berth.cluster.read', { result: AuthorizeResult.ALLOW }],
      ['berth.namespace.read', { result: AuthorizeResult.DENY }],
      ['berth.token.create', conditional],
    ]);
    expect(readDecisions(writeDecisions(decisions))).toEqual(decisions);
  });

  it('S51 refuses what is no decision', () => {
    for (const decision of [
      undefined,
      null,
      {},
      { result: 'MAYBE' },
      { result: AuthorizeResult.CONDITIONAL },
      { ...conditional, pluginId: 'catalog' },
    ]) {
      expect(() =>
        writeDecisions(new Map([['berth.token.create', decision]]) as never),
      ).toThrow();
    }
    for (const text of ['', '[]', 'null', '{"a":{"result":"MAYBE"}}']) {
      expect(() => readDecisions(text)).toThrow();
    }
  });
});
