export const activityTexts = {
  activity: {
    onlyYours: 'You see what you did, and what touched your groups.',
    empty: 'Nothing has happened yet',
    noMatch: 'Nothing matches these filters',
    clear: 'Clear filters',
    newer: 'Newer',
    older: 'Older',
    inNamespace: 'in {{namespace}}',
    jti: 'token {{jti}}',
    column: {
      at: 'When',
      actor: 'Who',
      event: 'What',
      outcome: 'How it ended',
    },
    filter: {
      actor: 'Who, such as alice',
      event: 'What, such as token-mint',
      outcome: 'How it ended',
      anyOutcome: 'However it ended',
      period: 'Since when',
    },
    outcome: {
      Succeeded: 'Succeeded',
      Failed: 'Failed',
      Started: 'Started, end unknown',
    },
    period: {
      hour: 'Last hour',
      day: 'Last 24 hours',
      week: 'Last 7 days',
      all: 'Any time',
    },
    format: { csv: 'CSV', jsonl: 'JSON lines' },
    exportLabel: 'Save all that match as {{format}}',
    exportFailed: 'Nothing was saved: {{message}}',
  },
} as const;
