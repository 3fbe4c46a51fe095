/* eslint-disable jest/no-export -- cases that two test files share */
import { WebSocket } from 'ws';
import { ContractTarget } from '../ContractTarget';

const CHANNELS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** Describes requests to start a program in a container that an API server answers without a kubelet. */
export function describeExec(target: () => ContractTarget) {
  describe('exec and attach over a WebSocket', () => {
    let pods: string;

    beforeAll(async () => {
      pods = `/api/v1/namespaces/${await target().namespace()}/pods`;
      await target().createPod(pods, {
        metadata: { name: 'two' },
        spec: {
          automountServiceAccountToken: false,
          nodeSelector: { nowhere: 'true' },
          containers: ['one', 'other'].map(name => ({ name, image: 'a' })),
        },
      });
    });

    it.each<[string, string, number, string]>([
      ['a pod that is not there', 'none/exec', 404, 'pods "none" not found'],
      ['attach: a pod that is not there', 'none/attach', 404, 'pods "none"'],
      [
        'attach: a pod with two containers, without the name of one',
        'two/attach',
        400,
        'a container name must be specified for pod two, choose one of: [one other]',
      ],
      [
        'a pod with two containers, without the name of one',
        'two/exec',
        400,
        'a container name must be specified for pod two, choose one of: [one other]',
      ],
      [
        'a container that is not there',
        'two/exec?container=third',
        400,
        'container third is not valid for pod two',
      ],
      [
        'a pod without a node',
        'two/exec?container=one',
        400,
        'pod two does not have a host assigned',
      ],
    ])('is refused for %s', async (_, path, status, message) => {
      const answer = await refusal(target(), `${pods}/${path}`);
      expect(answer.status).toBe(status);
      expect(answer.body).toMatchObject({
        kind: 'Status',
        message: expect.stringContaining(message),
      });
    });

    it('keeps a pod whose eviction is a dry run by its options', async () => {
      const { status } = await target().call('POST', `${pods}/two/eviction`, {
        body: {
          metadata: { name: 'two' },
          deleteOptions: { dryRun: ['All'] },
        },
      });
      expect(status).toBe(201);
      const { body } = await target().call('GET', `${pods}/two`);
      expect(body.metadata).not.toHaveProperty('deletionTimestamp');
      expect(body.metadata.name).toBe('two');
    });

    it('is refused for a person without the right', async () => {
      const token = await target().token({ sub: 'user:no' });
      const answer = await refusal(target(), `${pods}/two/exec`, token);
      expect(answer.status).toBe(403);
      expect(answer.body.message).toContain('cannot get resource "pods/exec"');
    });
  });
}

async function refusal(
  { address }: ContractTarget,
  path: string,
  token = address.adminToken,
): Promise<{ status: number; body: any }> {
  const query = `${path.includes('?') ? '&' : '?'}command=sh&stdout=true`;
  const url = `${address.apiServer.replace('https', 'wss')}${path}${query}`;
  const socket = new WebSocket(url, CHANNELS, {
    ca: address.caPem,
    headers: { authorization: `Bearer ${token}` },
  });
  socket.on('error', () => {});
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      socket.terminate();
      reject(new Error('The server upgraded the connection'));
    });
    socket.once('unexpected-response', async (_, response) => {
      let text = '';
      for await (const chunk of response) {
        text += chunk;
      }
      resolve({ status: response.statusCode!, body: JSON.parse(text) });
    });
  });
}
