import { Server } from 'node:http';

interface Layer {
  handle: { stack?: Layer[] };
  keys: { name: string | number }[];
  name: string;
  regexp: RegExp & { fast_slash?: boolean };
  route?: {
    path: string | RegExp;
    methods: Record<string, boolean>;
  };
}

/**
 * Lists the routes of Berth that are mounted on the app of a server, such as `GET /api/berth/clusters/{}`. A handler
 * that is mounted below a path, and is not a router, is `ALL`. Backstage's own routes below the plugin are left out.
 */
export function mountedRoutes(server: Server): string[] {
  const [app] = server.listeners('request') as unknown as {
    _router: { stack: Layer[] };
  }[];
  const found = new Set(routesOf(app._router.stack, ''));
  return [...found].filter(
    route =>
      / \/api\/(berth|oidc)\b/.test(route) &&
      !/ \/api\/berth\/\.(backstage|well-known)\//.test(route),
  );
}

function routesOf(stack: Layer[], prefix: string): string[] {
  return stack.flatMap(layer => {
    if (layer.route) {
      const path = `${prefix}${layer.route.path}`.replace(/:\w+/g, '{}');
      return Object.keys(layer.route.methods).map(
        method => `${method.toUpperCase().replace('_', '')} ${path}`,
      );
    }
    const path = `${prefix}${mountPath(layer)}`;
    if (layer.handle.stack) {
      return routesOf(layer.handle.stack, path);
    }
    return layer.regexp.fast_slash ? [] : [`ALL ${path}`];
  });
}

/** Returns the path of `use(path, …)`, which Express keeps only as a regular expression. */
function mountPath({ regexp }: Layer): string {
  return regexp.fast_slash
    ? ''
    : regexp.source
        .replace(/^\^/, '')
        .replace('\\/?(?=\\/|$)', '')
        .replaceAll('(?:\\/([^/]+?))', '/{}')
        .replace(/\\(.)/g, '$1');
}
