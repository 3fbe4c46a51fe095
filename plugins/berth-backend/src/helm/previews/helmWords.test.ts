import { logTextsOf, textsOf } from '../preflight/sentences';
import { CopyMask } from '../releases/mask';
import { HelmResult } from '../runner/types';
import { whyNotRendered } from './helmWords';

const copies = new CopyMask(['planted-password']);

const why = (
  result: Partial<HelmResult>,
  kind: 'install' | 'upgrade' = 'upgrade',
) =>
  whyNotRendered(
    {
      ...{ ended: 'exited', exitCode: 1, stdout: '', stderr: '' },
      ...{
        truncated: false,
        refused: [],
        blocked: [],
        fetched: [],
        writes: [],
      },
      ...result,
    },
    kind,
    'prod',
    copies,
  );

describe('the words of helm', () => {
  it.each<[Partial<HelmResult>, string]>([
    [{ exitCode: 0 }, 'rendered'],
    [{ exitCode: 0, truncated: true }, 'the release is too large'],
    [{ ended: 'deadline' }, 'helm did not render the chart in time'],
    [{ ended: 'lost-right' }, 'You may no longer enter prod'],
    [{ ended: 'killed' }, 'more memory or processor time'],
    [
      {
        stderr:
          'Error: UPGRADE FAILED: chart requires kubeVersion: >=1.25.0 which is incompatible with Kubernetes v1.20.2\n',
      },
      'The chart needs Kubernetes >=1.25.0, but prod has v1.20.2',
    ],
    [
      {
        stderr:
          "Error: UPGRADE FAILED: values don't meet the specifications of the schema(s) in the following chart(s):\nweb:\n- at '/replicas': got string, want integer\n- at '/code': 'hunter2' does not match pattern '^x$'\n",
      },
      'The values do not fit the schema of the chart: replicas: got string, want integer; code: (not shown) does not match pattern (not shown)',
    ],
    [
      {
        stderr:
          'level=INFO msg=x\nError: UPGRADE FAILED: template: web/a.yaml:1:2:\n  planted-password is wrong\n',
      },
      'helm cannot upgrade the release: template: web/a.yaml:1:2: •••••• is wrong',
    ],
    [
      {
        stderr: 'Error: x',
        refused: [
          {
            ...{ verb: 'get', group: '', resource: 'nodes', status: 403 },
            ...{ name: 'n', message: 'nodes is forbidden' },
          },
        ],
      },
      'You may not get nodes "n" on prod. It concerns the whole cluster: a platform admin can do it',
    ],
  ])('H17 of %j are %j', (result, words) => {
    expect([...textsOf(why(result)), 'rendered'][0]).toContain(words);
  });

  it.each([
    ["'it\\'s hunter2' does not match pattern '^x$'", 'does not match pattern'],
    ['\'a hunter2\' is not valid uri: parse "a hunter2"', 'is not valid uri'],
    ['minimum: got 31,337, want 50,000', 'want 50,000'],
    ['exclusiveMaximum: got 31,337, want 5', 'want 5'],
  ])('H17 do not repeat a value that breaks the rule %j', (rule, shown) => {
    const [words] = textsOf(
      why({
        stderr: `Error: UPGRADE FAILED: values don't meet the specifications of the schema(s) in the following chart(s):\nweb:\n- at '/code': ${rule}\n`,
      }),
    );
    expect(words).toContain(shown);
    expect(words).not.toMatch(/hunter2|31,337/);
  });

  it.each([
    'template: web/a.yaml:1:2: error calling fail: zz-secret',
    'chart requires kubeVersion: zz-secret which is incompatible with Kubernetes v1.0.0',
    "values don't meet the specifications of the schema(s)\n- at '/zz-secret': zz-secret",
  ])('H17 are not in what a log has of %j', words => {
    const found = why({ stderr: `Error: UPGRADE FAILED: ${words}\n` });
    expect(textsOf(found).join()).toContain('zz-secret');
    expect(logTextsOf(found)).toHaveLength(1);
    expect(logTextsOf(found).join()).not.toContain('zz-secret');
  });

  it('H17 name no object in a log, because a chart chooses what it looks up', () => {
    const found = why({
      refused: [
        {
          ...{ verb: 'get', group: '', resource: 'nodes', status: 403 },
          ...{ name: 'zz-secret', message: 'nodes is forbidden' },
        },
      ],
    });
    expect(textsOf(found).join()).toContain('zz-secret');
    expect(logTextsOf(found)).toEqual([
      'You may not get nodes on prod. It concerns the whole cluster: a platform admin can do it',
    ]);
  });

  it('say that a chart cannot be installed', () => {
    const stderr =
      'Error: INSTALLATION FAILED: library charts are not installable\n';
    expect(textsOf(why({ stderr }, 'install'))).toEqual([
      'helm cannot install the chart: library charts are not installable',
    ]);
  });
});
