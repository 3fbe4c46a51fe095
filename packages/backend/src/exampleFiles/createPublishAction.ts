import {
  createTemplateAction,
  serializeDirectoryContents,
} from '@backstage/plugin-scaffolder-node';
import { ExampleFiles } from './ExampleFiles';

/** `example:publish`: keeps the workspace of a task, and returns where the catalog finds its description. */
export function createPublishAction({
  baseUrl,
  files,
}: {
  baseUrl: string;
  files: ExampleFiles;
}) {
  return createTemplateAction({
    id: 'example:publish',
    description:
      'Keeps the files of the task in the memory of the dev portal, in place of a Git host',
    schema: {
      input: {
        name: z =>
          z
            .string()
            .regex(/^[a-z0-9-]+$/)
            .describe('Name of the component'),
      },
      output: {
        catalogInfoUrl: z =>
          z.string().describe('Where the catalog finds catalog-info.yaml'),
      },
    },
    async handler({ input, logger, output, task, workspacePath }) {
      const folder = `${input.name}-${task.id}`;
      files.add(folder, await serializeDirectoryContents(workspacePath));
      logger.info(`Kept the files of ${input.name} until the dev portal stops`);
      output('catalogInfoUrl', `${baseUrl}/${folder}/catalog-info.yaml`);
    },
  });
}
