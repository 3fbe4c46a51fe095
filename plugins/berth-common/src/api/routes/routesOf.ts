import type { ApiRoute } from './ApiRoute';

type Details = Omit<ApiRoute, 'method' | 'path' | 'tag' | 'summary' | 'status'>;

/** Returns a function that makes the routes of one tag from short words. */
export function routesOf(tag: string) {
  return (
    call: string,
    summary: string,
    { status = 200, ...details }: Details & { status?: number },
  ): ApiRoute => {
    const [method, path] = call.split(' ') as [ApiRoute['method'], string];
    return { method, path, tag, summary, status, ...details };
  };
}
