import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { HelmInstaller } from '../helm';
import { ActionOptions } from '../step';
import { helmExamples } from './examples';
import { targetFields } from './fields';
import { helmFields, helmOutputFields } from './helmFields';

/** `berth:helm:install`: installs a chart, or upgrades its release. */
export function createHelmInstallAction(options: ActionOptions) {
  const installer = HelmInstaller.create(options);
  return createTemplateAction({
    id: 'berth:helm:install',
    description:
      "Installs a chart of the portal's repositories in a namespace, as the person who runs the template, and waits until helm has ended",
    examples: helmExamples,
    supportsDryRun: true,
    schema: {
      input: { ...targetFields, ...helmFields },
      output: helmOutputFields,
    },
    async handler(context) {
      await installer.run(context);
    },
  });
}
