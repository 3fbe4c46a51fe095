export const explainTexts = {
  explain: {
    title: 'Why can’t I?',
    titleAllowed: 'How you get in',
    loading: 'Checking each step from you to this place…',
    failed: 'Could not find the reasons',
    link: {
      person: 'You',
      group: 'Your groups',
      share: 'Cluster',
      grant: 'Role',
      binding: 'On the cluster',
      review: 'Answer of the cluster',
    },
    status: {
      Passed: 'passed',
      Failed: 'missing',
      Unknown: 'not known',
      Skipped: 'skipped',
    },
    skipped: 'Skipped, because an earlier step is missing.',
    helpers: 'Who can fix it',
    helpersLine: 'Ask a member of {{groups}}.',
    allowed:
      'As far as Berth knows, you have access. If it still fails, try again in a minute: the last change may not have reached the cluster yet.',
    copy: 'Copy as text for your request',
  },
} as const;
