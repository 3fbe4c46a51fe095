import { ProxyRequest } from './types';

/**
 * Returns the query for the API server. A watch ends with the token, because the API server gets the time of its end.
 *
 * @param lifetime - how long the token is still valid, in milliseconds
 */
export function endWithToken(
  { query, stream }: ProxyRequest,
  lifetime: number,
): Record<string, string> {
  if (stream !== 'watch') {
    return query;
  }
  const most = Math.max(1, Math.floor(lifetime / 1000));
  const asked = Number(query.timeoutSeconds ?? most);
  return {
    ...query,
    timeoutSeconds: String(asked >= 1 && asked < most ? asked : most),
  };
}
