export const kubectlTexts = {
  kubectl: {
    title: 'Set up kubectl',
    description:
      'Sign in once, then work with kubectl, k9s, Lens, Helm or an IDE on all your clusters.',
    off: {
      title: 'Sign-in with kubectl is turned off in this portal',
      next: 'Use a file with a token instead. It works for at most ten minutes.',
    },
    system: {
      label: 'System of your computer',
      unix: 'macOS or Linux',
      windows: 'Windows',
    },
    login: {
      title: 'Sign in with kubectl',
      description:
        'One sign-in lasts {{lifetime}}. kubectl-berth gets a new token whenever kubectl needs one, and keeps no secret in your kubeconfig.',
      install: 'Install kubectl-berth, once for each computer',
      installCommand: 'Command to install kubectl-berth',
      signIn: 'Sign in',
      signInHint:
        'The command opens this portal in your browser, where you confirm the sign-in. Without a browser, for example over SSH, the command prints a link.',
      signInCommand: 'Command to sign in',
      use: 'Try it',
      useCommand: 'Command to try',
    },
    hours_one: '1 hour',
    hours_other: '{{count}} hours',
    days_one: '1 day',
    days_other: '{{count}} days',
    file: {
      title: 'Kubeconfig without a secret',
      description:
        'A file with all your clusters, for tools that read a file of their own. The file calls kubectl-berth for each token, so install kubectl-berth and sign in first.',
      ofCluster:
        'A file for {{cluster}} only. The file calls kubectl-berth for each token, so install kubectl-berth and sign in first.',
      download: 'Download kubeconfig',
      failed: 'Could not get the kubeconfig',
    },
    token: {
      title: 'Token for ten minutes',
      description:
        'A last resort, for a computer on which you cannot install kubectl-berth: a file with a personal token. The token works for at most ten minutes, and until then a person who has the file can act as you.',
      open: 'Get a token',
    },
    viaPortal:
      'kubectl reaches {{cluster}} through this portal: the kubeconfig has the address of the portal, not that of the cluster.',
  },
  tokenFile: {
    title: 'Kubeconfig with a token for ten minutes',
    description:
      'One kubeconfig for all your clusters. Save the file, then let kubectl use it.',
    save: 'Save the file',
    point: 'Let kubectl use the file',
    pointHint:
      'The contexts that you had before stay available. If your browser saves files elsewhere, change the path.',
    shell: 'Linux and macOS',
    powerShell: 'Windows PowerShell',
    use: 'Try it',
    minting_one: 'Getting a token for one cluster…',
    minting_other: 'Getting tokens for your clusters…',
    none: 'You cannot reach any of your clusters right now, so there is no token to get.',
    partial_one: 'One cluster is left out: {{names}}',
    partial_other: '{{count}} clusters are left out: {{names}}',
    failed: 'Could not get a token',
    commandIn: 'Command for {{shell}}',
    tryIt: 'Commands to try',
    close: 'Close',
  },
  devices: {
    title: 'Your devices',
    titleOf: 'Devices of {{user}}',
    titleAll: 'Devices of everyone',
    description:
      'Computers that are signed in with kubectl. End a sign-in that you do not know or no longer need.',
    empty: {
      title: 'No computer is signed in with kubectl',
      next: 'Run the commands above on your computer. It is then listed here.',
      nextOther: 'A computer is listed here after its person signed in.',
    },
    page: '{{from}}–{{to}} of {{total}} devices',
    column: {
      name: 'Computer',
      user: 'Person',
      state: 'State',
      connected: 'Connected',
      lastUsed: 'Last used',
      actions: 'Actions',
    },
    state: {
      Pending: 'Not finished',
      Active: 'Signed in',
      Ended: 'Ended',
    },
    from: 'from {{address}}',
    endsAt: 'ends {{when}}',
    endedAt: 'ended {{when}}',
    codeNotEntered: 'code not entered',
    neverUsed: 'not used yet',
    filter: {
      label: 'Whose devices',
      mine: 'Mine',
      everyone: 'Everyone',
      person: 'Person',
      anotherPerson: 'Another person',
    },
    end: {
      action: 'End',
      of: 'End the sign-in on {{name}}',
      title: 'End the sign-in on {{name}}?',
      effect:
        'kubectl on {{name}} gets no further token. Tokens that it already has end within 10 minutes. To work there again, the person runs kubectl berth login.',
      confirm: 'End sign-in',
      failed: 'The sign-in was not ended',
      done: 'The sign-in on {{name}} is ended',
    },
    endAll: {
      action: 'End all',
      title: 'End all your sign-ins?',
      titleOf: 'End all sign-ins of {{user}}?',
      effect_one:
        'kubectl on one computer gets no further token. Tokens that it already has end within 10 minutes.',
      effect_other:
        'kubectl on {{count}} computers gets no further token. Tokens that they already have end within 10 minutes.',
      confirm: 'End all sign-ins',
      failed: 'The sign-ins were not ended',
      done: 'The sign-ins are ended',
    },
  },
  connect: {
    title: 'Connect kubectl',
    question: 'Connect kubectl on {{name}}?',
    user: 'Signed in as',
    computer: 'Computer',
    computerValue: '{{name}} ({{system}}, kubectl-berth {{version}})',
    until: 'Until',
    untilValue: '{{time}} ({{lifetime}})',
    words: 'Are these the words in your terminal?',
    wordsLabel: 'Words of the key',
    wordsDiffer:
      'Connect only if you ran kubectl berth login yourself just now and the words are the same.',
    allows:
      'kubectl on that computer can work on your clusters as you, with your roles.',
    allowsNot: 'kubectl gets no other access to this portal.',
    ends: 'You can end the sign-in at any time on the page Set up kubectl.',
    connect: 'Connect kubectl',
    decline: 'This is not me',
    failed: 'kubectl was not connected',
    busy: {
      title: 'Too many attempts',
      next: 'Nothing was connected. Wait one minute, then try again.',
    },
    badLink: {
      title: 'This link is not complete',
      next: 'Nothing was connected. Run kubectl berth login again, and open the whole link that it prints.',
    },
    used: {
      title: 'This link was used already',
      next: 'Each link works once. If kubectl is not connected, run kubectl berth login again.',
    },
    inFrame: {
      title: 'This page does not work inside another page',
      next: 'Nothing was connected. Open the link that kubectl berth login prints in a tab of its own. If you did not run this command, close the page that you are on.',
    },
    needsHttps: {
      title: 'This page needs HTTPS',
      next: 'Your browser cannot check the key of your computer on a page without HTTPS. Open the portal by an address that starts with https://.',
    },
    notAllowed: {
      title: 'You do not have permission to connect kubectl',
      next: 'Nothing was connected. Ask a platform admin of this portal for this permission.',
    },
    declined: {
      title: 'kubectl was not connected',
      link: 'If another person sent you the link, tell your platform admins. If you ran the command yourself, stop it with Ctrl+C.',
      account:
        'If you are signed in to the portal as another person, sign out, sign in as yourself, and open the link again.',
    },
    code: {
      title: 'Finish in the terminal on {{name}}',
      handed:
        'Your browser hands the code to kubectl. If nothing happens, paste the code into the terminal.',
      type: 'Paste this code into the terminal that waits for it.',
      label: 'Code for the terminal',
      nowhereElse:
        'Enter the code in the terminal in front of you, nowhere else.',
      remaining: 'The code works once. Time left: {{time}}.',
    },
    over: {
      title: 'The time for this code is over',
      next: 'kubectl was not connected. Run kubectl berth login again.',
    },
    active: {
      title: 'kubectl on {{name}} is connected',
      next: 'The sign-in lasts until {{until}}. You can close this page.',
    },
  },
} as const;
