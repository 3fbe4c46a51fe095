import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  BerthApi,
  errorFromApi,
  ManagedNamespace,
} from '@berth/plugin-berth-common';
import { createBerthClient } from '@berth/plugin-berth-node';
import { ActionOptions } from '../step';
import { waitUntil } from '../waiting';
import { personalExamples } from './examples';
import { stepFields } from './fields';

const DEFAULT_MINUTES = 30;

/** `berth:personal-namespace:create`: creates the namespace of the person who runs the template. */
export function createPersonalNamespaceAction(options: ActionOptions) {
  const { auth, discovery, pace } = options;
  return createTemplateAction({
    id: 'berth:personal-namespace:create',
    description:
      'Creates the personal namespace of the person who runs the template, unless there is one, and waits until it is ready',
    examples: personalExamples,
    supportsDryRun: true,
    schema: {
      input: {
        cluster: z =>
          z.string().min(1).describe('Name of the cluster, such as `staging`'),
        wait: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Whether the step waits until the namespace is ready; `true` by default',
            ),
        timeoutMinutes: stepFields.timeoutMinutes,
      },
      output: {
        cluster: z => z.string().describe('Name of the cluster'),
        namespace: z => z.string().describe('Name of the namespace'),
        namespaceUrl: z =>
          z
            .string()
            .describe('Path of the page of the namespace in the portal'),
      },
    },
    async handler(context) {
      const { input, isDryRun, logger, signal } = context;
      const { cluster, wait = true } = input;
      const credentials = await context.getInitiatorCredentials();
      const berth = createBerthClient({ auth, discovery, credentials, signal });
      const output = (namespace: string) => {
        context.output('cluster', cluster);
        context.output('namespace', namespace);
        context.output('namespaceUrl', pageOf(cluster, namespace));
      };
      if (isDryRun) {
        const name = await nameOn(berth, cluster);
        logger.info(
          `Dry run: the personal namespace on ${cluster} would be ${name}`,
        );
        output(name);
        return;
      }
      const made = await create(berth, cluster);
      logger.info(
        `The personal namespace on ${cluster} is ${made.name}: ${pageOf(
          cluster,
          made.name,
        )}`,
      );
      output(made.name);
      if (wait) {
        const minutes = input.timeoutMinutes ?? DEFAULT_MINUTES;
        await waitUntil<ManagedNamespace>({
          ...{ logger, minutes, pace, signal, first: made },
          look: ({ name }) => berth.getNamespace({ cluster, namespace: name }),
          note: ({ phase, state }) => phase === 'Active' && state === 'Ready',
          timeOver: one => timeOver(one, minutes),
          lost: ({ name }) =>
            `The namespace ${name} on ${cluster} cannot be followed any further`,
        });
        logger.info(`The namespace ${made.name} on ${cluster} is ready`);
      }
    },
  });
}

async function create(
  berth: BerthApi,
  cluster: string,
): Promise<ManagedNamespace> {
  try {
    return await berth.createPersonalNamespace(cluster);
  } catch (error) {
    throw errorFromApi(
      error,
      `Berth refused the personal namespace on ${cluster}`,
    );
  }
}

/** Returns the name that the namespace has or would get. */
async function nameOn(berth: BerthApi, cluster: string): Promise<string> {
  let found;
  try {
    const { items } = await berth.listPersonalNamespaces();
    found = items.find(one => one.cluster.name === cluster);
  } catch (error) {
    throw errorFromApi(error, 'Berth did not list the personal namespaces');
  }
  const name = found?.namespace ?? found?.name;
  if (
    name === undefined ||
    (found?.state !== 'absent' && found?.state !== 'present')
  ) {
    throw new NotAllowedError(
      `Berth would refuse the personal namespace on ${cluster}: ${
        found?.problem ?? 'the person can have none there'
      }`,
    );
  }
  return name;
}

function timeOver(
  { cluster, name, message }: ManagedNamespace,
  minutes: number,
): Error {
  return new ServiceUnavailableError(
    `The namespace ${name} on ${cluster} is not ready after ${minutes} min${
      message ? `: ${message}` : ''
    }. It still exists; run the task again to keep waiting for it`,
  );
}

function pageOf(cluster: string, namespace: string): string {
  return `/berth/clusters/${cluster}/namespaces/${namespace}`;
}
