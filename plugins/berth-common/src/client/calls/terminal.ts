import type { TerminalApi } from '../TerminalApi';
import { BerthHttp, pathOf } from '../http';
import { namespacePath } from './paths';

/** The calls of `TerminalApi`. */
export function terminalCalls(http: BerthHttp): TerminalApi {
  return {
    createTerminalTicket({ pod, ...address }, body) {
      const path = `${namespacePath(address)}${pathOf(
        'pods',
        pod,
        'terminal',
      )}`;
      return http.json('POST', path, { body });
    },

    async getTerminalUrl() {
      return `${await http.baseUrl()}/terminal`.replace(/^http/, 'ws');
    },
  };
}
