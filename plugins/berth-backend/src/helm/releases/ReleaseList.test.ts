import { HelmReleaseLine } from '@berth/plugin-berth-common';
import { aReleaseSecret } from '../__testUtils__/aReleaseSecret';
import { ReleaseList } from './ReleaseList';
import { storedRevision } from './storedRevision';
import { SummaryCache } from './SummaryCache';
import { ReleaseSource } from './types';

describe('ReleaseList', () => {
  it('takes the release in a Secret, as the page does, if a ConfigMap has one of the same name', async () => {
    const stored = {
      secret: [aReleaseSecret({ name: 'web', revision: 3 })],
      configMap: [
        aReleaseSecret({ name: 'web', revision: 7 }),
        aReleaseSecret({ name: 'cache' }),
      ],
    };
    const lines: HelmReleaseLine[] = [];
    await new ReleaseList({
      assertAllowed: () => {},
      cache: new SummaryCache(),
      configMapStorage: true,
      entry: { cluster: { id: 'c1', name: 'prod' } },
      openCalls: () => ({
        listRevisions: async (source: ReleaseSource) =>
          stored[source].map(object => storedRevision(object, source)),
        getContent: async (source: ReleaseSource, { name }: { name: string }) =>
          stored[source].find(({ metadata }) => metadata.name === name),
      }),
      scope: { type: 'cluster', held: [] },
      signal: new AbortController().signal,
      write: async (line: HelmReleaseLine) => {
        lines.push(line);
      },
    } as never).run();
    const rows = lines.flatMap(line =>
      line.type === 'releases' ? line.items : [],
    );
    expect(
      new Set(rows.map(({ name, source }) => `${name} in ${source}`)),
    ).toEqual(new Set(['web in secret', 'cache in configMap']));
    expect(lines.at(-1)).toMatchObject({ type: 'done', count: 2 });
  });
});
