export const terminalTexts = {
  terminal: {
    title: 'Terminal',
    titleOf: 'Terminal in {{pod}}',
    container: 'Container',
    label: 'Terminal in the container {{container}} of {{pod}}',
    connecting: 'Connecting to {{container}} …',
    open: 'Connected to {{container}}. The activity log records that you opened the terminal, and nothing that you type.',
    leaveHint: 'Press Ctrl+Shift+L to move the focus out of the terminal.',
    back: 'Go back to the terminal',
    reconnect: 'Connect again',
    off: 'Terminals are off in this portal. A platform admin can turn them on.',
    nothingRuns: 'No container of the pod runs',
    ended: {
      Exited: 'The shell ended',
      AccessEnded: 'Your access ended',
      Idle: 'The terminal ended without input',
      SignInEnded: 'Your sign-in ended',
      ShellMissing: 'The container has no shell',
      Unreachable: 'The cluster does not answer',
      Closing: 'The portal restarts',
      Failed: 'The terminal ended',
      Refused: 'The terminal was not opened',
      Lost: 'The connection to the portal was lost',
      NoUpgrade: 'The terminal could not connect',
      Forbidden: 'The terminal could not connect',
    },
    next: {
      Forbidden:
        'The content security policy of the portal forbids this WebSocket. A platform admin can allow its origin in backend.csp.connect-src.',
      NoUpgrade:
        'The portal did not answer the WebSocket. Most often, an ingress or proxy in front of the portal forbids upgrades. A platform admin can allow them.',
    },
  },
};
