/** The key of RFC 7517, appendix A.1. Its words are `hammer jacket kite yellow`. */
const KEY =
  'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4.4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM';

/** Returns the query of a link that `kubectl berth login` opens, with changes; an undefined part is left out. */
export function aConnectQuery(
  changes: Record<string, string | undefined> = {},
): URLSearchParams {
  const parts: Record<string, string | undefined> = {
    key: KEY,
    name: 'laptop-x',
    system: 'linux',
    version: '0.1.0',
    port: '54321',
    state: 's'.repeat(43),
    ...changes,
  };
  return new URLSearchParams(
    Object.entries(parts).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}
