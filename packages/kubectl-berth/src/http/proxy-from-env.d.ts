declare module 'proxy-from-env' {
  /** Returns the address of the proxy for a URL by the variables `HTTPS_PROXY`, `NO_PROXY` and so on, or ''. */
  export function getProxyForUrl(url: string | URL): string;
}
