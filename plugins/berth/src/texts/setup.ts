export const setupTexts = {
  setup: {
    file: 'Addition to app-config.yaml',
    noAdmins: {
      title: 'This portal has no platform admins yet',
      description:
        'Only platform admins can add clusters and share them. Name their groups in app-config.yaml and restart the backend. These are your groups:',
      keep: 'Keep only the groups whose members may administer every cluster.',
      noGroups:
        'Only platform admins can add clusters and share them. You are in no group of the catalog. Add yourself to a group, name that group under berth.admins in app-config.yaml, and restart the backend.',
    },
    guest: {
      title: 'The guest is not a user in the catalog',
      description:
        'You are signed in as {{user}}. Berth reads your groups from the catalog, which has no such user. In app-config.yaml, name a user that the catalog has. A new Backstage app has the user “guest” in examples/org.yaml:',
      next: 'Then restart the backend and sign in again.',
    },
  },
} as const;
