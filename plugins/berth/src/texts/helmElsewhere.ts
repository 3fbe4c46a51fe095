/** The texts of the page that installs a release on other clusters. */
export const helmElsewhereTexts = {
  title: 'Install on other clusters',
  description:
    'Choose one or more targets and check them. Each target has its own values and its own operation. Nothing happens until you have seen what would change.',
  origin: 'Original',
  digest: 'Digest of the chart',
  unknown: {
    title: 'The portal does not know from which repository the chart came',
    choose:
      'Choose a repository. Its chart {{chart}} may be another one than that of the release.',
    none: 'No repository of the portal has a chart {{chart}}, so the release cannot be installed elsewhere.',
  },
  chooseRepository: 'Choose a repository',
  hidden: {
    title: 'Some values are hidden',
    description:
      'Each {{mask}} stands for a hidden value. For a new release, write the value in its place. For a release that is there already, a mask keeps the value that the release has. To copy the hidden values of the original, your roles must let you reveal them; the activity log records it.',
    copy: 'Copy the hidden values of {{release}} on {{cluster}}',
  },
  target: 'Target {{number}}',
  newTarget: 'the target',
  add: 'Add target',
  remove: 'Remove {{target}}',
  check: 'Check',
  checkFirst: 'Check the targets first.',
  choosePlaces: 'Choose a cluster, a namespace and a name for each target.',
  itself: 'One of the targets is the release itself.',
  twice: '{{place}} is a target twice.',
  install: 'Install',
  installOn_one: 'Install on {{count}} cluster',
  installOn_other: 'Install on {{count}} clusters',
  installIn_one: 'Install in {{count}} place',
  installIn_other: 'Install in {{count}} places',
  left_one: '{{count}} target is not ready, and stays as it is.',
  left_other: '{{count}} targets are not ready, and stay as they are.',
  back: 'Back to the release',
  startFailed: 'The operation did not start',
  valuesFor: 'Values for {{place}}',
  presentValues: 'Start from its values',
  options: 'Options',
  there: {
    nothing: 'The namespace has no release {{release}}. Helm installs it.',
    upgrade:
      'The namespace has a release {{release}} with the chart {{present}}. Helm upgrades it; your values replace all its values.',
  },
  same: 'The same chart as {{release}} on {{cluster}}, by its digest',
  promoted:
    'A promotion rule accepts revision {{revision}} of {{release}} in {{namespace}} on {{cluster}}',
  suggestions: {
    title: 'Suggestions for {{cluster}}',
    storageClass:
      '{{path}} is {{now}}. The storage class of {{cluster}} is {{value}}.',
    ingressClass:
      '{{path}} is {{now}}. The ingress class of {{cluster}} is {{value}}.',
    host: '{{path}} is {{now}}. Check that the name is right for {{cluster}}.',
    use: 'Use {{value}}',
    useFor: 'Use {{value}} for {{path}}',
  },
} as const;
