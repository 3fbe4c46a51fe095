export const kubeconfigTexts = {
  kubeconfig: {
    button: 'Kubeconfig',
    open: 'Kubeconfig for {{cluster}}',
    title: 'Kubeconfig for {{cluster}}',
    accessUnknown: 'Loading your access…',
    noAccess: 'None of your groups has access to this cluster.',
    minting: 'Getting a token for you…',
    failed: 'Could not get a token',
    secret:
      'This file holds a short-lived personal token: until it expires, a person who has the file can act as you. Do not share it.',
    validUntil: 'Valid until {{time}}',
    remaining: '{{time}} left, of at most 10 minutes',
    expired: 'Expired at {{time}}',
    expiredNext: 'The token in this file no longer works. Get a new one.',
    renew: 'Get a new one',
    hidden: '… (hidden; Copy and Download include it)',
    namespace: 'Namespace to work in',
    inNamespace: 'kubectl works in the namespace {{namespace}}.',
    noNamespace:
      'None of your groups has a namespace here, so kubectl works in “default” unless you pass -n.',
    notReady:
      'The namespace {{namespace}} is not ready yet; see the Access tab.',
    use: 'Download the file, then run:',
    command: 'Command to use the file',
    copyCommand: 'Copy: {{command}}',
    close: 'Close',
  },
} as const;
