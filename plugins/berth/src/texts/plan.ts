export const planTexts = {
  plan: {
    title: 'Planned against actual',
    description:
      'What the portal would do on the cluster now, so that it is as the portal says. It does so by itself; looking here changes nothing.',
    converged: 'The cluster is as it should be',
    convergedHint: 'There is nothing to do.',
    problem: '{{cause}} in {{namespace}}',
    more_one: 'and one more',
    more_other: 'and {{count}} more',
    heldRow: 'held, see above',
    missing: '(missing)',
    column: {
      action: 'What is done',
      object: 'Object',
      differences: 'What differs (− actual, + planned)',
    },
    action: {
      create: 'Create',
      apply: 'Change',
      recreate: 'Delete and make anew',
      delete: 'Delete',
      record: 'Only take note',
      forget: 'Only forget',
    },
    foreign: {
      title: 'Foreign role bindings',
      none: 'Only the portal’s own role bindings are in its namespaces.',
      warning_one:
        'One role binding in the portal’s namespaces was made by somebody else',
      warning_other:
        '{{count}} role bindings in the portal’s namespaces were made by somebody else',
      hint: 'The portal leaves them alone. Whoever they name gets in without a share or grant; delete on the cluster those that should not be.',
      column: {
        binding: 'RoleBinding',
        role: 'Role',
        subjects: 'Who',
      },
    },
    held: {
      title_one: '1 deletion is held, of {{of}} objects that the portal made',
      title_other:
        '{{count}} deletions are held, of {{of}} objects that the portal made',
      why: 'They would take away most of what the portal has made here, which looks like an accident: look whether the shares are as they should be.',
      times: 'Wanted since {{since}}; carried out {{until}} all the same.',
      action: 'They are meant',
      confirmTitle_one: 'Delete 1 object now?',
      confirmTitle_other: 'Delete {{count}} objects now?',
      consequence:
        'The groups concerned lose their access at once. Namespaces and everything in them stay.',
      otherwise:
        'If you do nothing, they are carried out {{until}}. To keep the access, share the cluster with the groups again before.',
      confirm: 'Delete now',
      failed: 'The deletions were not confirmed',
    },
  },
} as const;
