export const doctorTexts = {
  doctor: {
    title: 'Checks',
    status: {
      Passed: 'Passed',
      Warning: 'Warning',
      Failed: 'Failed',
      Skipped: 'Not checked',
    },
    verdict: {
      Passed_one: 'The one check passed',
      Passed_other: 'All {{count}} checks passed',
      Warning_one: '1 of {{total}} checks has a warning',
      Warning_other: '{{count}} of {{total}} checks have warnings',
      Failed_one: '1 of {{total}} checks failed',
      Failed_other: '{{count}} of {{total}} checks failed',
      PassedSome_one: '1 check passed, {{skipped}} could not be made here',
      PassedSome_other:
        '{{count}} checks passed, {{skipped}} could not be made here',
      Skipped: 'Nothing could be checked',
    },
    fix: 'Fix: {{hint}}',
    looking: 'The portal is looking at the cluster…',
    never: 'Not checked yet.',
    outdated:
      'The state of the cluster has changed since this check. The portal checks again within a minute.',
    live: 'Check automatically',
    run: 'Check now',
    failed: 'The cluster could not be checked',
    unreadable: 'The last checks could not be read',
    history_one: 'One earlier run',
    history_other: '{{count}} earlier runs',
    historyHint: 'What was found before',
    trigger: {
      Request: 'on request',
      Change: 'after settings changed',
      State: 'after the state changed',
      Schedule: 'daily',
    },
  },
} as const;
