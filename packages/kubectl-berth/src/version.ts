declare const KUBECTL_BERTH_VERSION: string | undefined;

/** The version of the package; `build.mjs` fills it in. */
export const VERSION =
  typeof KUBECTL_BERTH_VERSION === 'string' ? KUBECTL_BERTH_VERSION : '0.0.0';
