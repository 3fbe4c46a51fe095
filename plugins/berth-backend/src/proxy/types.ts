/** A path of the Kubernetes API that the portal passes on, in its parts. */
export type KubePath =
  | {
      kind: 'document';
      /** The segments of a document about the API, such as `['openapi', 'v2']`. */
      segments: string[];
    }
  | {
      kind: 'resource';
      /** Empty for the core group. */
      group: string;
      version: string;
      /** The plural, such as `pods`. */
      resource: string;
      namespace?: string;
      name?: string;
      subresource?: string;
    };

export const PROXY_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

export type ProxyMethod = (typeof PROXY_METHODS)[number];

/** A request of a person that the rules allow. Everything for the API server is made from it. */
export interface ProxyRequest {
  method: ProxyMethod;
  path: KubePath;
  /** As in RBAC, such as `list`. */
  verb: string;
  query: Record<string, string>;
  /** An answer that ends only when one side ends it. */
  stream?: 'watch' | 'log';
  accept: string;
  contentType?: string;
  permission: 'read' | 'write';
  /** The event of the activity log. Other requests are not recorded. */
  event?: 'proxy-write' | 'proxy-secret-read' | 'pod-log';
}
