import { suggestionsFor, withSuggestion } from './clusterSuggestions';

const TEXT = `# of dev
persistence:
  storageClass: fast # local disks
  extra:
    - name: a
      storageClassName: slow
    - storageClass: "-"
ingress:
  className: nginx
  hosts:
    - shop.dev.example.com
  host: web.dev.example.com
className: other
mode: 0644
quiet: no
`;

describe('suggestionsFor', () => {
  it('finds values that the settings of a cluster replace, and hosts to look at', () => {
    const found = suggestionsFor(TEXT, {
      defaultStorageClass: 'slow',
      ingress: { className: 'traefik' },
    });
    expect(
      found.map(({ path, now, value }) => [path.join('.'), now, value]),
    ).toEqual([
      ['persistence.storageClass', 'fast', 'slow'],
      ['ingress.className', 'nginx', 'traefik'],
      ['ingress.hosts.0', 'shop.dev.example.com', undefined],
      ['ingress.host', 'web.dev.example.com', undefined],
    ]);
    const changed = withSuggestion(TEXT, found[0]);
    expect(changed).toBe(TEXT.replace('fast', 'slow'));
  });

  it('replaces values under keys that YAML reads as flags, numbers or nothing', () => {
    const text = [
      'on: { storageClass: fast }',
      '1:\n  - storageClass: fast',
      '~:\n  storageClass: fast\n',
    ].join('\n');
    const settings = { defaultStorageClass: 'slow' };
    const found = suggestionsFor(text, settings);
    expect(found).toHaveLength(3);
    expect(found.reduce(withSuggestion, text)).toBe(
      text.replaceAll('fast', 'slow'),
    );
  });

  it('has none without settings, and none for a text that is no YAML', () => {
    expect(suggestionsFor('storageClass: fast\n', {})).toEqual([]);
    expect(
      suggestionsFor('a: [storageClass: fast', { defaultStorageClass: 'x' }),
    ).toEqual([]);
  });
});
