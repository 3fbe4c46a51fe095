import { createKubeconfig } from '@berth/plugin-berth-common';
import { describeWithKubectl, runKubectl } from '@berth/control-plane';

/** Names that a YAML 1.1 parser reads as other types unless they are quoted. */
const NAMES = ['no', 'on', 'off', 'yes', 'y', 'n', '0b1', '1e3', '111', '07'];

describeWithKubectl('kubeconfig read by kubectl', () => {
  const entryOf = (cluster: string, namespace: string) => ({
    cluster,
    apiServer: `https://${cluster}.example.com:6443`,
    caData: Buffer.from('CA').toString('base64'),
    username: 'user:alice',
    token: 'header.payload.signature',
    namespace,
  });

  it('lists clusters and namespaces that are words of YAML 1.1', async () => {
    const { code, stdout, stderr } = await runKubectl(
      ['config', 'get-contexts', '--no-headers'],
      { kubeconfig: createKubeconfig(NAMES.map(name => entryOf(name, name))) },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const rows = stdout
      .trim()
      .split('\n')
      .map(line => line.replace('*', '').trim().split(/\s+/));
    expect(rows.sort()).toEqual(
      NAMES.map(name => [name, name, `user:alice@${name}`, name]).sort(),
    );
  });
});
