export const objectTexts = {
  abilities: {
    checking: 'Checking what you may do.',
    readOnlyPortal:
      'A policy of this portal does not let you change objects on this cluster.',
    forbidden: 'Your roles here do not allow it: {{verb}} {{resource}}.',
    failed: 'Could not check what you may do: {{message}}',
  },
} as const;
