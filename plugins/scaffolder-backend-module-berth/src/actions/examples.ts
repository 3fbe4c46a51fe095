import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { toYaml } from '@berth/plugin-berth-common';

function example(
  description: string,
  action: string,
  input: Record<string, unknown>,
): TemplateExample {
  const step = { id: 'request', action, name: description, input };
  return { description, example: toYaml({ steps: [step] }) };
}

export const namespaceExamples = [
  example(
    'Request a namespace of a size class and wait for it',
    'berth:namespace:request',
    {
      cluster: 'staging',
      namespace: 'shop-preview',
      group: 'group:default/team-a',
      system: 'system:default/web-shop',
      sizeClass: 'small',
      purpose: 'Previews of the web shop',
    },
  ),
  example(
    'Request a namespace with bounds of its own, and go on at once',
    'berth:namespace:request',
    {
      cluster: '${{ parameters.cluster }}',
      namespace: '${{ parameters.name }}',
      group: '${{ parameters.group }}',
      hard: { 'requests.cpu': '4', 'requests.memory': '8Gi' },
      expiresAt: '2027-01-31',
      wait: false,
    },
  ),
];

export const quotaExamples = [
  example(
    'Request a larger size class and wait up to ten minutes',
    'berth:quota:request',
    {
      cluster: 'staging',
      namespace: 'team-a',
      sizeClass: 'medium',
      purpose: 'The sale begins on Monday',
      timeoutMinutes: 10,
    },
  ),
];

export const accessExamples = [
  example('Request a role until the end of a day', 'berth:access:request', {
    cluster: 'staging',
    namespace: 'team-b',
    group: 'group:default/team-a',
    role: 'view',
    expiresAt: '2027-01-31',
    purpose: 'To find out why recommendations are slow',
  }),
];

export const personalExamples = [
  example(
    'Create the namespace of the person who runs the template',
    'berth:personal-namespace:create',
    { cluster: 'staging' },
  ),
];

export const helmExamples = [
  example(
    'Install a chart and wait until helm has ended',
    'berth:helm:install',
    {
      cluster: 'staging',
      namespace: 'shop-preview',
      release: 'shop',
      chart: { repository: 'platform', name: 'web', version: '1.4.2' },
      values: {
        replicas: 2,
        database: { password: '${{ secrets.password }}' },
      },
    },
  ),
  example(
    'Install or upgrade a release, and undo it unless it gets ready',
    'berth:helm:install',
    {
      cluster: '${{ parameters.cluster }}',
      namespace: '${{ parameters.name }}',
      release: '${{ parameters.name }}',
      chart: '${{ parameters.chart }}',
      values: 'replicas: 3\n',
      description: 'By the template of new services',
      upgrade: true,
      rollbackOnFailure: true,
      timeoutMinutes: 10,
    },
  ),
];
