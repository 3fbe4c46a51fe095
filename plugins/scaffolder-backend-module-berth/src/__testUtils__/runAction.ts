import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject } from '@backstage/types';

export const options = {
  auth: mockServices.auth(),
  discovery: mockServices.discovery(),
  pace: { first: 1, most: 2 },
};

export const alice = mockCredentials.user('user:default/alice');

/** Runs an action as alice, and returns its outputs and its log. */
export async function runAction(
  // The schema checks the input, as in the scaffolder.
  action: TemplateAction<any, any>,
  input: JsonObject,
  context: {
    isDryRun?: boolean;
    signal?: AbortSignal;
    task?: { id: string };
    step?: { id: string };
    getInitiatorCredentials?: () => Promise<BackstageCredentials>;
  } = {},
): Promise<{
  output: Record<string, unknown>;
  log: string[];
  error?: Error;
}> {
  const output: Record<string, unknown> = {};
  const log: string[] = [];
  const note = (message: string) => {
    log.push(message);
  };
  let error: Error | undefined;
  try {
    await action.handler({
      ...createMockActionContext({ input, workspacePath: '/unused' }),
      getInitiatorCredentials: async () => alice,
      logger: Object.assign(mockServices.logger.mock(), {
        info: note,
        warn: note,
      }),
      output: (name, value) => {
        output[String(name)] = value;
      },
      ...context,
    });
  } catch (caught) {
    error = caught as Error;
  }
  return { output, log, ...(error && { error }) };
}
