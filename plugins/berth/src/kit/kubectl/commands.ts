/** The systems that have commands of their own. */
export type System = 'unix' | 'windows';

/** Returns the system of a browser's platform, such as `Win32` or `MacIntel`. */
export function systemOf(platform: string): System {
  return /^win/i.test(platform) ? 'windows' : 'unix';
}

/** Returns the address that kubectl-berth calls a portal by: the part of the API's address before `/api/berth`. */
export function portalAddressOf(api: string): string {
  return api.replace(/\/api\/berth\/?$/, '');
}

/**
 * Returns the commands that install kubectl-berth and sign in.
 *
 * @param api - the address of Berth's API
 */
export function commandsOf(
  api: string,
  system: System,
): { install: string; login: string } {
  const portal = portalAddressOf(api);
  const folder = `${portal}/api/berth/kubectl/cli`;
  return {
    install:
      system === 'windows'
        ? `irm ${folder}/install.ps1 | iex`
        : `curl -fsSL ${folder}/install.sh | sh`,
    login: `kubectl berth login ${portal}`,
  };
}
