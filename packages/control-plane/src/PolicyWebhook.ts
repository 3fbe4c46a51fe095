import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { ControlPlane } from './ControlPlane';
import { createTestCertificates } from './createTestCertificates';
import { freePort } from './freePort';
import { ManagedProcess } from './ManagedProcess';
import { TemporaryDirectory } from './TemporaryDirectory';
import { untilReady } from './untilReady';

const CONFIGURATIONS =
  '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';

export interface PolicyWebhookOptions {
  /** ValidatingAdmissionPolicies and their bindings. */
  objects: object[];
  /** The resources of the core API group whose creations and updates are judged, such as `pods`. */
  resources: string[];
}

/**
 * Enforces ValidatingAdmissionPolicies on a control plane that is too old for them: the admission plugin of modern
 * Kubernetes (`vap-verify`) judges the requests as a validating webhook, with the namespaces of the control plane.
 */
export class PolicyWebhook {
  readonly #program: ManagedProcess;
  readonly #directory: TemporaryDirectory;

  private constructor(program: ManagedProcess, directory: TemporaryDirectory) {
    this.#program = program;
    this.#directory = directory;
  }

  static async start(
    controlPlane: ControlPlane,
    { objects, resources }: PolicyWebhookOptions,
  ): Promise<PolicyWebhook> {
    const directory = await TemporaryDirectory.create('policy-webhook-');
    const write = async (name: string, content: string) => {
      const path = join(directory.path, name);
      await writeFile(path, content, { mode: 0o600 });
      return path;
    };
    const certificates = await createTestCertificates('policy webhook');
    const address = `127.0.0.1:${await freePort()}`;
    const program = ManagedProcess.start(
      join(ControlPlane.assets() ?? '', 'vap-verify'),
      [
        '-f',
        await write(
          'objects.json',
          JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
        ),
        '-serve',
        address,
        '-tls-cert',
        await write('server.pem', certificates.certificatePem),
        '-tls-key',
        await write('server.key', certificates.privateKeyPem),
        '-kubeconfig',
        await controlPlane.adminKubeconfig(),
      ],
    );
    const webhook = new PolicyWebhook(program, directory);
    try {
      await webhook.#untilServing(`https://${address}`, certificates.caPem);
      await register(controlPlane, {
        url: `https://${address}`,
        caPem: certificates.caPem,
        resources,
      });
      return webhook;
    } catch (error) {
      await webhook.stop();
      throw error;
    }
  }

  /** Waits until something holds, such as that the API server calls the webhook. */
  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    await untilReady(what, this.#program, holds);
  }

  async stop(): Promise<void> {
    await this.#program.stop();
    await this.#directory.remove();
  }

  async #untilServing(url: string, ca: string): Promise<void> {
    const dispatcher = new Agent({ connect: { ca } });
    await this.until('the webhook serves', async () => {
      const { body } = await request(url, { dispatcher });
      await body.dump();
      return true;
    });
    await dispatcher.destroy();
  }
}

async function register(
  { apiServer, caPem: ca, adminToken }: ControlPlane,
  webhook: { url: string; caPem: string; resources: string[] },
): Promise<void> {
  const dispatcher = new Agent({ connect: { ca } });
  const { statusCode, body } = await request(`${apiServer}${CONFIGURATIONS}`, {
    method: 'POST',
    dispatcher,
    headers: {
      authorization: `Bearer ${adminToken}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'policies' },
      webhooks: [
        {
          name: 'policies.example.com',
          clientConfig: { url: webhook.url, caBundle: btoa(webhook.caPem) },
          rules: [
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              operations: ['CREATE', 'UPDATE'],
              resources: webhook.resources,
            },
          ],
          failurePolicy: 'Fail',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
        },
      ],
    }),
  });
  const text = await body.text();
  await dispatcher.destroy();
  if (statusCode !== 201) {
    throw new Error(`${CONFIGURATIONS}: ${statusCode} ${text}`);
  }
}
