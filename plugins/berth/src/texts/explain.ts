export const explainTexts = {
  explain: {
    title: 'Why can’t I?',
    titleAllowed: 'How you get in',
    open: 'Why can’t I?',
    loading: 'Following the chain from you to this place…',
    failed: 'The reasons could not be found out',
    link: {
      person: 'You',
      group: 'Your groups',
      share: 'Cluster',
      grant: 'Role',
      binding: 'On the cluster',
      review: 'Asked the cluster itself',
    },
    status: {
      Passed: 'holds',
      Failed: 'missing',
      Unknown: 'not known',
      Skipped: 'not looked at',
    },
    skipped: 'Not looked at: an earlier link is missing.',
    helpers: 'Who can mend it',
    helpersLine: 'Ask somebody in {{groups}}.',
    allowed:
      'By what Berth knows, you may enter. If it still fails, try again in a minute: the last change may not be everywhere yet.',
    copy: 'Copy as text for your request',
  },
} as const;
