export const kubeconfigTexts = {
  kubeconfig: {
    button: 'Kubeconfig',
    open: 'Kubeconfig for {{cluster}}',
    title: 'Kubeconfig for {{cluster}}',
    accessUnknown: 'It is not known yet what you may enter.',
    noAccess: 'None of your groups has access to this cluster.',
    minting: 'Asking for a token of your own…',
    failed: 'Could not get a token',
    secret:
      'This file holds a short-lived personal token: until it ends, whoever has it is you. Do not share it.',
    validUntil: 'Valid until {{time}}',
    remaining: '{{time}} left, of at most 10 minutes',
    expired: 'Expired at {{time}}',
    expiredNext: 'The token in this file no longer works. Get a new one.',
    renew: 'Get a new one',
    hidden: '… (hidden here; Copy and Download hold it)',
    namespace: 'Namespace to work in',
    inNamespace: 'kubectl works in the namespace {{namespace}}.',
    noNamespace:
      'None of your groups has a namespace here, so kubectl works in “default” unless you say -n.',
    notReady:
      'The namespace {{namespace}} is not ready yet; see the Access tab.',
    use: 'Download the file, then run:',
    command: 'Command to use the file',
    copyCommand: 'Copy: {{command}}',
    close: 'Close',
  },
} as const;
