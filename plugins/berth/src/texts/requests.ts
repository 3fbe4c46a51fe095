export const requestsTexts = {
  requestKind: {
    namespace: 'Namespace',
    quota: 'Quota',
    grant: 'Role',
  },
  requestState: {
    Draft: 'Draft',
    Submitted: 'Waiting for a decision',
    AutoApproved: 'Approved by a rule',
    Approved: 'Approved',
    Denied: 'Denied',
    Withdrawn: 'Withdrawn',
    Provisioning: 'Being set up',
    Ready: 'Ready',
    Failed: 'Failed',
  },
  spec: {
    title: {
      namespace: 'Namespace {{namespace}}',
      quota: 'Quota of {{namespace}}',
      grant: '{{role}} in {{namespace}}',
    },
    sentence: {
      namespace:
        '{{who}} requests the namespace {{namespace}} on {{cluster}} for {{group}}.',
      quota:
        '{{who}} requests a new quota for the namespace {{namespace}} on {{cluster}}.',
      grant:
        '{{who}} requests the role {{role}} in the namespace {{namespace}} on {{cluster}} for {{group}}.',
    },
    sentencePast: {
      namespace:
        '{{who}} requested the namespace {{namespace}} on {{cluster}} for {{group}}.',
      quota:
        '{{who}} requested a new quota for the namespace {{namespace}} on {{cluster}}.',
      grant:
        '{{who}} requested the role {{role}} in the namespace {{namespace}} on {{cluster}} for {{group}}.',
    },
  },
  requests: {
    title: 'Requests',
    new: 'New request',
    newNamespace: 'Request a namespace',
    requestMore: 'Request more',
    requestMoreHint:
      'Is this not enough? Request more: you see right away who decides.',
    requestRole: 'Request this role',
    section: {
      label: 'Which requests',
      mine: 'Mine',
      inbox: 'To decide',
      inboxCount: 'To decide ({{number}})',
      all: 'All',
    },
    filter: {
      state: 'State',
      anyState: 'Any state',
      open: 'Open',
      kind: 'Kind',
      anyKind: 'Any kind',
    },
    column: {
      what: 'What',
      cluster: 'Cluster',
      group: 'Group',
      who: 'Who',
      state: 'State',
      when: 'Changed',
    },
    page: '{{from}}–{{to}} of {{total}}',
    empty: {
      mine: 'You have no requests yet',
      mineNext:
        'Request a namespace, a larger quota or a role. You see right away whether a rule approves it or who decides.',
      inbox: 'Nothing to decide',
      inboxNext:
        'Requests that you may decide appear here, and you get a notification of each new one.',
      all: 'No requests yet',
      allNext: 'The requests of all people appear here.',
    },
    noMatch: {
      title: 'No request matches',
      next: 'Nothing matches the filters.',
      clear: 'Clear filters',
    },
  },
  request: {
    requestedAt: 'Requested',
    writtenAt: 'Written',
    steps: 'History',
    stepBy: '{{when}} · {{who}}',
    step: {
      Draft: 'Written as a draft',
      Submitted: 'Requested',
      AutoApproved: 'Approved by a rule',
      Approved: 'Approved',
      Denied: 'Denied',
      Withdrawn: 'Withdrawn',
      Provisioning: 'Being set up',
      Ready: 'Ready',
      Failed: 'Failed',
    },
    system: 'Berth',
    notFound: {
      title: 'Not found, or no access',
      next: 'The request does not exist, or it is neither yours nor yours to decide.',
      back: 'Back to the requests',
    },
    spec: {
      title: 'What is requested',
      titlePast: 'What was requested',
      cluster: 'Cluster',
      namespace: 'Namespace',
      group: 'For the group',
      system: 'Part of',
      role: 'Role',
      until: 'Until',
      noEnd: 'no end date',
      endHint:
        'The group’s access ends then; the namespace and its content stay.',
      purpose: 'Why',
      noPurpose: 'no reason given',
      priorityClasses: 'Counts only pods of',
    },
    quota: {
      title: 'Quota',
      resource: 'Resource',
      used: 'In use now',
      now: 'Allowed now',
      requested: 'Requested',
      left: 'Left for the group',
      leftHint:
        'Left for the group under the rule {{rule}}; the quota that this request replaces is not counted.',
      unknown: 'not known',
      unbounded: 'no limit',
      none: '–',
      beyond: 'more than is left',
      below: 'less than is in use: running pods stay, new pods are not started',
      observed: 'Usage from {{when}}.',
      unknownClass: 'The portal does not have the size {{name}} any more.',
    },
    verdict: {
      title: 'Result of the rules',
      titleDraft: 'Result of the rules now',
      AutoApprove: 'Approved at once by the rule {{rule}}',
      AutoApproveNoRule: 'Approved at once',
      NeedsApproval: 'Needs the approval of a person',
      NeedsApprovalOf: 'Needs the approval of {{approvers}}',
      NeedsApprovalOfOne: 'Needs the approval of one of {{approvers}}',
      undecidable:
        'Nobody can decide this request: only the requester may, and nobody decides their own request. Add a second person to the approvers, or make the change as an admin on the page of the namespace.',
      why: 'Why',
      more: 'and {{number}} more',
    },
    decide: {
      title: 'Your decision',
      consequence: {
        namespace:
          'If you approve, Berth creates the namespace {{namespace}} on {{cluster}} with this quota, and {{group}} becomes its admin.',
        quota:
          'If you approve, this quota replaces the current quota of {{namespace}} on {{cluster}}.',
        grant:
          'If you approve, every member of {{group}} gets {{role}} in {{namespace}} on {{cluster}} with their next token, within 10 minutes.',
      },
      missing:
        'Berth manages no namespace {{namespace}} on {{cluster}}, so you cannot approve this request. Deny it and give the reason, or create the namespace first.',
      taken:
        'The namespace {{namespace}} exists on {{cluster}} by now, so you cannot approve this request. Deny it and give the reason.',
      cannotApprove: 'See above why this request cannot be approved.',
      owner: 'The namespace belongs to {{owner}}.',
      deny: 'If you deny, nothing changes on the cluster. {{who}} is notified of your decision and sees your comment.',
      comment: 'Comment',
      commentHint:
        '{{who}} and everyone who sees the request can read it. A comment is required when you deny.',
      commentNeeded: 'Write a comment first: it is required when you deny.',
      tooLong: 'At most 500 characters; this text has {{number}}.',
      approve: 'Approve',
      denyAction: 'Deny',
      approved: 'Approved',
      denied: 'Denied',
      failed: 'Nothing was decided',
    },
    action: {
      submit: 'Submit',
      edit: 'Edit draft',
      withdraw: 'Withdraw',
      discard: 'Discard draft',
      retry: 'Try again',
      openNamespace: 'Open namespace',
      again: 'Make a new request',
    },
    withdraw: {
      title: 'Withdraw this request?',
      titleDraft: 'Discard this draft?',
      what: 'Nobody can decide it any more. It stays in the list; you can make a new request at any time.',
      whatDraft: 'It cannot be submitted any more. Only you have seen it.',
    },
    done: {
      submit: 'Request submitted',
      withdraw: 'Request withdrawn',
      retry: 'Trying again',
    },
    failed: {
      submit: 'The request was not submitted',
      withdraw: 'The request was not withdrawn',
      retry: 'The request was not tried again',
    },
    conflict: {
      title: 'Already decided',
      next: 'This page now shows the current state.',
    },
    outcome: {
      Failed: 'The request failed',
      Denied: 'The request was denied',
    },
    ready: {
      namespace: 'The namespace is ready.',
      quota: 'The quota is set.',
      grant:
        'The role is granted; members get it with their next token, within 10 minutes.',
    },
    gone: 'The request was fulfilled, but the namespace {{namespace}} has since been deleted.',
  },
  requestForm: {
    title: 'New request',
    titleEdit: 'Edit draft',
    description:
      'Describe what you need. If a rule allows it, Berth sets it up at once; otherwise a person decides.',
    kind: 'What do you need?',
    kinds: {
      namespace: 'A new namespace',
      namespaceHint: 'For one of your groups, which becomes its admin.',
      quota: 'More quota',
      quotaHint:
        'For a namespace in which one of your groups holds admin or edit.',
      grant: 'A role in a namespace',
      grantHint: 'For one of your groups, in an existing namespace.',
    },
    cluster: 'Cluster',
    chooseCluster: 'Choose a cluster',
    namespace: 'Namespace',
    chooseNamespace: 'Choose a namespace',
    namespaceHint: 'Its name on the cluster.',
    newName: 'Name',
    group: 'Group',
    groupHint: 'One of your groups.',
    chooseGroup: 'Choose a group',
    notShared: '{{cluster}} is not shared with this group',
    noGroupsTitle: 'You are in no group',
    noGroups:
      'Groups hold namespaces and roles, so you cannot make a request yet. Ask the owner of your team’s group in the catalog to add you.',
    role: 'Role',
    size: 'How much?',
    why: 'Why?',
    whyAndUntil: 'Why, and until when?',
    expiresAt: 'Until',
    expiresHint:
      'Leave empty for no end date. The group’s access ends on this date.',
    purpose: 'Why you need it',
    purposeHint: 'The people who decide read this.',
    optional: 'Optional',
    customHint: 'For other amounts, choose Custom.',
    defaults: 'Default requests and limits',
    defaultsHint: 'For containers without requests or limits',
    preview: {
      title: 'What will happen',
      incomplete:
        'Fill in the form to see whether a rule approves the request or who decides.',
      checking: 'Checking the rules…',
      refused: 'This request would be rejected',
      unknown: 'Could not check the rules',
    },
    submit: 'Submit request',
    save: 'Save as draft',
    saveEdit: 'Save draft',
    failed: 'Nothing was submitted',
    submitted: 'Request submitted',
    saved: 'Draft saved',
    notDraft: {
      title: 'This is not a draft any more',
      next: 'Only drafts can be changed. Make a new request; if this one is still open, withdraw it first.',
      open: 'Open the request',
    },
    error: {
      cluster: 'Choose a cluster.',
      namespace: 'Enter a name.',
      namespaceInvalid:
        '“{{name}}” is not a valid name: use at most 63 lowercase letters, digits and hyphens, and begin and end with a letter or digit.',
      namespaceReserved:
        '“{{name}}” is the name of a system namespace (default, openshift, berth-*, kube-*, openshift-*).',
      namespaceTaken:
        '“{{name}}” exists on {{cluster}} already: choose another name.',
      namespaceRefused: '“{{name}}” cannot be used: choose another name.',
      group: 'Choose a group.',
      quotaEmpty: 'Choose a size, or limit at least one resource.',
      quotaInvalid: 'Correct the amounts marked in red.',
      expiresAt: 'The end date must be in the future.',
      purpose: 'At most 500 characters; this text has {{number}}.',
    },
  },
} as const;
