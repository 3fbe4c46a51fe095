export const profileTexts = {
  profile: {
    kind: {
      personal: 'Personal namespaces',
      group: 'Namespaces of groups',
    },
    none: 'No profile applies to these namespaces.',
    name: 'Profile',
    namespaces: 'Namespaces',
    waiting: 'Waiting for Pod Security',
    toPlan: 'See what is pending',
    noItems: 'The profile has only a name: it sets nothing.',
    item: {
      labels: 'Labels',
      annotations: 'Annotations',
      podSecurity: 'Pod Security',
      networkPolicies: 'Network policies',
      egress: 'Egress',
      pullSecrets: 'Pull secrets',
      identity: 'Identity of processes',
      placement: 'Placement on nodes',
      sizeClassNodes: 'Nodes of size classes',
      storageClass: 'Default storage class',
    },
    state: {
      enforced: 'Enforced',
      set: 'Set',
      unsupported: 'Not supported',
    },
    capabilities: {
      title: 'What this cluster can do',
      unread: 'Could not read {{cluster}} ({{cause}})',
      yes: 'Yes',
      no: 'No',
      unknown: 'Not known',
      podSecurity: 'Pod Security admission',
      networkPlugin: 'Network policies',
      admissionPolicies: 'Policies that refuse pods',
      mutatingPolicies: 'Policies that set defaults',
      policyPack: 'Policy pack of Berth',
    },
    rollout: {
      title: 'Roll-out',
      none: 'No cluster gets higher levels of Pod Security now.',
      here: 'This cluster gets higher levels of Pod Security now.',
      there:
        '{{cluster}} gets higher levels of Pod Security now. The clusters get them one after the other, so this cluster waits.',
      since: 'Last pass {{at}}',
    },
    preview: {
      title: 'Preview',
      description:
        'Shows what profiles would change on this cluster, and which pods would fail. A preview changes nothing. The profiles are in the configuration of the portal, under berth.profiles.',
      editor: 'Value of berth.profiles, as YAML',
      action: 'Preview',
      notList: 'The value must be a list of profiles, each beginning with "-".',
      yaml: 'Line {{line}}: {{message}}',
      failed: 'Could not preview the profiles',
      changed:
        'The profiles or the cluster may have changed since this preview.',
      nothing: 'Nothing would change on the cluster',
      changes: 'Changes',
      items: 'What the cluster can do with the profiles',
      pods: {
        title_one: 'Pods in one namespace would fail',
        title_other: 'Pods in {{count}} namespaces would fail',
        hint: 'Running pods stay. The namespaces keep their level until the pods meet the new one, or until an admin lets the level go ahead under Plan.',
        none: 'No pod would fail.',
      },
      refused: {
        title_one:
          'Pods in one namespace run now and would be refused at their next start',
        title_other:
          'Pods in {{count}} namespaces run now and would be refused at their next start',
        hint: 'The policy pack applies the new rules at once. Running pods stay until something starts them again, such as a new version or the drain of a node.',
        namespace: '{{namespace}} ({{item}})',
        more_one: 'One more pod',
        more_other: '{{count}} more pods',
      },
      unread: {
        title_one: 'The pods of one namespace could not be read',
        title_other: 'The pods of {{count}} namespaces could not be read',
        hint: 'A preview reads pods with your rights on the cluster. {{reason}}',
      },
      problems_one: 'And one more problem',
      problems_other: 'And {{count}} more problems',
      untried_one:
        'One more namespace gets a higher level and was not tried, because a preview tries at most 200.',
      untried_other:
        '{{count}} more namespaces get a higher level and were not tried, because a preview tries at most 200.',
    },
    unsupported: {
      title_one: 'The cluster does not support one field of the profile',
      title_other:
        'The cluster does not support {{count}} fields of the profile',
      item: '{{item}}: {{why}}',
    },
  },
};
